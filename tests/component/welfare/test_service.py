"""The running service: asked over RPC, heard over events, on the broker in the process and on a real one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import eventlet
import pytest

from services.chassis import clock
from services.chassis.broker import embedded
from services.chassis.broker import publisher as broker
from services.chassis.database.engine import ChassisBase, Database
from services.chassis.entrypoints import on_call, on_event
from services.chassis.errors import DeadlineExceeded, NotAllowed, Refused, Unavailable
from services.chassis.process import settings
from services.chassis.process.runner import Containers, declare_topology
from services.chassis.process.runtime import ServiceRuntime
from services.chassis.rpc.context import CallContext
from services.chassis.schema import Event, Operation
from services.contracts.governance.funds.events import ExpenseRecorded
from services.contracts.membership.facts import facts_of_members
from services.contracts.membership.joining.operations import MemberJoined
from services.contracts.membership.organisation.operations import get_roles
from services.contracts.membership.record import operations as record
from services.contracts.welfare import birthdays, entitlements
from services.contracts.welfare.visits import operations as visits
from services.contracts.welfare.visits.events import VisitCompleted, VisitOverdue
from services.welfare.service import Welfare
from tests.component.welfare.harness import WelfareHarness
from tests.support.migrated import Templates
from tests.support.patience import PatientClient, calling
from tests.support.principals import chair_of, member_account

NEIGHBOURS = ("membership", "governance")
HEARD: list[tuple[str, dict[str, Any]]] = []
BORN: list[dict[str, Any]] = []


class Registry:
    """Stands where membership stands: knows the birthdays and the roles."""

    name = "membership"
    runtime = ServiceRuntime()
    silence = 0

    @on_call(record.birthdays)
    def birthdays(self, _tx: Any, _request: dict[str, Any]) -> dict[str, Any]:
        """Answer with everybody, after the silence."""
        eventlet.sleep(self.silence)
        return {"items": BORN, "next_cursor": None, "total": None}

    @on_call(get_roles)
    def get_roles(self, _tx: Any, _request: dict[str, Any]) -> dict[str, Any]:
        """Answer that everybody is an officer."""
        return {"items": [{"role": "officer", "unit_id": None}]}

    @on_call(facts_of_members)
    def facts_of_members(self, _tx: Any, request: dict[str, Any]) -> dict[str, Any]:
        """Answer that nobody holds a post."""
        return {"items": [{"member_id": one, "posts": []} for one in request["member_ids"]], "unknown_ids": []}


class Ledger:
    """Stands where governance stands: hears the claims."""

    name = "governance"
    runtime = ServiceRuntime()

    @on_event(VisitCompleted)
    def on_visit_completed(self, tx: Any, event: Any) -> None:
        """Keep the fact once its transaction is stored."""
        tx.after_commit(lambda: HEARD.append((event.type, event.data)))

    @on_event(VisitOverdue)
    def on_visit_overdue(self, tx: Any, event: Any) -> None:
        """Keep the fact once its transaction is stored."""
        tx.after_commit(lambda: HEARD.append((event.type, event.data)))

    @on_event(birthdays.BenefitGranted)
    def on_benefit_granted(self, tx: Any, event: Any) -> None:
        """Keep the fact once its transaction is stored."""
        tx.after_commit(lambda: HEARD.append((event.type, event.data)))


@dataclass
class House:
    """The running service and its neighbours; `welfare` makes messages and looks into the database."""

    welfare: WelfareHarness
    client: PatientClient

    def ask(self, operation: Operation, by: Any, **payload: Any) -> dict[str, Any]:
        return self.client.call(operation, payload, CallContext(principal=by))

    def announce(self, event: type[Event], body: str) -> None:
        publisher = broker.EventPublisher(settings.settings().amqp_url, event.source)
        publisher.publish([broker.Outgoing(1, event.type, body.encode())])
        publisher.close()


@pytest.fixture(params=["embedded", "real"])
def house(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, templates: Templates, tmp_path: Path
) -> Iterator[House]:
    """Welfare runs, with a registry and a ledger beside it."""
    if request.param == "real":
        make: Callable[[str], str] = request.getfixturevalue("database_url")
        migrated: Callable[[str], str] = request.getfixturevalue("migrated_url")
        urls = {"welfare": migrated("welfare"), **{name: make(name) for name in NEIGHBOURS}}
        monkeypatch.setenv("GONGHUI_AMQP_URL", request.getfixturevalue("amqp_server").new_vhost())
    else:
        urls = {name: f"sqlite:///{tmp_path}/{name}.sqlite3" for name in NEIGHBOURS}
        urls["welfare"] = templates.copy_sqlite("welfare", tmp_path)
        monkeypatch.setenv("GONGHUI_AMQP_URL", settings.EMBEDDED_AMQP_URL)
    for name, url in urls.items():
        monkeypatch.setenv(f"GONGHUI_{name.upper()}_DATABASE_URL", url)
    settings.reset()
    embedded.forget()
    HEARD.clear()
    BORN.clear()
    databases = {name: Database(url) for name, url in urls.items()}
    for name in NEIGHBOURS:
        ChassisBase.metadata.create_all(databases[name].engine)
    with running(), calling("visitor") as client:
        yield House(WelfareHarness(databases["welfare"]), client)
    for database in databases.values():
        database.close()
    settings.reset()
    embedded.forget()


@contextmanager
def running() -> Iterator[None]:
    services = [Welfare, Registry, Ledger]
    declare_topology(services)
    containers = Containers(services)
    containers.start()
    try:
        yield
    finally:
        containers.stop()


def eventually(look: Callable[[], Any], seconds: float = 20) -> Any:
    """Return what `look` finds, once it finds something."""
    with eventlet.Timeout(seconds):
        while not (found := look()):
            eventlet.sleep(0.05)
    return found


def test_from_joining_to_a_closed_visit_over_the_broker(house: House) -> None:
    welfare, visited = house.welfare, uuid4()
    welfare.rules("national", "demo")
    body = welfare.joining(visited, welfare.unit)
    for _ in range(3):
        house.announce(MemberJoined, body)
    eventually(lambda: house.ask(entitlements.my_entitlements, member_account(visited))["account_id"])

    today = clock.today()
    report = {"member_id": visited, "occasion": "birth", "happened_on": today}
    reported = house.ask(visits.report_life_event, welfare.chair, **report)
    with pytest.raises(Refused, match="reported already"):
        house.ask(visits.report_life_event, welfare.chair, **report)
    with pytest.raises(NotAllowed, match="another unit"):
        house.ask(visits.get_visit, chair_of(uuid4()), visit_id=reported["visit_id"])
    evidence = [{"kind": "note", "text": "Both are well."}, {"kind": "signature", "text": "Sheet 1."}]
    gift = {"visited_on": today, "evidence": evidence, "amount": "500.00", "form": "goods"}
    house.ask(visits.complete_visit, welfare.chair, visit_id=reported["visit_id"], **gift)
    kind, claim = eventually(lambda: HEARD and HEARD[0])
    assert (kind, str(claim["visit_id"]), str(claim["amount"])) == ("visit_completed", reported["visit_id"], "500.00")

    data = {**ExpenseRecorded.load(ExpenseRecorded.example), "source_id": UUID(reported["visit_id"])}
    answer = welfare.message(ExpenseRecorded, **data)
    for _ in range(2):
        house.announce(ExpenseRecorded, answer)
    closed = eventually(
        lambda: (
            (found := house.ask(visits.get_visit, welfare.chair, visit_id=reported["visit_id"]))["closed_at"] and found
        )
    )
    assert [step["state"] for step in closed["steps"]] == ["required", "visited", "claimed", "closed"]
    assert len(welfare.events("entitlement_opened")) == 1


def test_vouchers_are_worked_off_by_the_clock(house: House) -> None:
    welfare = house.welfare
    welfare.rules("national", "demo")
    BORN.extend({"member_id": uuid4(), "unit_id": welfare.unit, "day": 1 + order % 28} for order in range(420))
    month = {"year": clock.today().year, "month": clock.today().month}
    drawn = house.ask(birthdays.draw_up_birthday_list, welfare.officer, **month)
    assert (drawn["added"], drawn["listed"]) == (420, 420)
    run = house.ask(birthdays.issue_birthday_vouchers, welfare.officer, **month, amount="200.00")
    assert (run["state"], run["done"]) == ("running", 200)
    done = eventually(
        lambda: (
            (found := house.ask(birthdays.get_birthday_run, welfare.officer, run_id=run["id"]))["finished_at"] and found
        )
    )
    assert (done["state"], done["done"]) == ("done", 420)
    eventually(lambda: len(HEARD) >= 420)
    assert len({str(data["grant_id"]) for _, data in HEARD}) == len(HEARD) == 420


def test_a_list_cannot_be_drawn_up_while_membership_is_silent(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Registry, "silence", 2)
    month = {"year": clock.today().year, "month": clock.today().month}
    context = CallContext(principal=house.welfare.officer, deadline=clock.now().timestamp() + 0.5)
    with pytest.raises((DeadlineExceeded, Unavailable)):
        house.client.call(birthdays.draw_up_birthday_list, month, context)
    assert house.welfare.stored("SELECT id FROM birthday_grant") == []


def test_the_clock_announces_what_nobody_visited(house: House) -> None:
    welfare, visited = house.welfare, uuid4()
    welfare.rules("national")
    house.announce(MemberJoined, welfare.joining(visited, welfare.unit))
    eventually(lambda: house.ask(entitlements.my_entitlements, member_account(visited))["account_id"])
    report = {"member_id": visited, "occasion": "birth", "happened_on": clock.today()}
    reported = house.ask(visits.report_life_event, welfare.chair, **report)
    with clock.frozen(clock.now() + timedelta(hours=49)):
        welfare.run_timer("watch_visit_deadlines")
    kind, data = eventually(lambda: HEARD and HEARD[0])
    assert (kind, str(data["visit_id"])) == ("visit_overdue", reported["visit_id"])
