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
from services.membership.record.use_cases import numbering
from tests.component.membership.test_numbers import numbers as given_out
from tests.component.membership.test_numbers import ready
from tests.component.membership.union import Union, asked


def start(union: Union, **values: Any) -> Any:
    with union.acting(union.officer) as tx:
        return batches.start_approval(tx, asked(contract.start_approval, **values)).id


def carry_out(union: Union, job_id: Any) -> int:
    """Do chunk after chunk as the runner does; return how many it took."""
    for number in range(1, 100):
        with union.database.session() as session:
            principal = principal_of(session.get_one(Job, job_id).principal)
        with transaction(union.database, CallContext(principal=principal)) as tx:
            job = get_job(tx, job_id, lock=True)
            if batches.approve_chunk(tx, job):
                return number
    raise AssertionError("never done")


def outcomes(union: Union, job_id: Any, **filters: Any) -> list[dict[str, Any]]:
    with union.acting(union.officer) as tx:
        request = asked(contract.approval_outcomes, job_id=job_id, limit=100, **filters)
        return list(batches.approval_outcomes(tx, request)["items"])


def test_all_that_wait_are_approved_chunk_by_chunk_and_each_is_told(any_union: Union, monkeypatch: Any) -> None:
    monkeypatch.setattr(batches, "CHUNK", 4)
    ids = ready(any_union, 10)
    any_union.apply(60)
    job_id = start(any_union)
    with any_union.database.session() as session:  # one is taken back meanwhile
        session.execute(sa.update(Application).where(Application.id == ids[3]).values(state="withdrawn"))
    assert {row["outcome"] for row in outcomes(any_union, job_id)} == {"waiting"}
    assert carry_out(any_union, job_id) == 3
    told = outcomes(any_union, job_id)
    assert [row["number"] for row in told if row["outcome"] == "approved"] == [f"M{n:06d}" for n in range(1, 10)]
    assert [row["rule"] for row in outcomes(any_union, job_id, outcome="refused")] == ["workflow.joining"]
    with any_union.acting(any_union.officer) as tx:
        job = get_job(tx, job_id)
        assert (job.total, job.done, job.problems) == (10, 10, 1)
        assert job.result == {"approved": 9, "refused": 1}


def test_a_chunk_that_breaks_leaves_nothing_behind_and_is_done_again(any_union: Union, monkeypatch: Any) -> None:
    monkeypatch.setattr(batches, "CHUNK", 4)
    ready(any_union, 6)
    job_id = start(any_union)

    def chunk_and_fail() -> None:
        with any_union.acting(any_union.officer) as tx:
            batches.approve_chunk(tx, get_job(tx, job_id, lock=True))
            raise RuntimeError("power cut")

    with pytest.raises(RuntimeError, match="power cut"):
        chunk_and_fail()
    assert given_out(any_union) == []
    carry_out(any_union, job_id)
    assert given_out(any_union) == [f"M{place:06d}" for place in range(1, 7)]


def test_two_batches_of_the_same_applications_make_each_member_once(any_union: Union) -> None:
    ids = ready(any_union, 8)
    jobs = [start(any_union, application_ids=ids), start(any_union)]
    list(eventlet.GreenPool().imap(lambda job_id: carry_out(any_union, job_id), jobs))
    assert given_out(any_union) == [f"M{place:06d}" for place in range(1, 9)]
    told = [row["outcome"] for job_id in jobs for row in outcomes(any_union, job_id)]
    assert sorted(told) == ["approved"] * 8 + ["refused"] * 8


def test_an_empty_batch_is_not_started(any_union: Union) -> None:
    with pytest.raises(Conflict):
        start(any_union)


def open_series(union: Union, **changes: Any) -> dict[str, Any]:
    values = {"name": "year-27", "prefix": "ZU27", "width": 5, "start": 100, "document": "主席办公会纪要",
              "in_force_from": clock.today(), **changes}  # fmt: skip
    with union.acting(union.officer) as tx:
        return numbering.open_number_series(tx, asked(numbers.open_number_series, **values))


def test_numbers_come_from_the_series_in_force_on_the_day(any_union: Union) -> None:
    any_union.member(1)
    opened = open_series(any_union, in_force_from=clock.today() + timedelta(days=1))
    assert (opened["next"], opened["current"]) == ("ZU2700100", False)
    any_union.member(2)
    with clock.frozen(clock.now() + timedelta(days=1)):
        any_union.member(3)
    assert given_out(any_union) == ["M000001", "M000002", "ZU2700100"]
    assert [one["name"] for one in any_union.events("number_series_opened")] == ["year-27"]


def test_no_two_series_can_ever_give_the_same_number(any_union: Union) -> None:
    for prefix, rule in (("M", "prefix"), ("M1", "prefix")):
        with pytest.raises(Refused) as caught:
            open_series(any_union, prefix=prefix)
        assert caught.value.field == rule
    with pytest.raises(Refused):
        open_series(any_union, in_force_from=clock.today() - timedelta(days=1))
    open_series(any_union, prefix="MZ")


def test_approvals_at_once_take_numbers_in_a_row_from_a_series_of_today(any_union: Union) -> None:
    open_series(any_union)
    ids = ready(any_union, 12)
    list(eventlet.GreenPool(12).imap(any_union.approve, ids))
    assert given_out(any_union) == [f"ZU27{place:05d}" for place in range(100, 112)]
