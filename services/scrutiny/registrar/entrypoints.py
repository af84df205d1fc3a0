"""Operations of the second registrar, and the events by which it learns rolls and ends."""

from services.chassis.entrypoints import answers, on_event
from services.contracts.governance.ballots.events import BallotCancelled, BallotOpened
from services.contracts.governance.secret_ballots import BallotRollFrozen, SecretVotingEnded
from services.contracts.scrutiny import registrar as contract
from services.scrutiny.registrar.use_cases import keys, rolls, signing, telling


@answers((contract.get_scrutiny, telling.get_scrutiny))
# Their own transactions: a key is made, and a token signed, outside of them. The same request gets the same answer.
@answers(
    (contract.make_ballot_key, keys.make_ballot_key),
    (contract.request_scrutiny_token, signing.request_scrutiny_token),
    own_transaction=True,
)
class RegistrarEntrypoints:
    """The second registrar over RPC."""

    on_ballot_roll_frozen = on_event(BallotRollFrozen, rolls.keep_part)
    on_ballot_opened = on_event(BallotOpened, rolls.keep_size)
    on_secret_voting_ended = on_event(SecretVotingEnded, rolls.end)
    on_ballot_cancelled = on_event(BallotCancelled, rolls.cancel)
