"""Operations of ballots, and their recurring work."""

from services.chassis.entrypoints import answers, every
from services.contracts.governance.ballots import operations as contract
from services.governance.ballots.use_cases import (
    closing,
    creating,
    opening,
    proxies,
    reading,
    rounds,
    secrecy,
    telling,
    voting,
)


@answers(
    (contract.list_ballots, reading.list_ballots),
    (contract.get_ballot, reading.get_ballot),
    (contract.create_ballot, creating.create_ballot),
    (contract.change_ballot, creating.change_ballot),
    (contract.count_electorate, creating.count_electorate),
    (contract.open_ballot, opening.open_ballot),
    (contract.close_ballot, closing.close_ballot),
    (contract.cancel_ballot, closing.cancel_ballot),
    (contract.call_round, rounds.call_round),
    (contract.set_proxy, proxies.set_proxy),
    (contract.name_scrutineers, secrecy.name_scrutineers),
    (contract.list_voters, reading.list_voters),
    (contract.list_votes, reading.list_votes),
    (contract.get_ballot_result, reading.get_ballot_result),
    (contract.my_ballots, reading.my_ballots),
    (contract.vote, voting.vote),
    (contract.cast_votes, voting.cast_votes),
)
# Its own transaction: a token is signed outside of it. The same request gets the same answer by itself.
@answers((contract.request_token, secrecy.request_token), own_transaction=True)
class BallotEntrypoints:
    """Ballots over RPC."""

    open_due_ballots = every(2, "ballots-opened", opening.open_due, own_transaction=True)
    freeze_ballot_rolls = every(2, "ballots-frozen", opening.freeze_rolls, own_transaction=True)
    close_due_ballots = every(2, "ballots-closed", closing.close_due, own_transaction=True)
    count_opened_ballots = every(2, "ballots-counted", closing.count_opened, own_transaction=True)
    tell_voters = every(2, "ballots-told", telling.tell_voters)
