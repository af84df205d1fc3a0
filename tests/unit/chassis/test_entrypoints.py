"""What a service declares to answer and to react to: tables, attributes, methods, and what is refused at import."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from marshmallow import fields
from nameko.containers import ServiceContainer

from services.chassis.database.engine import Database
from services.chassis.database.tables import ExecutedCommand
from services.chassis.entrypoints import EventEntrypoint, Service, answers, every, on_call, on_event
from services.chassis.jobs.runner import LongWorkEntrypoint, long_work
from services.chassis.process.runtime import Work
from services.chassis.process.settings import EMBEDDED_AMQP_URL
from services.chassis.rpc.client import OperationEntrypoint
from services.chassis.rpc.context import CallContext
from services.chassis.schema import ACCOUNT, Event, Operation, Schema, command, query
from services.chassis.security.principal import Principal
from tests.support.principals import headers_of


class Number(Schema):
    """A number."""

    n = fields.Integer(required=True)


class Counted(Event, source="abacus"):
    """Something was counted."""

    subject = "abacus/{n}"
    data = Number
    example = {"n": 1}


ASKED = Principal("account", uuid4())
double = query("abacus", "double", request=Number, reply=Number, allow=[ACCOUNT])
add = command("abacus", "add", request=Number, reply=Number, allow=[ACCOUNT])
add_secret = command("abacus", "add_secret", request=Number, reply=Number, allow=[ACCOUNT])
add_slowly = command("abacus", "add_slowly", request=Number, reply=Number, allow=[ACCOUNT])
weigh = query("scales", "weigh", request=Number, reply=Number, allow=[ACCOUNT])


def doubled(_tx: Any, request: dict[str, Any]) -> dict[str, Any]:
    return {"n": 2 * request["n"]}


def added(_tx: Any, request: dict[str, Any]) -> dict[str, Any]:
    return {"n": 1 + request["n"]}


def added_slowly(call: Any, request: dict[str, Any]) -> dict[str, Any]:
    with call.transaction() as tx:
        return added(tx, request)


HEARD: list[Any] = []


@answers((double, doubled), (add, added))
@answers((add_secret, added), store_reply=False)
@answers((add_slowly, added_slowly), own_transaction=True)
class Beads:
    """The operations of the abacus."""

    on_counted = on_event(Counted, lambda tx, event: HEARD.append((tx, event)))
    on_counted_often = on_event(Counted, lambda tx, events: HEARD.extend(events), batch=True)
    rest = every(3600, "rest", HEARD.append)
    count_all = long_work("count", add, lambda tx, job: not HEARD.append((tx, job)))


class Abacus(Beads, Service):
    """Counts."""

    name = "abacus"


def ask(database: Database, operation: Operation, n: int, key: str | None = None) -> Any:
    service = Abacus()
    headers = headers_of(CallContext(principal=ASKED, idempotency_key=key))
    service.runtime = Work("abacus", database, None, headers)  # type: ignore[arg-type, assignment]
    return getattr(service, operation.name)({"n": n})


def stored(database: Database) -> int:
    with database.session() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(ExecutedCommand)) or 0


def test_nameko_finds_what_tables_and_attributes_declare():
    container = ServiceContainer(Abacus, {"AMQP_URI": EMBEDDED_AMQP_URL})
    found: dict[str, Any] = {entrypoint.method_name: entrypoint for entrypoint in container.entrypoints}

    assert set(found) == {
        "double", "add", "add_secret", "add_slowly", "on_counted", "on_counted_often", "rest", "count_all",
    }  # fmt: skip
    assert {name for name, one in found.items() if isinstance(one, OperationEntrypoint)} == {
        "double", "add", "add_secret", "add_slowly",
    }  # fmt: skip
    assert found["add"].operation is add
    assert (found["on_counted"].consumer_name, found["on_counted"].batch) == ("abacus.on_counted", False)
    assert isinstance(found["on_counted_often"], EventEntrypoint)
    assert found["on_counted_often"].batch
    assert isinstance(found["count_all"], LongWorkEntrypoint)


def test_a_table_answers_with_the_functions_of_its_pairs(database: Database):
    assert ask(database, double, 4) == {"ok": {"n": 8}}
    assert [ask(database, one, 4) for one in (add, add_secret, add_slowly)] == [{"ok": {"n": 5}}] * 3


def test_the_reply_of_a_keyed_command_is_stored_unless_its_table_says_no(database: Database):
    for operation in (add_secret, add_slowly):
        assert ask(database, operation, 4, key="one") == {"ok": {"n": 5}}
        assert stored(database) == 0

    assert ask(database, add, 4, key="one") == {"ok": {"n": 5}}
    assert stored(database) == 1


def test_what_is_prepared_comes_before_the_transaction_and_every_attempt_has_it(database: Database):
    seen: list[str] = []

    def prepare(call: Any, request: dict[str, Any]) -> None:
        with call.transaction(readonly=True) as tx:
            seen.append(f"prepared {request['n']} for {tx.principal.kind}")

    def answer(_tx: Any, request: dict[str, Any]) -> dict[str, Any]:
        seen.append("answered")
        return added(_tx, request)

    service = answers((add, answer), prepare=prepare)(type("Prepared", (Service,), {"name": "abacus"}))()
    service.runtime = Work("abacus", database, None, headers_of(CallContext(principal=ASKED, idempotency_key="k")))

    assert [service.add({"n": 4}) for _ in range(2)] == [{"ok": {"n": 5}}] * 2
    assert seen == ["prepared 4 for account", "answered", "prepared 4 for account"]
    assert stored(database) == 1, "the key is stored as without preparation"


def test_recurring_work_may_open_its_transactions_itself(database: Database):
    names: list[str] = []

    def work(call: Any) -> None:
        with call.transaction() as tx:
            names.append(tx.principal.name)

    declared = {"name": "abacus", "go_on": every(60, "go-on", work, own_transaction=True)}
    service = type("Working", (Service,), declared)()
    service.runtime = Work("abacus", database, None, {})
    service.go_on()

    assert names == ["abacus"]


def test_attributes_hand_their_arguments_on(database: Database):
    HEARD.clear()
    service = Abacus()
    service.on_counted(lambda handle: handle("tx", "event"))
    service.on_counted_often(lambda handle: handle("tx", ["first", "second"]))

    assert HEARD == [("tx", "event"), "first", "second"]


def test_an_operation_without_a_function_is_refused():
    with pytest.raises(ValueError, match=r"abacus\.add has no answer"):
        answers((add, None))(type("Nothing", (), {}))  # type: ignore[arg-type]


@pytest.mark.parametrize("own", [{}, {"add": added}], ids=["in two tables", "in a table and a method"])
def test_two_answers_of_one_class_are_refused(own: dict[str, Any]):
    table = [(add, added)] if own else [(add, added), (add, added)]

    with pytest.raises(ValueError, match=r"abacus\.add has two answers in Twice"):
        answers(*table)(type("Twice", (), own))


def test_the_reply_of_a_query_is_never_stored():
    with pytest.raises(ValueError, match=r"abacus\.double is a query"):
        answers((double, doubled), store_reply=False)(type("Forgetful", (), {}))


def test_a_method_is_named_like_its_operation():
    with pytest.raises(ValueError, match=r"added answers abacus\.add: name them alike"):
        on_call(add)(added)


def test_two_subjects_with_one_name_are_refused_since_one_would_hide_the_other():
    class More:
        on_counted = on_event(Counted, print)

    with pytest.raises(ValueError, match="Beads and More both have the entrypoint on_counted"):
        type("Crowded", (Beads, More, Service), {"name": "abacus"})


def test_an_operation_of_another_service_is_refused():
    scales = answers((weigh, doubled))(type("Scales", (), {}))

    with pytest.raises(ValueError, match=r"Scales answers scales\.weigh, which is not of abacus"):
        type("Mixed", (scales, Service), {"name": "abacus"})
