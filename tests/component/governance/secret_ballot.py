"""A secret ballot in a test: scrutineers with their keys, voters with their tokens."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from services.chassis import ballot_board as board
from services.chassis.errors import Problem
from services.chassis.security.principal import ANONYMOUS, Grant, Principal
from services.chassis.security.threshold_keys import unseal
from services.contracts.governance import secret_ballots as contract
from services.contracts.scrutiny.registrar import TokensClosed
from services.governance.secret_ballots.use_cases import ceremony, signing
from tests.component.governance.harness import GovernanceHarness
from tests.support.secret_voting import SecondRegistrar, Token

TERMS = {"title": "推选先进", "options": [{"key": "1", "text": "甲"}, {"key": "2", "text": "乙"}]}
LENGTH = 40


def member() -> Principal:
    return Principal(kind="account", account_id=uuid4(), member_id=uuid4(), grants=(Grant("member"),))


def tell_statement(governance: GovernanceHarness, statement: dict[str, Any]) -> None:
    """Let the event arrive by which the second registrar says what it gave out."""
    figures = {name: statement[name] for name in ("marks", "voters", "roll", "signature")}
    governance.tell("on_tokens_closed", TokensClosed, 9, ballot_id=UUID(statement["ballot"]), **figures)


class Scrutineer:
    """A scrutineer with the own pair of keys."""

    def __init__(self) -> None:
        self.principal = member()
        self._key = ec.generate_private_key(ec.SECP256R1())

    @property
    def member_id(self) -> UUID:
        assert self.principal.member_id is not None
        return self.principal.member_id

    @property
    def public(self) -> str:
        key = self._key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return board.encoded(key)

    def share(self, ballot_id: UUID, sealed: str) -> str:
        """The own share, opened with the own key."""
        secret = self._key.private_numbers().private_value
        return board.encoded(unseal(secret, board.decoded(sealed), board.about("share", str(ballot_id))))


class SecretBallotInTest:
    """A ballot with three scrutineers, two of whom open the votes, and a second registrar."""

    def __init__(self, governance: GovernanceHarness) -> None:
        self.governance = governance
        self.second = SecondRegistrar()
        governance.answers["scrutiny.make_ballot_key"] = self.second.keys
        self.id = uuid4()
        self.scrutineers = [Scrutineer() for _ in range(3)]
        with governance.transaction() as tx:
            named = [one.member_id for one in self.scrutineers]
            ceremony.begin(tx, self.id, terms=TERMS, length=LENGTH, scrutineers=named, needed=2)

    def enrol(self) -> Any:
        for one in self.scrutineers:
            told = self.governance.ask(
                contract.enrol_scrutineer, one.principal, ballot_id=self.id, public_key=one.public
            )
        return told

    def open(self) -> None:
        self.enrol()
        with self.governance.transaction() as tx:
            ceremony.open_votes_for(tx, self.id, voters=40, roll="ab" * 32)

    def end(self, **told: Any) -> None:
        """End the ballot; the second registrar says what it gave out, or something else."""
        self.only_end()
        tell_statement(self.governance, self.second.statement(self.board()["head"], **told))

    def only_end(self) -> None:
        """End the ballot; the second registrar has not said anything yet."""
        with self.governance.transaction() as tx:
            ceremony.end(tx, self.id)

    @property
    def definition(self) -> board.Definition:
        return board.Definition.of(self.board()["definition"])

    def board(self, **page: Any) -> Any:
        return self.governance.ask(contract.get_board, ANONYMOUS, ballot_id=self.id, **page)

    def token(self, member_id: UUID | None = None) -> Token:
        """A token that both registrars signed for a member."""
        token = self.half_token(member_id)
        token.take(self.second.key, self.second.sign(token.request(self.second.key)))
        return token

    def half_token(self, member_id: UUID | None = None) -> Token:
        """A token that only this service signed."""
        token = Token()
        key = self.definition.registrars[0][1]
        token.take(key, self.answer(member_id or uuid4(), token.request(key)))
        return token

    def answer(self, member_id: UUID, request: bytes) -> bytes:
        """The registrar's answer to a request, as ballots asks for it."""
        with self.governance.transaction() as tx:
            marked = signing.mark(tx, self.id, member_id, board.encoded(request))
        return board.decoded(signing.sign(marked))

    def cast(self, entry: board.Entry) -> Any:
        """The answer to a vote; nobody is signed in."""
        return self.governance.ask(contract.cast_sealed_vote, ANONYMOUS, **self.body(entry))

    def refused(self, entry: board.Entry) -> Problem:
        return self.governance.refused(contract.cast_sealed_vote, ANONYMOUS, **self.body(entry))

    def body(self, entry: board.Entry) -> dict[str, Any]:
        content = entry.content()
        names = ("token", "signatures", "sealed", "signature")
        return {"ballot_id": self.id, **{name: content[name] for name in names}}

    def vote(self, choices: str, token: Token | None = None) -> Any:
        return self.cast((token or self.token()).vote(self.definition, choices))

    def give_share(self, place: int) -> Any:
        one = self.scrutineers[place - 1]
        told = self.governance.ask(contract.get_ceremony, one.principal, ballot_id=self.id)
        share = one.share(self.id, told["sealed_share"])
        return self.governance.ask(contract.give_share, one.principal, ballot_id=self.id, share=share)
