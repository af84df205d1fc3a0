"""A season of activities to test on: short ways to organise, register and hear of members, through the entrypoints."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from services.activities.calendar.tables import Activity
from services.activities.participants.tables import Participant
from services.activities.registration.tables import Registration
from services.activities.service import Activities
from services.chassis import clock
from services.chassis.database.engine import Database
from services.chassis.database.tables import OutboxEvent
from services.chassis.errors import Problem
from services.chassis.events.handlers import Reaction, one_at_a_time
from services.chassis.process.runtime import Work
from services.chassis.rpc.context import CallContext
from services.chassis.schema import EVENTS
from services.chassis.security.principal import Grant, Principal, service_principal
from tests.support.principals import headers_of

UNIT, OTHER_UNIT = UUID(int=1), UUID(int=2)
SYSTEM = service_principal("gateway")
OFFICER = Principal("account", uuid4(), uuid4(), (Grant("officer"), Grant("member")))
CHAIR = Principal("account", uuid4(), uuid4(), (Grant("chair", UNIT), Grant("member")))
AUDITOR = Principal("account", uuid4(), uuid4(), (Grant("auditor"), Grant("member")))
BATCHED = {"member_joined", "unit_changed"}


def member_account(member_id: UUID | None = None) -> Principal:
    """The account of an ordinary member."""
    return Principal("account", uuid4(), member_id or uuid4(), (Grant("member"),))


def at(**distance: float) -> datetime:
    """A moment so far from the present minute."""
    return clock.now().replace(second=0, microsecond=0) + timedelta(**distance)


class Season:
    """The activities service on one database, without a broker."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.sequences: dict[UUID, int] = {}
        self.told_at: datetime | None = None
        """When what is heard was announced; now, unless a test says otherwise."""

    def ask(self, operation: str, principal: Principal = SYSTEM, **payload: Any) -> Any:
        """Call an operation as it would arrive by RPC; raises the problem it answers with."""
        answer = self.answer(operation, principal, **payload)
        if "problem" in answer:
            raise Problem.from_wire(answer["problem"])
        return answer["ok"]

    def ask_keyed(self, operation: str, principal: Principal, key: str, **payload: Any) -> Any:
        """Call an operation with an idempotency key and return its reply."""
        return self.answer(operation, principal, key, **payload)["ok"]

    def answer(self, operation: str, principal: Principal = SYSTEM, key: str | None = None, **payload: Any) -> Any:
        """Call an operation and return the wire form of its answer."""
        service = Activities()
        headers = headers_of(CallContext(principal=principal, idempotency_key=key))
        service.runtime = Work("activities", self.database, None, headers)  # type: ignore[arg-type, assignment]
        return getattr(service, operation)(json.loads(json.dumps(payload, default=_as_json)))

    def by_the_clock(self, name: str) -> None:
        """Do what the service does by the clock."""
        service = Activities()
        service.runtime = Work("activities", self.database, None, {})  # type: ignore[arg-type, assignment]
        getattr(service, name)()

    def refused(self, operation: str, principal: Principal = SYSTEM, **payload: Any) -> Problem:
        """Call an operation that must be refused, and return the problem."""
        with pytest.raises(Problem) as refused:
            self.ask(operation, principal, **payload)
        return refused.value

    def schedule(self, principal: Principal = OFFICER, **changes: Any) -> UUID:
        """Schedule an activity that is open for registration, and return its id."""
        values = {
            "title": "大合唱", "kind": "choir", "starts_at": at(days=10), "ends_at": at(days=10, hours=3),
            "capacity": 3, **changes,
        }  # fmt: skip
        return UUID(self.ask("schedule_activity", principal, **values)["id"])

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
        return self.ask("register", member_account(member_id), activity_id=activity_id)

    def register_batch(self, activity_id: UUID, member_ids: Sequence[UUID]) -> Any:
        return self.ask("register_batch", activity_id=activity_id, member_ids=list(member_ids))

    def register_keyed(self, activity_id: UUID, askers: Sequence[tuple[Principal, str | None]]) -> list[Any]:
        """Register accounts together, each with its key, and return what each is told: an answer or a problem."""
        keys = [{"actor": account.actor, "key": key} if key else None for account, key in askers]
        members = [account.member_id for account, _ in askers]
        reply = self.ask("register_batch", activity_id=activity_id, member_ids=members, keys=keys)
        outcomes = {outcome["member_id"]: outcome for outcome in reply["outcomes"]}
        repeated = {(told["actor"], told["key"]): told["registered"] or told["problem"] for told in reply["repeated"]}
        return [repeated.get((one.actor, key), outcomes.get(str(one.member_id))) for one, key in askers]

    def cancel(self, activity_id: UUID, member_id: UUID) -> Any:
        return self.ask("cancel_registration", member_account(member_id), activity_id=activity_id)

    def hear(self, event_type: str, sequence: int | None = None, **data: Any) -> None:
        """Let the service react to one event of membership."""
        self.hear_all(event_type, [(sequence, data)])

    def hear_all(self, event_type: str, told: Sequence[tuple[int | None, dict[str, Any]]]) -> None:
        """Let the service react to events of one type that arrive together; each counts its member's sequence up."""
        event = EVENTS["membership", event_type, 1]
        bodies = [self.envelope(event_type, sequence, data) for sequence, data in told]
        method = f"on_{event_type}"

        def body(function: Any) -> None:
            handle = function if event_type in BATCHED else one_at_a_time("activities", function)
            assert Reaction(f"activities.{method}", event, self.database, handle).take(bodies)

        getattr(Activities(), method)(body)

    def joined(self, member_id: UUID, sequence: int | None = None, **changes: Any) -> None:
        """Somebody joined today, unless told otherwise."""
        self.hear("member_joined", sequence, **joining(member_id, **changes))

    def activity(self, activity_id: UUID) -> Any:
        return self.ask("get_activity", OFFICER, activity_id=activity_id)

    def states(self, activity_id: UUID) -> dict[UUID, str]:
        """The state of each member's latest registration."""
        with self.database.session() as session:
            rows = session.execute(
                sa.select(Registration.member_id, Registration.state)
                .where(Registration.activity_id == activity_id)
                .order_by(Registration.ticket)
            )
            return {row.member_id: row.state for row in rows}

    def waiting(self, activity_id: UUID) -> list[UUID]:
        """Those who wait, in the order of their positions."""
        page = self.ask("list_registrations", activity_id=activity_id, state="waitlisted", limit=100)
        assert [item["position"] for item in page["items"]] == list(range(1, len(page["items"]) + 1))
        return [UUID(item["member_id"]) for item in page["items"]]

    def events(self, *types: str, activity_id: UUID | None = None) -> list[dict[str, Any]]:
        """The data of the events recorded, in order."""
        statement = sa.select(OutboxEvent).order_by(OutboxEvent.position)
        if types:
            statement = statement.where(OutboxEvent.type.in_(types))
        if activity_id is not None:
            statement = statement.where(OutboxEvent.subject == f"activity/{activity_id}")
        with self.database.session() as session:
            rows = session.scalars(statement).all()
            return [{"type": row.type, "sequence": row.sequence, **row.data} for row in rows]

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
        events = self.events(activity_id=activity_id)
        assert [event["sequence"] for event in events] == list(range(1, len(events) + 1))
        for event in events:
            if not event["type"].startswith("registration_"):
                continue
            states[UUID(event["registration_id"])] = event["type"].removeprefix("registration_")
            held = list(states.values())
            assert event["seats_taken"] == held.count("confirmed"), event
            assert event["waiting"] == held.count("waitlisted"), event
        assert states == stored

    def envelope(self, event_type: str, sequence: int | None, data: dict[str, Any]) -> str:
        """The message that tells of one event of membership."""
        kind = "member" if "member_id" in data else "unit"
        about = data[f"{kind}_id"]
        self.sequences[about] = sequence or self.sequences.get(about, 0) + 1
        envelope = {
            "specversion": "1.0", "id": uuid4(), "source": "/membership", "type": event_type,
            "time": (self.told_at or datetime.now(UTC)).isoformat(), "subject": f"{kind}/{about}",
            "dataschema": "/schemas/x", "datacontenttype": "application/json",
            "sequence": str(self.sequences[about]), "data": data,
        }  # fmt: skip
        return json.dumps(envelope, default=_as_json)


def joining(member_id: UUID, **changes: Any) -> dict[str, Any]:
    """The data of somebody joining."""
    return {
        "member_id": member_id, "unit_id": UNIT, "number": "M000042", "employment": "contract",
        "joined_on": clock.today(), **changes,
    }  # fmt: skip


def _as_json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, (date, datetime)) else str(value)
