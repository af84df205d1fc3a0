"""A secret ballot from the keys to the result, and every way to break it that its rules know."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from services.chassis import ballot_board as board
from services.chassis.board_file import board_file, verify
from services.chassis.errors import InvalidInput, NotAllowed, NotFound, Refused, Unavailable
from services.chassis.security import blind_signatures as blinding
from services.chassis.security.principal import ANONYMOUS
from services.chassis.security.threshold_keys import Share, join, new_secret, public_point
from services.contracts.governance import secret_ballots as contract
from services.governance.secret_ballots.tables import SecretBallot
from services.governance.secret_ballots.use_cases import ceremony, counting, publishing, signing
from tests.component.governance.harness import GovernanceHarness
from tests.component.governance.secret_ballot import LENGTH, TERMS, SecretBallotInTest, member, tell_statement
from tests.support import secret_voting
from tests.support.blind_keys import give_keys

pytestmark = pytest.mark.databases("postgresql", "sqlite")


@pytest.fixture(autouse=True)
def two_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two keys for all ballots: making one takes longer than a whole ballot."""
    give_keys(monkeypatch, 2)


@pytest.fixture
def ballot(governance: GovernanceHarness) -> SecretBallotInTest:
    made = SecretBallotInTest(governance)
    made.open()
    return made


def exported(ballot: SecretBallotInTest) -> str:
    """The whole board as a file."""
    page = ballot.board()
    entries = [{name: value for name, value in one.items() if name != "vote"} for one in page["items"]]
    opened = None
    if page["secret"]:
        opened = {name: page[name] for name in ("secret", "tally")}
        opened["votes"] = [one["vote"] for one in page["items"]]
    return json.dumps(board_file(page["definition"], entries, page["head"], opened, page["statements"]))


def faults(text: str) -> list[str]:
    return [finding.words for finding in verify(text) if not finding.holds]


def test_from_the_keys_to_the_result(ballot: SecretBallotInTest, governance: GovernanceHarness) -> None:
    definition = ballot.definition
    answers = [ballot.vote(choices) for choices in ("1", "2", "1", "1,2")]
    for told in answers:
        text = board.about("receipt", str(ballot.id)) + told["tracker"].encode()
        assert board.is_signed_by(definition.union_key, text, board.decoded(told["receipt"]))
    assert ballot.board()["items"] == [], "few votes wait for more, or for the end"
    ballot.end()
    page = ballot.board()
    assert {one["tracker"] for one in page["items"]} == {told["tracker"] for told in answers}
    assert (page["secret"], page["tally"]) == (None, None)
    assert page["head"]["closed"]
    assert faults(exported(ballot)) == []
    assert ballot.give_share(3)["state"] == "closed"
    assert ballot.give_share(1)["state"] == "counted"
    assert ballot.board()["tally"] == {"1": 2, "1,2": 1, "2": 1}
    with governance.transaction() as tx:
        assert counting.counted(tx, ballot.id) == {"1": 2, "1,2": 1, "2": 1}
    assert faults(exported(ballot)) == []
    assert ballot.give_share(2)["state"] == "counted", "a late share changes nothing"


def test_the_board_is_read_in_pages_and_in_one_order(ballot: SecretBallotInTest) -> None:
    for _ in range(3):
        ballot.vote("1")
    ballot.end()
    first = ballot.board(limit=2)
    rest = ballot.board(limit=2, cursor=first["next_cursor"])
    assert [len(first["items"]), len(rest["items"])] == [2, 1]
    assert [*first["items"], *rest["items"]] == ballot.board()["items"]


def test_votes_come_onto_the_board_in_batches_and_not_in_the_order_they_came(
    ballot: SecretBallotInTest, governance: GovernanceHarness
) -> None:
    cast = [ballot.vote("1")["tracker"] for _ in range(publishing.SMALLEST_BATCH - 1)]
    governance.run_timer("publish_votes")
    assert ballot.board()["items"] == []
    cast.append(ballot.vote("2")["tracker"])
    governance.run_timer("publish_votes")
    page = ballot.board()
    shown = [one["tracker"] for one in page["items"]]
    assert sorted(shown) == sorted(cast)
    assert shown != cast, "one of 20! orders"
    assert page["head"]["marks"] == [len(cast)]
    assert faults(exported(ballot)) == []


def test_the_same_vote_again_gets_the_same_answer_also_after_the_end(ballot: SecretBallotInTest) -> None:
    entry = ballot.token().vote(ballot.definition, "1")
    told = ballot.cast(entry)
    assert ballot.cast(entry) == told
    ballot.end()
    assert ballot.cast(entry) == told
    assert len(ballot.board()["items"]) == 1


def test_a_token_casts_one_vote(ballot: SecretBallotInTest) -> None:
    token = ballot.token()
    ballot.vote("1", token)
    problem = ballot.refused(token.vote(ballot.definition, "2"))
    assert problem.rule == "secret_ballots.token_is_unused"
    ballot.end()
    assert len(ballot.board()["items"]) == 1


def test_a_member_gets_one_token_and_the_same_answer_to_the_same_request(ballot: SecretBallotInTest) -> None:
    voter, key = uuid4(), ballot.definition.registrars[0][1]
    request = secret_voting.Token().request(key)
    assert ballot.answer(voter, request) == ballot.answer(voter, request)
    with pytest.raises(Refused) as refused:
        ballot.answer(voter, secret_voting.Token().request(key))
    assert refused.value.rule == "secret_ballots.request_is_the_first"


def test_tokens_need_an_open_ballot_and_a_message_that_can_be_signed(governance: GovernanceHarness) -> None:
    ballot = SecretBallotInTest(governance)
    ballot.enrol()
    request = secret_voting.Token().request(ballot.definition.registrars[0][1])
    with pytest.raises(Refused, match="ready"):
        ballot.answer(uuid4(), request)
    with governance.transaction() as tx:
        ceremony.open_votes_for(tx, ballot.id, voters=40, roll="ab" * 32)
    for bad in (b"\x01", bytes(384), b"\xff" * 384):
        with pytest.raises(InvalidInput):
            ballot.answer(uuid4(), bad)
    with pytest.raises(InvalidInput), governance.transaction() as tx:
        signing.mark(tx, ballot.id, uuid4(), "é")


def test_forged_and_replayed_tokens_are_refused(ballot: SecretBallotInTest, governance: GovernanceHarness) -> None:
    definition = ballot.definition
    unsigned = secret_voting.Token()
    unsigned.signatures = [bytes(384), bytes(384)]
    stranger = secret_voting.Token()
    other_key = secret_voting.registrar("stranger")
    public = blinding.public_bytes(other_key.public)
    stranger.take(public, other_key.sign(stranger.request(public)))
    stranger.take(ballot.second.key, ballot.second.sign(stranger.request(ballot.second.key)))
    elsewhere = SecretBallotInTest(governance)
    elsewhere.open()
    replayed = elsewhere.token()
    for token in (unsigned, stranger, replayed):
        problem = ballot.refused(token.vote(definition, "1"))
        assert (problem.rule, problem.params["flaw"]) == ("secret_ballots.vote_is_valid", "token")
    stolen = ballot.token().vote(definition, "1")
    by_thief = secret_voting.Token().vote(definition, "2")
    swapped = board.Entry(stolen.token, stolen.signatures, by_thief.sealed, by_thief.signature)
    assert ballot.refused(swapped).params["flaw"] == "vote"
    short = board.Entry(stolen.token, stolen.signatures, stolen.sealed[:-1], stolen.signature)
    assert ballot.refused(short).params["flaw"] == "form"
    for_elsewhere = ballot.token().vote(elsewhere.definition, "1")
    assert ballot.refused(for_elsewhere).params["flaw"] == "vote"


@pytest.mark.parametrize("name", ["token", "sealed", "signature"])
def test_what_is_no_base64_is_refused(ballot: SecretBallotInTest, governance: GovernanceHarness, name: str) -> None:
    body = {**ballot.body(ballot.token().vote(ballot.definition, "1")), name: "AAAAA"}
    assert governance.refused(contract.cast_sealed_vote, ANONYMOUS, **body).code == "invalid_input"


def test_one_registrar_alone_can_not_make_a_token(governance: GovernanceHarness) -> None:
    ballot = SecretBallotInTest(governance)
    ballot.open()
    definition = ballot.definition
    assert [name for name, _ in definition.registrars] == ["union", "scrutiny"]
    token = ballot.half_token()
    assert ballot.refused(token.vote(definition, "1")).params["flaw"] == "form"
    token.signatures.append(token.signatures[0])
    assert ballot.refused(token.vote(definition, "1")).params["flaw"] == "token"
    token.signatures.pop()
    token.take(ballot.second.key, ballot.second.sign(token.request(ballot.second.key)))
    assert ballot.vote("1", token)["tracker"]
    other = secret_voting.Token()
    other.take(ballot.second.key, ballot.second.sign(other.request(ballot.second.key)))
    assert ballot.refused(other.vote(definition, "1")).params["flaw"] == "form"
    other.signatures.insert(0, other.signatures[0])
    assert ballot.refused(other.vote(definition, "1")).params["flaw"] == "token"


def test_votes_can_not_be_opened_early(ballot: SecretBallotInTest, governance: GovernanceHarness) -> None:
    ballot.vote("1")
    one = ballot.scrutineers[0]
    told = governance.ask(contract.get_ceremony, one.principal, ballot_id=ballot.id)
    share = one.share(ballot.id, told["sealed_share"])
    early = governance.refused(contract.give_share, one.principal, ballot_id=ballot.id, share=share)
    assert early.rule == "secret_ballots.shares_are_awaited"
    value = int.from_bytes(board.decoded(share), "big")
    assert public_point(value) == ballot.definition.shares[0]
    assert public_point(join([Share(1, value)])) != ballot.definition.vote_key, "one share is not enough"
    with governance.transaction() as tx:
        assert counting.counted(tx, ballot.id) is None


def test_only_the_own_share_is_taken(ballot: SecretBallotInTest, governance: GovernanceHarness) -> None:
    ballot.end()
    first, second = ballot.scrutineers[:2]
    told = governance.ask(contract.get_ceremony, first.principal, ballot_id=ballot.id)
    share = first.share(ballot.id, told["sealed_share"])
    for wrong in (share, board.encoded(new_secret().to_bytes(32, "big")), board.encoded(bytes(32)), "AAAAA"):
        problem = governance.refused(contract.give_share, second.principal, ballot_id=ballot.id, share=wrong)
        assert problem.rule == "secret_ballots.share_is_right"
    stranger = governance.refused(contract.give_share, member(), ballot_id=ballot.id, share=share)
    assert stranger.rule == "secret_ballots.asker_is_scrutineer"


def test_keys_are_sent_before_they_are_made_and_by_scrutineers_only(governance: GovernanceHarness) -> None:
    ballot = SecretBallotInTest(governance)
    one = ballot.scrutineers[0]
    with pytest.raises(Refused) as refused, governance.transaction() as tx:
        ceremony.open_votes_for(tx, ballot.id, voters=40, roll="ab" * 32)
    assert refused.value.rule == "secret_ballots.keys_are_made"
    board_of_none = governance.refused(contract.get_board, ballot_id=ballot.id)
    assert board_of_none.rule == "secret_ballots.keys_are_made"
    for wrong in (board.encoded(b"\x04" + bytes(64)), "AAAAA", board.encoded(b"short")):
        problem = governance.refused(contract.enrol_scrutineer, one.principal, ballot_id=ballot.id, public_key=wrong)
        assert problem.rule == "secret_ballots.key_is_valid"
    problem = governance.refused(contract.enrol_scrutineer, member(), ballot_id=ballot.id, public_key=one.public)
    assert problem.rule == "secret_ballots.asker_is_scrutineer"
    told = ballot.enrol()
    assert told["state"] == "ready"
    assert told["fingerprint"] == ballot.definition.start
    again = governance.ask(contract.enrol_scrutineer, one.principal, ballot_id=ballot.id, public_key=one.public)
    assert again["fingerprint"] == told["fingerprint"], "the same key again changes nothing"
    late = ballot.scrutineers[1].public
    problem = governance.refused(contract.enrol_scrutineer, one.principal, ballot_id=ballot.id, public_key=late)
    assert problem.rule == "secret_ballots.keys_are_awaited"


@pytest.mark.parametrize(("named", "needed"), [(1, 1), (3, 1), (2, 3), (10, 2)])
def test_nobody_opens_the_votes_alone(governance: GovernanceHarness, named: int, needed: int) -> None:
    people = [uuid4() for _ in range(named)]
    with pytest.raises(Refused) as refused, governance.transaction() as tx:
        ceremony.begin(tx, uuid4(), terms=TERMS, length=LENGTH, scrutineers=people, needed=needed)
    assert refused.value.rule == "secret_ballots.scrutineers_suffice"


def test_who_sees_the_keys(ballot: SecretBallotInTest, governance: GovernanceHarness) -> None:
    told = governance.ask(contract.get_ceremony, ballot_id=ballot.id)
    assert (told["state"], told["place"], told["sealed_share"]) == ("open", None, None)
    with pytest.raises(NotAllowed):
        governance.ask(contract.get_ceremony, member(), ballot_id=ballot.id)
    with pytest.raises(NotFound):
        governance.ask(contract.get_board, ballot_id=uuid4())


def test_a_cancelled_ballot_takes_no_votes_and_is_never_opened(
    ballot: SecretBallotInTest, governance: GovernanceHarness
) -> None:
    entry = ballot.token().vote(ballot.definition, "1")
    with governance.transaction() as tx:
        ceremony.cancel(tx, ballot.id)
    assert ballot.refused(entry).rule == "secret_ballots.votes_are_taken"
    with pytest.raises(Refused, match="cancelled"):
        ballot.give_share(1)


def test_a_vote_that_can_not_be_opened_counts_as_invalid(ballot: SecretBallotInTest) -> None:
    token, definition = ballot.token(), ballot.definition
    sealed = secret_voting.Token().vote(definition, "1").sealed
    ballot.cast(token.entry(definition, sealed))
    ballot.vote("2")
    ballot.end()
    ballot.give_share(1)
    ballot.give_share(2)
    assert ballot.board()["tally"] == {"": 1, "2": 1}
    assert faults(exported(ballot)) == []


def test_more_votes_than_marks_are_not_counted(ballot: SecretBallotInTest, governance: GovernanceHarness) -> None:
    """Who has the keys of both registrars can make tokens, but no marks of members unseen."""
    key = ballot.definition.registrars[0][1]
    with governance.transaction() as tx:
        request = secret_voting.Token().request(key)
        thief = blinding.Signer(signing.mark(tx, ballot.id, uuid4(), board.encoded(request)).signing_key)
    for _ in range(2):
        token = secret_voting.Token()
        token.take(key, thief.sign(token.request(key)))
        token.take(ballot.second.key, ballot.second.sign(token.request(ballot.second.key)))
        ballot.vote("1", token)
    with pytest.raises(Refused) as refused:
        ballot.end()
    assert refused.value.rule == "secret_ballots.votes_match_marks"


def test_the_same_vote_at_the_same_time_is_one_vote(ballot: SecretBallotInTest) -> None:
    entry = ballot.token().vote(ballot.definition, "1")
    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda _: ballot.cast(entry), range(8)))
    assert len({told["receipt"] for told in answers}) == 1
    ballot.end()
    assert len(ballot.board()["items"]) == 1


def test_the_votes_are_opened_when_the_second_registrar_has_said_what_it_gave_out(ballot: SecretBallotInTest) -> None:
    ballot.vote("1")
    ballot.only_end()
    ballot.give_share(1)
    assert ballot.give_share(2)["state"] == "closed", "the shares are there, its figures are not"
    statement = ballot.second.statement(ballot.board()["head"])
    tell_statement(ballot.governance, statement)
    ballot.governance.run_timer("open_votes")
    assert ballot.board()["tally"] == {"1": 1}
    assert ballot.board()["statements"] == [statement]
    tell_statement(ballot.governance, ballot.second.statement(ballot.board()["head"], marks=9))
    assert ballot.board()["statements"] == [statement], "what was said once stays"


@pytest.mark.parametrize(
    ("told", "rule"),
    [
        ({"marks": 0}, "secret_ballots.votes_match_marks"),
        ({"roll": "cd" * 32}, "secret_ballots.registrars_agree"),
        ({"voters": 41}, "secret_ballots.registrars_agree"),
    ],
)
def test_where_the_registrars_contradict_each_other_nothing_is_opened(
    ballot: SecretBallotInTest, told: dict[str, Any], rule: str
) -> None:
    ballot.vote("1")
    ballot.end(**told)
    with pytest.raises(Refused) as refused:
        ballot.give_share(1)
    assert refused.value.rule == rule
    assert ballot.board()["tally"] is None
    assert len(faults(exported(ballot))) == 1


def test_a_statement_that_another_signed_is_none(ballot: SecretBallotInTest) -> None:
    ballot.vote("1")
    ballot.only_end()
    tell_statement(ballot.governance, secret_voting.SecondRegistrar().statement(ballot.board()["head"], marks=1))
    with pytest.raises(Refused) as refused:
        ballot.give_share(1)
    assert refused.value.rule == "secret_ballots.registrars_agree"


def test_while_the_second_registrar_is_away_keys_are_sent_and_wait(governance: GovernanceHarness) -> None:
    ballot = SecretBallotInTest(governance)

    def away(*_: Any) -> dict[str, Any]:
        raise Unavailable("scrutiny did not answer in time.")

    governance.answers["scrutiny.make_ballot_key"] = away
    assert ballot.enrol()["state"] == "preparing"
    governance.run_timer("make_waiting_keys")
    governance.answers["scrutiny.make_ballot_key"] = ballot.second.keys
    governance.run_timer("make_waiting_keys")
    told = governance.ask(contract.get_ceremony, ballot_id=ballot.id)
    assert (told["state"], told["fingerprint"]) == ("ready", ballot.definition.start)


def test_a_ballot_of_the_release_before_ends_with_one_registrar(governance: GovernanceHarness) -> None:
    ballot = SecretBallotInTest(governance)
    ballot.open()
    with governance.transaction() as tx:
        row = tx.session.get_one(SecretBallot, ballot.id)
        old = replace(ballot.definition, registrars=ballot.definition.registrars[:1], statement_keys=())
        row.definition, row.chain, row.others, row.voters, row.roll = old.content(), old.start, [], None, None
    ballot.vote("1", ballot.half_token())
    ballot.only_end()
    ballot.give_share(1)
    assert ballot.give_share(2)["state"] == "counted"
    assert "voters" not in ballot.board()["head"]
    assert faults(exported(ballot)) == []
