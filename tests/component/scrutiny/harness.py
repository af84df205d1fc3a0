"""The scrutiny service in a test: a ballot whose key it made and whose roll it heard."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from services.chassis import ballot_board as board
from services.chassis.database.engine import Database
from services.chassis.security.principal import Grant, Principal, service_principal
from services.contracts.governance.ballots.events import BallotOpened
from services.contracts.governance.secret_ballots import BallotRollFrozen, SecretVotingEnded
from services.contracts.scrutiny import registrar as contract
from services.scrutiny.service import Scrutiny
from tests.support.secret_voting import Token
from tests.support.service_harness import ServiceHarness


def member(member_id: UUID) -> Principal:
    return Principal(kind="account", account_id=uuid4(), member_id=member_id, grants=(Grant("member"),))


class ScrutinyHarness(ServiceHarness):
    """The scrutiny service; governance asks, unless a call names somebody."""

    def __init__(self, database: Database) -> None:
        super().__init__(Scrutiny, database, service_principal("governance"))

    def key(self, ballot_id: UUID) -> bytes:
        """The key that signs the tokens of a ballot."""
        return board.decoded(self.ask(contract.make_ballot_key, ballot_id=ballot_id)["key"])

    def frozen(self, ballot_id: UUID, *parts: Sequence[UUID]) -> None:
        """Let the parts of a roll arrive."""
        for part in parts:
            self.tell(BallotRollFrozen, ballot_id=ballot_id, member_ids=list(part))

    def opened(self, ballot_id: UUID, entitled: int, secrecy: str = "secret") -> None:
        told = {**BallotOpened.example, "ballot_id": ballot_id, "entitled": entitled, "secrecy": secrecy}
        self.tell(BallotOpened, **told)

    def watched(self, voters: Sequence[UUID]) -> UUID:
        """A ballot with a key and a whole roll; return its id."""
        ballot_id = uuid4()
        self.key(ballot_id)
        self.frozen(ballot_id, voters)
        self.opened(ballot_id, len(voters))
        return ballot_id

    def ended(self, ballot_id: UUID) -> None:
        self.tell(SecretVotingEnded, ballot_id=ballot_id)

    def blinded(self, ballot_id: UUID) -> str:
        """A new blinded message, base64."""
        return board.encoded(Token().request(self.key(ballot_id)))

    def signature(self, ballot_id: UUID, voter: UUID, blinded: str) -> Any:
        """The answer to a member who asks for a signature."""
        asked = {"ballot_id": ballot_id, "blinded": blinded}
        return self.ask(contract.request_scrutiny_token, member(voter), **asked)["signature"]

    def refusal(self, ballot_id: UUID, voter: UUID, blinded: str) -> str | None:
        asked = {"ballot_id": ballot_id, "blinded": blinded}
        return self.refused(contract.request_scrutiny_token, member(voter), **asked).rule

    def told(self, ballot_id: UUID) -> Any:
        return self.ask(contract.get_scrutiny, ballot_id=ballot_id)
