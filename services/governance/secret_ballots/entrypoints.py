"""Operations and recurring work of secret ballots."""

from services.chassis.entrypoints import answers, every, on_event
from services.contracts.governance import secret_ballots as contract
from services.contracts.scrutiny.registrar import TokensClosed
from services.governance.secret_ballots.use_cases import (
    board,
    casting,
    ceremony,
    counting,
    making_keys,
    publishing,
    statements,
)


@answers(
    (contract.get_ceremony, ceremony.show),
    (contract.get_board, board.read_board),
)
# No reply is stored with a key, which would tell when a vote was cast; a repeated vote gets the same answer by itself.
@answers((contract.cast_sealed_vote, casting.cast), store_reply=False)
# Their own transactions: keys are made, and votes opened, outside of them.
@answers((contract.enrol_scrutineer, ceremony.enrol), (contract.give_share, counting.give_share), own_transaction=True)
class SecretBallotEntrypoints:
    """Secret ballots over RPC."""

    make_waiting_keys = every(10, "ballot-keys", making_keys.make_waiting_keys, own_transaction=True)
    publish_votes = every(30, "publish-votes", publishing.publish_waiting, own_transaction=True)
    open_votes = every(30, "open-votes", counting.open_votes, own_transaction=True)
    on_tokens_closed = on_event(TokensClosed, statements.take)
