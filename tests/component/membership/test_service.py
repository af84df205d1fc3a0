"""The running service: asked over RPC, heard over events, on the broker in the process and on a real one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import eventlet
import pytest
import sqlalchemy as sa

from services.chassis import clock
from services.chassis.broker import embedded
from services.chassis.database.engine import ChassisBase, Database
from services.chassis.database.tables import ExecutedCommand
from services.chassis.entrypoints import on_event
from services.chassis.errors import InvalidInput, NotAllowed, NotSignedIn, Refused
from services.chassis.process import settings
from services.chassis.process.runner import Containers, declare_topology
from services.chassis.process.runtime import ServiceRuntime
from services.chassis.rpc.context import CallContext
from services.chassis.schema import OPERATIONS, Operation
from services.chassis.security.principal import ANONYMOUS, Principal
from services.contracts.membership.joining import operations as joining
from services.contracts.membership.organisation import operations as organisation
from services.contracts.membership.record import operations as record
from services.membership.service import Membership
from tests.component.membership.harness import MembershipHarness, officer, roster_row
from tests.support.migrated import Templates
from tests.support.patience import PatientClient, calling
from tests.support.principals import applicant_account, chair_of
from tests.unit.membership.people import applicant

HEARD: list[tuple[str, dict[str, Any]]] = []


class Listener:
    """Stands where activities stands, and writes down who joined."""

    name = "activities"
    runtime = ServiceRuntime()

    @on_event(joining.MemberJoined)
    def on_member_joined(self, tx: Any, event: Any) -> None:
        """Keep the fact once its transaction is stored."""
        tx.after_commit(lambda: HEARD.append((event.type, event.data)))


@pytest.fixture(params=["embedded", "real"])
def membership(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, templates: Templates, tmp_path: Path
) -> Iterator[MembershipHarness]:
    """A union whose service runs, with a listener beside it."""
    if request.param == "real":
        migrated: Callable[[str], str] = request.getfixturevalue("migrated_url")
        urls = {"membership": migrated("membership"), "activities": request.getfixturevalue("database_url")("listener")}
        monkeypatch.setenv("GONGHUI_AMQP_URL", request.getfixturevalue("amqp_server").new_vhost())
    else:
        urls = {
            "membership": templates.copy_sqlite("membership", tmp_path),
            "activities": f"sqlite:///{tmp_path}/listener.sqlite3",
        }
        monkeypatch.setenv("GONGHUI_AMQP_URL", settings.EMBEDDED_AMQP_URL)
    for name, url in urls.items():
        monkeypatch.setenv(f"GONGHUI_{name.upper()}_DATABASE_URL", url)
    settings.reset()
    embedded.forget()
    HEARD.clear()
    listening = Database(urls["activities"])
    ChassisBase.metadata.create_all(listening.engine)
    membership = MembershipHarness(Database(urls["membership"]))
    membership.establish()
    with running():
        yield membership
    for database in (membership.database, listening):
        database.close()
    monkeypatch.undo()
    settings.reset()
    embedded.forget()


@contextmanager
def running() -> Iterator[None]:
    declare_topology([Membership, Listener])
    containers = Containers([Membership, Listener])
    containers.start()
    try:
        yield
    finally:
        containers.stop()


@contextmanager
def asking() -> Iterator[Callable[..., Any]]:
    """Yield `ask(operation, principal, **values)`: what the gateway does, JSON in and JSON out."""
    with calling("gateway") as client:
        yield lambda operation, by=ANONYMOUS, key=None, **values: _call(client, operation, by, key, values)


def _call(client: PatientClient, operation: Operation, by: Principal, key: str | None, values: dict[str, Any]) -> Any:
    payload = operation.request_schema.dump(values)
    return client.call(operation, payload, CallContext(principal=by, idempotency_key=key))


def wait_for(count: int) -> list[dict[str, Any]]:
    with eventlet.Timeout(30):
        while len(HEARD) < count:
            eventlet.sleep(0.02)
    eventlet.sleep(0.2)
    return [data for _, data in HEARD]


def test_a_newcomer_joins_over_rpc_and_everybody_hears_of_it_once(membership: MembershipHarness) -> None:
    newcomer, chair, chief = applicant_account(), chair_of(membership.units["01"]), officer()
    with asking() as ask:
        applied = ask(joining.submit_application, newcomer, key="one", **applicant(membership.units["01"]))
        assert ask(joining.submit_application, newcomer, key="one", **applicant(membership.units["01"])) == applied
        ask(joining.review_application, chair, application_id=applied["id"], decision="accept")
        approved = ask(joining.approve_application, chief, application_id=applied["id"])
        members = ask(record.list_members, chief, with_total=True)
    assert (members["total"], members["items"][0]["number"]) == (1, approved["number"])
    (heard,) = wait_for(1)
    assert (str(heard["member_id"]), heard["joined_on"]) == (approved["member_id"], clock.today())
    assert heard["account_id"] == newcomer.account_id


def test_refusals_survive_the_journey(membership: MembershipHarness) -> None:
    stated = applicant(membership.units["01"])
    with asking() as ask:
        applied = ask(joining.submit_application, **stated)
        with pytest.raises(Refused) as refused:
            ask(joining.submit_application, **stated)
        with pytest.raises(InvalidInput) as invalid:
            ask(joining.submit_application, **{**stated, "phone": "12345"})
        with pytest.raises(NotSignedIn):
            ask(joining.review_application, application_id=applied["id"], decision="accept")
        with pytest.raises(NotAllowed) as not_allowed:
            ask(joining.approve_application, chair_of(membership.units["01"]), application_id=applied["id"])
    assert refused.value.rule == "joining.person_has_no_open_application"
    assert list(invalid.value.errors) == ["phone"]
    assert not_allowed.value.rule == "role_allows"


def test_a_value_shown_in_plain_is_not_remembered_with_its_key(membership: MembershipHarness) -> None:
    member = membership.member(1, phone="13912345678")
    with asking() as ask:
        for _ in range(2):
            shown = ask(
                record.unmask_member, membership.officer, key="peep", member_id=member, field="phone", purpose="call"
            )
            assert shown["value"] == "13912345678"
        accesses = ask(record.member_accesses, membership.officer, member_id=member)
    assert len(accesses["items"]) == 2
    with membership.database.session() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(ExecutedCommand)) == 0


def test_a_roster_over_rpc_is_announced_member_by_member(membership: MembershipHarness) -> None:
    rows = [roster_row(membership.units["01"], order) for order in range(1, 301)]
    with asking() as ask:
        reply = ask(record.admit_members, membership.officer, rows=rows)
        with pytest.raises(InvalidInput) as caught:
            ask(record.admit_members, membership.officer, rows=rows[:2])
    assert len(caught.value.errors["rows"]) == 2
    heard = {str(data["member_id"]) for data in wait_for(300)}
    assert heard == {item["member_id"] for item in reply["items"]}
    assert len(HEARD) == 300


def test_every_operation_of_the_contracts_is_answered() -> None:
    promised = {one.name for one in OPERATIONS.values() if one.service == "membership"}
    answered = {name for name in dir(Membership) if not name.startswith("_")}
    assert promised <= answered
    assert organisation.list_units.name in promised
