"""The welfare service in a test: who acts in it, and short ways to ask and to hear of members and of the funds."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

from services.chassis import clock
from services.chassis.database.engine import Database
from services.chassis.schema import Event
from services.chassis.security.principal import Principal, service_principal
from services.contracts.membership.joining.operations import MemberJoined
from services.contracts.welfare.visits import operations as visits
from services.welfare.rulebook.use_cases.visit_types import bring_shipped_types
from services.welfare.service import Welfare
from tests.support.principals import chair_of, officer
from tests.support.service_harness import ServiceHarness
from tests.support.shipped_rules import keep_shipped_rules

SYSTEM = service_principal("deploy")
NOON = datetime(2023, 3, 1, 4, 0, tzinfo=UTC)
"""Wednesday, 1 March 2023, noon in China."""


class WelfareHarness(ServiceHarness):
    """The welfare service; an officer asks, unless a call names somebody."""

    def __init__(self, database: Database) -> None:
        super().__init__(Welfare, database, officer())
        self.officer = self.by
        self.unit, self.other_unit = uuid4(), uuid4()
        self.chair = chair_of(self.unit)
        self.posts: dict[str, list[str]] = {}
        self.answers["membership.facts_of_members"] = self.facts
        self.answers["membership.get_roles"] = lambda _: {"items": [{"role": "officer", "unit_id": None}]}

    def joined(self, unit_id: UUID | None = None, member_id: UUID | None = None, **changes: Any) -> UUID:
        """Let somebody join; return the member's id."""
        member_id = member_id or uuid4()
        self.receive("on_member_joined", self.joining(member_id, unit_id or self.unit, **changes))
        return member_id

    def facts(self, request: dict[str, Any]) -> dict[str, Any]:
        """Answer for membership which posts members hold: those of `posts`."""
        items = [{"member_id": one, "posts": self.posts.get(one, [])} for one in request["member_ids"]]
        return {"items": items, "unknown_ids": []}

    def joining(self, member_id: UUID, unit_id: UUID, sequence: int | None = None, **changes: Any) -> str:
        """Return the message that announces a new member."""
        data = {"number": "M000001", "employment": "contract", "joined_on": date(2023, 3, 1), **changes}
        return self.message(MemberJoined, sequence, member_id=member_id, unit_id=unit_id, **data)

    def answered(self, event: type[Event], source_id: str, source_type: str = "visit", **changes: Any) -> None:
        """Let the funds answer a claim."""
        sequence = changes.pop("sequence", None)
        source = {"source_type": source_type, "source_id": source_id}
        self.receive(f"on_{event.type}", self.example_message(event, sequence, **source, **changes))

    def rules(self, *names: str) -> None:
        """Bring shipped visit types, and copies of shipped rule sets."""
        with self.transaction() as tx:
            bring_shipped_types(tx)
        keep_shipped_rules(self, *names)

    def report(self, member_id: UUID, occasion: str = "birth", by: Principal | None = None, **changes: Any) -> Any:
        values = {"member_id": member_id, "occasion": occasion, "happened_on": clock.today(), **changes}
        return self.ask(visits.report_life_event, by or self.chair, **values)

    def complete(self, visit_id: str, by: Principal | None = None, **changes: Any) -> Any:
        evidence = [
            {"kind": "note", "text": "Went to see the family."},
            {"kind": "signature", "text": "Signed on sheet 12."},
        ]
        values = {"visited_on": clock.today(), "evidence": evidence, "amount": "500.00", "form": "goods", **changes}
        return self.ask(visits.complete_visit, by or self.chair, visit_id=visit_id, **values)
