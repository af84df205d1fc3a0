"""A secret ballot of the union: scrutineers named, tokens by the roll, the count after the shares."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from services.chassis import ballot_board as board
from services.chassis.board_statements import key_fingerprint, roll_digest
from services.chassis.security import blind_signatures as blinding
from services.chassis.security.principal import ANONYMOUS
from services.contracts.governance import secret_ballots as secret_contract
from services.contracts.governance.ballots import operations as contract
from tests.component.governance.ballots import candidates, create, member, people
from tests.component.governance.harness import GovernanceHarness
from tests.component.governance.secret_ballot import Scrutineer, tell_statement
from tests.support.secret_voting import SecondRegistrar, Token

VOTERS = 24
pytestmark = pytest.mark.databases("postgresql", "sqlite")


@pytest.fixture(autouse=True)
def one_key(monkeypatch: pytest.MonkeyPatch, key: rsa.RSAPrivateKey) -> None:
    monkeypatch.setattr(blinding, "new_key", lambda: key)


@pytest.fixture(scope="module")
def key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, blinding.KEY_BITS)


class Union:
    """Voters, and two scrutineers who are among them."""

    def __init__(self, governance: GovernanceHarness) -> None:
        self.governance = governance
        self.voters = people(governance, VOTERS)
        self.scrutineers = [Scrutineer(), Scrutineer()]
        self.second = SecondRegistrar()
        governance.answers["scrutiny.make_ballot_key"] = self.second.keys
        for one, member_id in zip(self.scrutineers, self.voters, strict=False):
            one.principal = member(member_id)

    def prepared(self, **terms: Any) -> str:
        return str(create(self.governance, secrecy="secret", **terms)["id"])

    def name(self, ballot_id: str) -> Any:
        ids = [one.member_id for one in self.scrutineers]
        return self.governance.ask(contract.name_scrutineers, ballot_id=ballot_id, member_ids=ids, needed=2)

    def opened(self, **terms: Any) -> str:
        ballot_id = self.prepared(**terms)
        self.name(ballot_id)
        for one in self.scrutineers:
            enrol = secret_contract.enrol_scrutineer
            self.governance.ask(enrol, one.principal, ballot_id=ballot_id, public_key=one.public)
        assert self.governance.ask(contract.open_ballot, ballot_id=ballot_id)["state"] == "open"
        return ballot_id

    def definition(self, ballot_id: str) -> board.Definition:
        page = self.governance.ask(secret_contract.get_board, ANONYMOUS, ballot_id=ballot_id)
        return board.Definition.of(page["definition"])

    def token(self, ballot_id: str, voter: UUID) -> Token:
        registrar = self.definition(ballot_id).registrars[0][1]
        token = Token()
        blinded = board.encoded(token.request(registrar))
        told = self.governance.ask(contract.request_token, member(voter), ballot_id=ballot_id, blinded=blinded)
        token.take(registrar, board.decoded(told["signature"]))
        token.take(self.second.key, self.second.sign(token.request(self.second.key)))
        return token

    def vote(self, ballot_id: str, voter: UUID, choices: str) -> Any:
        entry = self.token(ballot_id, voter).vote(self.definition(ballot_id), choices).content()
        body = {name: entry[name] for name in ("token", "signatures", "sealed", "signature")}
        return self.governance.ask(secret_contract.cast_sealed_vote, ANONYMOUS, ballot_id=ballot_id, **body)

    def give_shares(self, ballot_id: str) -> None:
        self.governance.run_timer("tell_voters")
        head = self.governance.ask(secret_contract.get_board, ANONYMOUS, ballot_id=ballot_id)["head"]
        tell_statement(self.governance, self.second.statement(head))
        for one in self.scrutineers:
            told = self.governance.ask(secret_contract.get_ceremony, one.principal, ballot_id=ballot_id)
            share = one.share(UUID(ballot_id), told["sealed_share"])
            self.governance.ask(secret_contract.give_share, one.principal, ballot_id=ballot_id, share=share)


@pytest.fixture
def union(funded: GovernanceHarness) -> Union:
    return Union(funded)


def test_a_secret_ballot_is_counted_when_the_scrutineers_have_opened_it(union: Union) -> None:
    ballot_id, governance = union.opened(), union.governance
    for place, voter in enumerate(union.voters[:22]):
        union.vote(ballot_id, voter, "yes" if place < 20 else "no")
    ended = governance.ask(contract.close_ballot, ballot_id=ballot_id)
    assert (ended["state"], ended["outcome"], ended["result"]) == ("counting", None, None)
    governance.run_timer("count_opened_ballots")
    assert governance.ask(contract.get_ballot, ballot_id=ballot_id)["state"] == "counting"
    union.give_shares(ballot_id)
    governance.run_timer("count_opened_ballots")
    counted = governance.ask(contract.get_ballot, ballot_id=ballot_id)
    assert (counted["state"], counted["outcome"]) == ("closed", "passed")
    assert counted["result"]["cast"] == 22
    assert {one["key"]: one["votes"] for one in counted["result"]["options"]} == {"yes": 20, "no": 2, "abstain": 0}


def test_it_opens_when_the_keys_of_the_scrutineers_are_complete(union: Union) -> None:
    ballot_id, governance = union.prepared(), union.governance
    assert governance.refused(contract.open_ballot, ballot_id=ballot_id).rule == "ballots.secrecy_is_ready"
    union.name(ballot_id)
    first = union.scrutineers[0]
    enrol = secret_contract.enrol_scrutineer
    governance.ask(enrol, first.principal, ballot_id=ballot_id, public_key=first.public)
    assert governance.refused(contract.open_ballot, ballot_id=ballot_id).rule == "ballots.secrecy_is_ready"


def test_tokens_are_for_members_on_the_roll_of_an_open_secret_ballot(union: Union) -> None:
    governance, ballot_id = union.governance, union.opened()
    registrar = union.definition(ballot_id).registrars[0][1]
    blinded = board.encoded(Token().request(registrar))

    def refusal(voter: UUID, ballot: str) -> str | None:
        return governance.refused(contract.request_token, member(voter), ballot_id=ballot, blinded=blinded).rule

    assert refusal(uuid4(), ballot_id) == "ballots.voter_is_on_the_roll"
    union.token(ballot_id, union.voters[0])
    assert refusal(union.voters[0], ballot_id) == "secret_ballots.request_is_the_first"
    named = str(create(governance)["id"])
    assert refusal(union.voters[1], named) == "ballots.ballot_is_secret"
    governance.ask(contract.close_ballot, ballot_id=ballot_id)
    assert refusal(union.voters[1], ballot_id) == "ballots.ballot_is_open"


def test_a_vote_that_does_not_fit_is_for_nobody(union: Union) -> None:
    ballot_id = union.opened(kind="choose", seats=1, options=[{"text": "甲"}, {"text": "乙"}])
    for voter, choices in zip(union.voters, ("1", "1", "1,2", "9", "2", "abstain"), strict=False):
        union.vote(ballot_id, voter, choices)
    union.governance.ask(contract.close_ballot, ballot_id=ballot_id)
    union.give_shares(ballot_id)
    union.governance.run_timer("count_opened_ballots")
    result = union.governance.ask(contract.get_ballot_result, ballot_id=ballot_id)
    assert result["cast"] == 6
    assert {one["key"]: one["votes"] for one in result["options"]} == {"1": 2, "2": 1}


def test_who_may_be_a_scrutineer(union: Union) -> None:
    governance = union.governance
    ids = [one.member_id for one in union.scrutineers]
    election = create(governance, secrecy="secret", kind="election", seats=1, options=candidates(union.voters[1:4]))

    def refusal(ballot: Any, *members: UUID) -> str | None:
        given = {"ballot_id": ballot["id"], "member_ids": list(members), "needed": 2}
        return governance.refused(contract.name_scrutineers, **given).rule

    assert refusal(election, *ids) == "ballots.scrutineers_do_not_stand"
    assert refusal(election, union.voters[5], uuid4()) == "ballots.scrutineers_are_members"
    assert refusal(create(governance), *ids) == "ballots.ballot_is_secret"
    assert refusal({"id": union.opened()}, *ids) == "ballots.ballot_is_prepared"


def test_a_change_of_what_is_voted_on_needs_scrutineers_anew(union: Union) -> None:
    ballot_id, governance = union.prepared(), union.governance
    before = union.name(ballot_id)
    terms = {"title": "另一个标题", "kind": "yes_no", "secrecy": "secret", "body": "union"}
    governance.ask(contract.change_ballot, ballot_id=ballot_id, version=before["version"], **terms)
    gone = governance.refused(secret_contract.get_ceremony, ballot_id=ballot_id)
    assert gone.code == "not_found"


def test_a_ballot_whose_shares_are_lost_is_cancelled(union: Union) -> None:
    ballot_id, governance = union.opened(), union.governance
    union.vote(ballot_id, union.voters[0], "yes")
    governance.ask(contract.close_ballot, ballot_id=ballot_id)
    governance.ask(contract.cancel_ballot, ballot_id=ballot_id, reason="监票人的密钥丢失")
    first = union.scrutineers[0]
    told = governance.ask(secret_contract.get_ceremony, first.principal, ballot_id=ballot_id)
    assert told["state"] == "cancelled"


def test_scrutineers_are_called_for_keys_and_shares_and_the_voters_told_of_the_head(union: Union) -> None:
    governance, ballot_id = union.governance, union.opened()
    ids = [one.member_id for one in union.scrutineers]
    asked = [(one["type"], one["task"], one["member_ids"]) for one in scrutiny(union)]
    texts = [str(one) for one in ids]
    assert asked == [
        ("scrutineers_called", "key", texts),
        *(("scrutineers_done", "key", [one]) for one in texts),
    ]
    governance.run_timer("tell_voters")
    called = governance.events("voters_called")[-1]
    shown = governance.ask(contract.get_ballot, ballot_id=ballot_id)["secret"]
    definition = union.definition(ballot_id)
    assert called["fingerprint"] == shown["fingerprint"] == definition.start
    assert called["keys"] == [key_fingerprint(key) for _, key in definition.registrars]
    assert [one["key_fingerprint"] for one in shown["registrars"]] == called["keys"]
    union.vote(ballot_id, union.voters[0], "yes")
    governance.ask(contract.close_ballot, ballot_id=ballot_id)
    governance.run_timer("tell_voters")
    ended = governance.events("voting_ended")[-1]
    assert (ended["entries"], len(ended["member_ids"])) == (1, VOTERS)
    union.give_shares(ballot_id)
    assert [(one["type"], one["task"], one["member_ids"]) for one in scrutiny(union)[3:]] == [
        ("scrutineers_called", "share", texts),
        ("scrutineers_done", "share", texts[:1]),
        ("scrutineers_done", "share", texts),
    ]
    governance.run_timer("count_opened_ballots")
    governance.run_timer("tell_voters")
    assert governance.events("voters_told")[-1]["secrecy"] == "secret"


def test_the_other_registrar_is_told_the_frozen_roll_and_the_end(union: Union) -> None:
    governance, ballot_id = union.governance, union.opened()
    told = [one for event in governance.events("ballot_roll_frozen") for one in event["member_ids"]]
    assert told == [str(one) for one in sorted(union.voters)]
    head = governance.ask(secret_contract.get_board, ANONYMOUS, ballot_id=ballot_id)["head"]
    assert (head["voters"], head["roll"]) == (VOTERS, roll_digest(sorted(union.voters)))
    assert governance.events("secret_voting_ended") == []
    governance.ask(contract.close_ballot, ballot_id=ballot_id)
    assert len(governance.events("secret_voting_ended")) == 1
    create(governance)
    assert len(governance.events("ballot_roll_frozen")) == 1, "the roll of a named ballot is told to nobody"


def test_scrutineers_who_are_replaced_or_whose_ballot_is_cancelled_have_nothing_to_do(union: Union) -> None:
    governance, ballot_id = union.governance, union.prepared()
    union.name(ballot_id)
    union.name(ballot_id)
    governance.ask(contract.cancel_ballot, ballot_id=ballot_id, reason="改为记名")
    kinds = [one["type"] for one in scrutiny(union)]
    assert kinds == ["scrutineers_called", "scrutineers_done"] * 2


def test_a_voter_and_a_scrutineer_see_how_they_stand(union: Union) -> None:
    governance, ballot_id = union.governance, union.opened()
    voter, scrutineer = member(union.voters[5]), union.scrutineers[1].principal
    seen = governance.ask(contract.get_ballot, voter, ballot_id=ballot_id)["secret"]
    assert (seen["has_token"], seen["place"], seen["marks"]) == (False, None, 0)
    union.token(ballot_id, union.voters[5])
    seen = governance.ask(contract.get_ballot, voter, ballot_id=ballot_id)["secret"]
    assert (seen["has_token"], seen["place"], seen["marks"]) == (True, None, 1)
    assert governance.ask(contract.my_ballots, voter)["items"][0]["voted"]
    assert governance.ask(contract.get_ballot, scrutineer, ballot_id=ballot_id)["secret"]["place"] == 2


def scrutiny(union: Union) -> list[dict[str, Any]]:
    return union.governance.events("scrutineers_called", "scrutineers_done")
