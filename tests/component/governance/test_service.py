"""The whole service on a real broker and a real database: hears of claims, records and answers them, bears poison."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import eventlet
import pytest
import sqlalchemy as sa

from services.chassis import clock
from services.chassis.broker import publisher as broker
from services.chassis.database.engine import Database
from services.chassis.database.tables import InboxEvent
from services.chassis.errors import InvalidInput, NotAllowed, NotSignedIn
from services.chassis.identifiers import uuid7
from services.chassis.process import settings as settings_module
from services.chassis.process.runner import Containers, declare_topology
from services.chassis.rpc.context import CallContext
from services.chassis.schema import Event
from services.chassis.security.principal import Grant, Principal, service_principal
from services.contracts.governance.funds import bookkeeping, budget
from services.contracts.governance.funds import operations as funds
from services.contracts.governance.plan import operations as plan
from services.contracts.governance.rulebook import operations as rulebook
from services.contracts.welfare.birthdays import BenefitGranted
from services.contracts.welfare.visits.events import VisitCompleted
from services.governance.service import Governance
from tests.component.governance.harness import OFFICER
from tests.support.patience import PatientClient, calling

QUEUES = [
    "evt-activities-club_grant_decided--governance.record_club_grants",
    "evt-activities-event_cancelled--governance.drop_cancelled_activity",
    "evt-activities-event_held--governance.count_held_activity",
    "evt-activities-event_rescheduled--governance.follow_rescheduled_activity",
    "evt-activities-event_scheduled--governance.link_scheduled_activity",
    "evt-membership-dues_collected--governance.book_collected_dues",
    "evt-membership-dues_refunded--governance.book_refunded_dues",
    "evt-membership-member_joined--governance.on_member_joined",
    "evt-membership-member_left--governance.end_seats_of_leavers",
    "evt-membership-member_retired--governance.end_seats_of_retired",
    "evt-membership-member_updated--governance.on_member_updated",
    "evt-membership-unit_changed--governance.note_moved_delegates",
    "evt-membership-unit_changed--governance.on_unit_changed",
    "evt-membership-unit_merged--governance.follow_merged_electors",
    "evt-scrutiny-tokens_closed--governance.on_tokens_closed",
    "evt-welfare-benefit_granted--governance.record_benefit_expenses",
    "evt-welfare-care_campaign_ended--governance.count_ended_campaign",
    "evt-welfare-care_campaign_opened--governance.link_opened_campaign",
    "evt-welfare-claim_withdrawn--governance.withdraw_claim",
    "evt-welfare-examination_progressed--governance.count_examined",
    "evt-welfare-funding_released--governance.release_funding",
    "evt-welfare-funding_reserved--governance.reserve_funding",
    "evt-welfare-payment_requested--governance.record_payment_expenses",
    "evt-welfare-visit_cancelled--governance.drop_cancelled_visit",
    "evt-welfare-visit_completed--governance.count_completed_visit",
    "evt-welfare-visit_completed--governance.record_visit_expense",
    "evt-welfare-visit_required--governance.count_due_visit",
]
"""Names of durable queues: a method that is renamed leaves its queue behind, unread."""

AS_OFFICER = CallContext(principal=OFFICER)
AS_SYSTEM = CallContext(principal=service_principal("tests"))


@pytest.fixture
def real(amqp_url: str, migrated_url: Callable[[str], str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """The service's database, with settings that point to it and to the broker."""
    url = migrated_url("governance")
    monkeypatch.setenv("GONGHUI_AMQP_URL", amqp_url)
    monkeypatch.setenv("GONGHUI_GOVERNANCE_DATABASE_URL", url)
    settings_module.reset()
    database = Database(url)
    yield database
    database.close()
    settings_module.reset()


@contextmanager
def running() -> Iterator[PatientClient]:
    """Run the service, with plan, rules and budget in force."""
    declare_topology([Governance])
    containers = Containers([Governance])
    containers.start()
    try:
        with calling("visitor") as client:
            client.call(plan.import_plan, {}, AS_SYSTEM)
            client.call(plan.publish_plan, {"year": 2023}, AS_SYSTEM)
            for name in ("national", "demo"):
                client.call(rulebook.adopt_rule_set, {"ruleset": name}, AS_SYSTEM)
            for year in {2023, clock.today().year}:
                client.call(budget.open_budget, {"year": year}, AS_SYSTEM)
            yield client
    finally:
        containers.stop()


def envelope(event: type[Event], **data: Any) -> str:
    """Return the message with which a service announces an event."""
    body = {
        "specversion": "1.0", "id": str(uuid7()), "source": f"/{event.source}", "type": event.type,
        "time": "2023-03-02T08:00:00Z", "subject": event.subject.format(**{**event.example, **data}),
        "dataschema": event.dataschema(), "datacontenttype": "application/json", "sequence": "00000000000000000002",
        "data": {**event.example, **data},
    }  # fmt: skip
    return json.dumps(body)


def publish(type_: str, *bodies: str) -> None:
    publisher = broker.EventPublisher(settings_module.settings().amqp_url, "welfare")
    publisher.publish([broker.Outgoing(place, type_, body.encode()) for place, body in enumerate(bodies)])
    publisher.close()


def wait_until(true: Callable[[], bool]) -> None:
    with eventlet.Timeout(30):
        while not true():
            eventlet.sleep(0.05)


def entries(client: PatientClient) -> list[dict[str, Any]]:
    return client.call(funds.list_fund_entries, {"limit": 100}, AS_OFFICER)["items"]


def test_the_topology_is_the_one_that_was_agreed(real: Database):
    assert declare_topology([Governance]) == QUEUES


def test_visits_and_birthdays_heard_of_stand_in_the_ledger_once_and_move_the_plan(real: Database):
    visits = [envelope(VisitCompleted, visit_id=str(uuid7())) for _ in range(10)]
    grants = [envelope(BenefitGranted, grant_id=str(uuid7()), beneficiary=f"{n:032x}") for n in range(30)]

    with running() as client:
        publish("visit_completed", *visits, *visits[:5])
        publish("benefit_granted", *grants, *grants[:20])
        wait_until(lambda: len(entries(client)) == 40)
        eventlet.sleep(0.5)

        assert len(entries(client)) == 40
        verdict = client.call(bookkeeping.verify_ledger, {}, AS_OFFICER)
        assert (verdict["intact"], verdict["entries"]) == (True, 40)
        (item,) = client.call(plan.list_plan_items, {"year": 2023, "measure": "visits"}, AS_OFFICER)["items"]
        assert (item["visits_done"], item["progress"]) == (10, 100)


def test_what_cannot_be_read_is_kept_and_stops_nothing(real: Database):
    good = envelope(VisitCompleted, visit_id=str(uuid7()))
    poison = ["not json", envelope(VisitCompleted, amount="a lot"), envelope(VisitCompleted, visit_id="nobody")]

    with running() as client:
        publish("visit_completed", *poison, good)
        wait_until(lambda: len(entries(client)) == 1)
        wait_until(lambda: len(_dead(real)) == 6)

    assert set(_dead(real)) == {"governance.record_visit_expense", "governance.count_completed_visit"}


def test_a_field_a_later_version_added_is_no_poison(real: Database):
    with running() as client:
        publish("visit_completed", envelope(VisitCompleted, visit_id=str(uuid7()), weather="fine"))
        wait_until(lambda: len(entries(client)) == 1)

    assert _dead(real) == []


def test_each_operation_asks_for_its_role(real: Database):
    member = CallContext(principal=Principal(kind="account", account_id=uuid7(), grants=(Grant("member"),)))
    auditor = CallContext(principal=Principal(kind="account", account_id=uuid7(), grants=(Grant("auditor"),)))

    with running() as client:
        assert client.call(plan.list_plan_items, {"year": 2023}, member)["total"] == 78
        assert client.call(funds.list_fund_entries, {}, auditor)["items"] == []
        for context, error in ((member, NotAllowed), (CallContext(), NotSignedIn)):
            with pytest.raises(error):
                client.call(funds.list_fund_entries, {}, context)
        with pytest.raises(NotAllowed):
            client.call(funds.record_income, {"kind": "dues", "amount": "1.00", "description": "x"}, auditor)


def test_a_command_with_an_idempotency_key_is_done_once(real: Database):
    income = {"kind": "dues", "amount": "17.40", "description": "Dues of March"}
    keyed = CallContext(principal=OFFICER, idempotency_key="march")

    with running() as client:
        first, second = (client.call(funds.record_income, income, keyed) for _ in range(2))
        with pytest.raises(InvalidInput):
            client.call(funds.record_income, {**income, "amount": "17.50"}, keyed)

        assert first == second
        assert len(entries(client)) == 1


def _dead(database: Database) -> list[str]:
    with database.session() as session:
        return list(session.scalars(sa.select(InboxEvent.consumer).where(InboxEvent.status == "dead")))
