"""Batches approved as long work, chunk by chunk, and the series their numbers come from."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import eventlet
import pytest
import sqlalchemy as sa

from services.chassis import clock
from services.chassis.database.transaction import transaction
from services.chassis.errors import Conflict, Refused
from services.chassis.jobs.jobs import get_job
from services.chassis.jobs.tables import Job
from services.chassis.rpc.context import CallContext
from services.chassis.security.principal import principal_of
from services.contracts.membership import numbering as numbers
from services.contracts.membership.joining import operations as contract
from services.membership.joining.tables import Application
from services.membership.joining.use_cases import batches
from tests.component.membership.harness import MembershipHarness
from tests.component.membership.test_numbers import numbers as given_out
from tests.component.membership.test_numbers import ready


def start(membership: MembershipHarness, **values: Any) -> Any:
    return membership.ask_typed(contract.start_approval, **values)["id"]


def carry_out(membership: MembershipHarness, job_id: Any) -> int:
    """Do chunk after chunk as the runner does; return how many it took."""
    for number in range(1, 100):
        with membership.database.session() as session:
            principal = principal_of(session.get_one(Job, job_id).principal)
        with transaction(membership.database, CallContext(principal=principal)) as tx:
            job = get_job(tx, job_id, lock=True)
            if batches.approve_chunk(tx, job):
                return number
    raise AssertionError("never done")


def outcomes(membership: MembershipHarness, job_id: Any, **filters: Any) -> list[dict[str, Any]]:
    request = {"job_id": job_id, "limit": 100, **filters}
    return list(membership.ask_typed(contract.approval_outcomes, **request)["items"])


@pytest.mark.databases("postgresql", "sqlite")
def test_all_that_wait_are_approved_chunk_by_chunk_and_each_is_told(
    membership: MembershipHarness, monkeypatch: Any
) -> None:
    monkeypatch.setattr(batches, "CHUNK", 4)
    ids = ready(membership, 10)
    membership.apply(60)
    job_id = start(membership)
    with membership.database.session() as session:  # one is taken back meanwhile
        session.execute(sa.update(Application).where(Application.id == ids[3]).values(state="withdrawn"))
    assert {row["outcome"] for row in outcomes(membership, job_id)} == {"waiting"}
    assert carry_out(membership, job_id) == 3
    told = outcomes(membership, job_id)
    assert [row["number"] for row in told if row["outcome"] == "approved"] == [f"M{n:06d}" for n in range(1, 10)]
    assert [row["rule"] for row in outcomes(membership, job_id, outcome="refused")] == ["workflow.joining"]
    with membership.transaction(membership.officer) as tx:
        job = get_job(tx, job_id)
        assert (job.total, job.done, job.problems) == (10, 10, 1)
        assert job.result == {"approved": 9, "refused": 1}


def test_a_chunk_that_breaks_leaves_nothing_behind_and_is_done_again(
    membership: MembershipHarness, monkeypatch: Any
) -> None:
    monkeypatch.setattr(batches, "CHUNK", 4)
    ready(membership, 6)
    job_id = start(membership)

    def chunk_and_fail() -> None:
        with membership.transaction(membership.officer) as tx:
            batches.approve_chunk(tx, get_job(tx, job_id, lock=True))
            raise RuntimeError("power cut")

    with pytest.raises(RuntimeError, match="power cut"):
        chunk_and_fail()
    assert given_out(membership) == []
    carry_out(membership, job_id)
    assert given_out(membership) == [f"M{place:06d}" for place in range(1, 7)]


def test_two_batches_of_the_same_applications_make_each_member_once(membership: MembershipHarness) -> None:
    ids = ready(membership, 8)
    jobs = [start(membership, application_ids=ids), start(membership)]
    list(eventlet.GreenPool().imap(lambda job_id: carry_out(membership, job_id), jobs))
    assert given_out(membership) == [f"M{place:06d}" for place in range(1, 9)]
    told = [row["outcome"] for job_id in jobs for row in outcomes(membership, job_id)]
    assert sorted(told) == ["approved"] * 8 + ["refused"] * 8


def test_an_empty_batch_is_not_started(membership: MembershipHarness) -> None:
    with pytest.raises(Conflict):
        start(membership)


def open_series(membership: MembershipHarness, **changes: Any) -> dict[str, Any]:
    values = {"name": "year-27", "prefix": "ZU27", "width": 5, "start": 100, "document": "主席办公会纪要",
              "in_force_from": clock.today(), **changes}  # fmt: skip
    return membership.ask_typed(numbers.open_number_series, **values)


def test_numbers_come_from_the_series_in_force_on_the_day(membership: MembershipHarness) -> None:
    membership.member(1)
    opened = open_series(membership, in_force_from=clock.today() + timedelta(days=1))
    assert (opened["next"], opened["current"]) == ("ZU2700100", False)
    membership.member(2)
    with clock.frozen(clock.now() + timedelta(days=1)):
        membership.member(3)
    assert given_out(membership) == ["M000001", "M000002", "ZU2700100"]
    assert [one["name"] for one in membership.events("number_series_opened")] == ["year-27"]


def test_no_two_series_can_ever_give_the_same_number(membership: MembershipHarness) -> None:
    for prefix, rule in (("M", "prefix"), ("M1", "prefix")):
        with pytest.raises(Refused) as caught:
            open_series(membership, prefix=prefix)
        assert caught.value.field == rule
    with pytest.raises(Refused):
        open_series(membership, in_force_from=clock.today() - timedelta(days=1))
    open_series(membership, prefix="MZ")


def test_approvals_at_once_take_numbers_in_a_row_from_a_series_of_today(membership: MembershipHarness) -> None:
    open_series(membership)
    ids = ready(membership, 12)
    list(eventlet.GreenPool(12).imap(membership.approve, ids))
    assert given_out(membership) == [f"ZU27{place:05d}" for place in range(100, 112)]
