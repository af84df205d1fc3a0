"""The activities service in a test: short ways to organise, to register and to hear of members."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa

from services.activities.calendar.tables import Activity
from services.activities.participants.tables import Participant
from services.activities.registration.tables import Registration
from services.activities.service import Activities
from services.chassis import clock
from services.chassis.database.engine import Database
from services.chassis.security.principal import Principal, service_principal
from services.contracts.activities.calendar import operations as calendar
from services.contracts.activities.registration import operations as registration
from services.contracts.membership.joining.operations import MemberJoined
from tests.support.principals import auditor, chair_of, member_account, officer
from tests.support.service_harness import ServiceHarness

UNIT, OTHER_UNIT = UUID(int=1), UUID(int=2)
SYSTEM = service_principal("gateway")
OFFICER, CHAIR, AUDITOR = officer(), chair_of(UNIT), auditor()


def at(**distance: float) -> datetime:
    """A moment so far from the present minute."""
    return clock.now().replace(second=0, microsecond=0) + timedelta(**distance)


class ActivitiesHarness(ServiceHarness):
    """The activities service; the gateway asks, unless a call names somebody."""

    def __init__(self, database: Database) -> None:
        super().__init__(Activities, database, SYSTEM)

    def schedule(self, principal: Principal = OFFICER, **changes: Any) -> UUID:
        """Schedule an activity that is open for registration, and return its id."""
        values = {
            "title": "大合唱", "kind": "choir", "starts_at": at(days=10), "ends_at": at(days=10, hours=3),
            "capacity": 3, **changes,
        }  # fmt: skip
        return UUID(self.ask(calendar.schedule_activity, principal, **values)["id"])

    def members(self, count: int, unit: UUID = UNIT, employment: str = "contract") -> list[UUID]:
        """Make members this service knows, without inviting anybody."""
        ids = [uuid4() for _ in range(count)]
        rows = [
            {
                "member_id": one, "unit_id": unit, "unit_sequence": 1, "employment": employment, "standing": "active",
                "standing_sequence": 1, "joined_on": date(2012, 9, 1), "awaits_ceremony": False,
            }
            for one in ids
        ]  # fmt: skip
        with self.database.session() as session:
            session.execute(sa.insert(Participant), rows)
        return ids

    def register(self, activity_id: UUID, member_id: UUID) -> Any:
        return self.ask(registration.register, member_account(member_id), activity_id=activity_id)

    def register_batch(self, activity_id: UUID, member_ids: Sequence[UUID]) -> Any:
        return self.ask(registration.register_batch, activity_id=activity_id, member_ids=list(member_ids))

    def register_keyed(self, activity_id: UUID, askers: Sequence[tuple[Principal, str | None]]) -> list[Any]:
        """Register accounts together, each with its key, and return what each is told: an answer or a problem."""
        keys = [{"actor": account.actor, "key": key} if key else None for account, key in askers]
        members = [account.member_id for account, _ in askers]
        reply = self.ask(registration.register_batch, activity_id=activity_id, member_ids=members, keys=keys)
        outcomes = {outcome["member_id"]: outcome for outcome in reply["outcomes"]}
        repeated = {(told["actor"], told["key"]): told["registered"] or told["problem"] for told in reply["repeated"]}
        return [repeated.get((one.actor, key), outcomes.get(str(one.member_id))) for one, key in askers]

    def cancel(self, activity_id: UUID, member_id: UUID) -> Any:
        return self.ask(registration.cancel_registration, member_account(member_id), activity_id=activity_id)

    def joined(self, member_id: UUID, sequence: int | None = None, **changes: Any) -> None:
        """Somebody joined today, unless told otherwise."""
        self.tell(MemberJoined, sequence, **joining(member_id, **changes))

    def activity(self, activity_id: UUID) -> Any:
        return self.ask(calendar.get_activity, OFFICER, activity_id=activity_id)

    def states(self, activity_id: UUID) -> dict[UUID, str]:
        """The state of each member's latest registration."""
        with self.database.session() as session:
            rows = session.execute(
                sa.select(Registration.member_id, Registration.state)
                .where(Registration.activity_id == activity_id)
                .order_by(Registration.ticket)
            )
            return {row.member_id: row.state for row in rows}

    def pending(self, activity_id: UUID) -> dict[UUID, str]:
        """The ids of the registrations that wait for approval, by member."""
        page = self.ask(registration.list_registrations, activity_id=activity_id, state="pending", limit=100)
        return {UUID(item["member_id"]): item["id"] for item in page["items"]}

    def waiting(self, activity_id: UUID) -> list[UUID]:
        """Those who wait, in the order of their positions."""
        page = self.ask(registration.list_registrations, activity_id=activity_id, state="waitlisted", limit=100)
        assert [item["position"] for item in page["items"]] == list(range(1, len(page["items"]) + 1))
        return [UUID(item["member_id"]) for item in page["items"]]

    def events_of(self, activity_id: UUID) -> list[dict[str, Any]]:
        """The events of one activity, in order."""
        return self.events(subject=f"activity/{activity_id}")

    def assert_sound(self, activity_id: UUID) -> None:
        """Counters, rows, tickets and events tell one and the same story, and there is no seat too many."""
        with self.database.session() as session:
            activity = session.get_one(Activity, activity_id)
            rows = session.scalars(
                sa.select(Registration).where(Registration.activity_id == activity_id).order_by(Registration.ticket)
            ).all()
        live = [row.state for row in rows if row.state != "cancelled"]
        assert len({row.member_id for row in rows if row.state != "cancelled"}) == len(live), "one place each"
        assert activity.seats_taken == live.count("confirmed")
        assert activity.waiting == live.count("waitlisted")
        assert activity.capacity is None or activity.seats_taken <= activity.capacity, "never one seat too many"
        assert live == sorted(live), "whoever came first has the seat"
        self._assert_events_add_up(activity_id, {row.id: row.state for row in rows})

    def _assert_events_add_up(self, activity_id: UUID, stored: dict[UUID, str]) -> None:
        states: dict[UUID, str] = {}
        events = self.outbox(subject=f"activity/{activity_id}")
        assert [event.sequence for event in events] == list(range(1, len(events) + 1))
        for event in events:
            if not event.type.startswith("registration_"):
                continue
            states[UUID(event.data["registration_id"])] = event.type.removeprefix("registration_")
            held = list(states.values())
            assert event.data["seats_taken"] == held.count("confirmed"), event.data
            assert event.data["waiting"] == held.count("waitlisted"), event.data
        assert states == stored


def joining(member_id: UUID, **changes: Any) -> dict[str, Any]:
    """The data of somebody joining."""
    return {
        "member_id": member_id, "unit_id": UNIT, "number": "M000042", "employment": "contract",
        "joined_on": clock.today(), **changes,
    }  # fmt: skip
