"""Long work goes on with the roles its asker has by then: an office that is gone ends it, one gained does nothing."""

from __future__ import annotations

from uuid import uuid4

import pytest

from services.chassis.database.engine import Database
from services.chassis.database.transaction import Transaction, transaction
from services.chassis.errors import NotAllowed, Unavailable
from services.chassis.jobs import jobs
from services.chassis.jobs.requester import RULE, asker_now
from services.chassis.jobs.runner import advance
from services.chassis.jobs.tables import Job
from services.chassis.rpc.context import CallContext
from services.chassis.schema import Empty, command
from services.chassis.security.principal import Grant, Principal, service_principal
from tests.support import open_transactions
from tests.unit.chassis.test_jobs import count, seen

UNIT, OTHER_UNIT = uuid4(), uuid4()
MEMBER, OFFICER, AUDITOR = Grant("member", UNIT), Grant("officer"), Grant("auditor")
CHAIR, OTHER_CHAIR = Grant("chair", UNIT), Grant("chair", OTHER_UNIT)
charge = command("post", "charge", request=Empty, reply=Empty, allow=["officer", "chair"])


def asking(*grants: Grant) -> CallContext:
    return CallContext(principal=Principal("account", uuid4(), uuid4(), grants))


def goes_on(then: list[Grant], now: list[Grant], operation=charge) -> tuple[Grant, ...]:
    context = asking(*then)
    return asker_now(context, roles=lambda _: tuple(now), asked_by=operation).principal.grants


@pytest.mark.parametrize(
    ("then", "now"),
    [
        ([MEMBER, OFFICER], [MEMBER, OFFICER]),
        ([MEMBER, OFFICER, AUDITOR], [MEMBER, OFFICER]),
        ([MEMBER, CHAIR], [Grant("member", OTHER_UNIT), CHAIR]),
        ([MEMBER, CHAIR], [MEMBER, OFFICER]),
    ],
    ids=["nothing changed", "another office ended", "moved to another unit", "became an officer"],
)
def test_work_goes_on_with_the_roles_of_the_day(then, now):
    assert goes_on(then, now) == tuple(now)


@pytest.mark.parametrize(
    ("then", "now"),
    [
        ([MEMBER, OFFICER], [MEMBER]),
        ([MEMBER, OFFICER], [MEMBER, CHAIR]),
        ([MEMBER, CHAIR], [MEMBER, OTHER_CHAIR]),
        ([MEMBER, CHAIR, OTHER_CHAIR], [MEMBER, OTHER_CHAIR]),
        ([MEMBER, OFFICER], []),
        ([MEMBER, CHAIR], [MEMBER, AUDITOR]),
    ],
    ids=[
        "no office",
        "a lesser office",
        "another unit's",
        "one of two units'",
        "left the union",
        "an office that may not",
    ],
)
def test_an_office_that_is_gone_ends_it(then, now):
    with pytest.raises(NotAllowed) as ended:
        goes_on(then, now)
    assert ended.value.rule == RULE


def test_where_each_step_is_authorised_by_itself_any_office_that_is_gone_ends_it():
    assert goes_on([MEMBER, CHAIR], [MEMBER, CHAIR, AUDITOR], None) == (MEMBER, CHAIR, AUDITOR)
    with pytest.raises(NotAllowed):
        goes_on([MEMBER, CHAIR], [MEMBER], None)


def test_what_the_union_does_by_itself_needs_no_office():
    context = CallContext(principal=service_principal("membership"))
    assert asker_now(context, roles=lambda _: pytest.fail("looked up"), asked_by=charge) == context


def test_a_job_of_a_dismissed_officer_ends_with_a_reason_and_another_officer_continues_it(database: Database):
    first, second = (Principal("account", uuid4(), uuid4(), (MEMBER, OFFICER)) for _ in range(2))
    held = {first.member_id: (MEMBER, OFFICER), second.member_id: (MEMBER, OFFICER)}
    acted = []

    def step(tx: Transaction, job: Job) -> bool:
        acted.append(tx.principal)
        return count(tx, job)

    def go_on() -> Job:
        ask = lambda context: asker_now(context, roles=lambda c: held[c.principal.member_id], asked_by=charge)  # noqa: E731
        advance(database, job_id, step, None, ask)
        return seen(database, job_id)

    with transaction(database, CallContext(principal=first)) as tx:
        job_id = jobs.start_job(tx, "count", {"up_to": 4}).id
    assert go_on().done == 2
    held[first.member_id] = (MEMBER,)
    ended = go_on()
    assert (ended.state, ended.done, (ended.error or {})["rule"]) == ("failed", 2, RULE)
    with transaction(database, CallContext(principal=second)) as tx:
        jobs.retry_job(tx, job_id)
    done = go_on()
    assert (done.state, done.done, done.asked_by) == ("done", 4, first.actor)
    assert [one.member_id for one in acted] == [first.member_id, second.member_id]


def test_roles_that_cannot_be_looked_up_delay_the_job(database: Database):
    with transaction(database, CallContext(principal=asking(OFFICER).principal)) as tx:
        job_id = jobs.start_job(tx, "count", {"up_to": 1}).id

    def away(_context: CallContext) -> CallContext:
        raise Unavailable("membership cannot be reached")

    for _ in range(9):
        advance(database, job_id, count, None, away)
    assert seen(database, job_id).state == "waiting"
    advance(database, job_id, count)
    assert seen(database, job_id).state == "done"


def test_roles_and_preparation_are_asked_for_outside_of_any_transaction(
    database: Database, monkeypatch: pytest.MonkeyPatch
):
    open_transactions.watch(monkeypatch)
    with transaction(database, CallContext(principal=asking(OFFICER).principal)) as tx:
        job_id = jobs.start_job(tx, "count", {"up_to": 1}).id
    order: list[str] = []

    def ask(context: CallContext) -> CallContext:
        open_transactions.require_none("looking up roles")
        order.append("roles")
        return context

    def prepare(_database: Database, _context: CallContext, _job: Job) -> None:
        open_transactions.require_none("preparing a step")
        order.append("prepared")

    def step(tx: Transaction, job: Job, _prepared: None) -> bool:
        with pytest.raises(AssertionError, match="inside a transaction"):
            open_transactions.require_none("a step")
        order.append("stored")
        return count(tx, job)

    advance(database, job_id, step, prepare, ask)
    assert (seen(database, job_id).state, order) == ("done", ["roles", "prepared", "stored"])
