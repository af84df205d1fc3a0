"""Long work: done in chunks that store where they stand, resumed, stopped, tried again, refused."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from services.chassis import clock
from services.chassis.database.engine import Database
from services.chassis.database.transaction import Transaction, transaction
from services.chassis.errors import InvalidInput, NotFound, Refused
from services.chassis.files.storage import erase_expired, erase_files, file_of, files_of, store_file
from services.chassis.jobs import jobs
from services.chassis.jobs.lease import next_due
from services.chassis.jobs.runner import advance, give_back
from services.chassis.jobs.tables import Job
from services.chassis.rpc.context import CallContext
from services.chassis.security.principal import Grant, Principal

ME = Principal("account", uuid4(), uuid4(), (Grant("chair", uuid4()),))
OTHER = Principal("account", uuid4(), uuid4(), (Grant("chair", uuid4()),))
OPERATOR = Principal("account", uuid4(), uuid4(), (Grant("ops"),))
OFFICER = Principal("account", uuid4(), uuid4(), (Grant("officer"),))


def as_(principal: Principal, database: Database):
    return transaction(database, CallContext(principal=principal))


def started(database: Database, total: int = 5) -> UUID:
    with as_(ME, database) as tx:
        return jobs.start_job(tx, "count", {"up_to": total}, total=total).id


def count(tx: Transaction, job: Job) -> bool:
    """Count two more."""
    at = (job.position or {"at": 0})["at"]
    step = min(2, job.params["up_to"] - at)
    job.position = {"at": at + step}
    job.done += step
    return at + step == job.params["up_to"]


def seen(database: Database, job_id: UUID) -> Job:
    with database.session() as session:
        job = session.get_one(Job, job_id)
        session.expunge(job)
    return job


def run(database: Database, chunk: Callable[[Transaction, Job], bool] = count) -> int:
    """Advance whatever is due until nothing is; return how many chunks that took."""
    chunks = 0
    while (found := next_due(database, ["count"])) is not None:
        advance(database, found[0], chunk)
        chunks += 1
    return chunks


def test_a_job_is_done_chunk_by_chunk_and_shows_its_progress(database: Database):
    job_id = started(database)

    advance(database, job_id, count)
    half_way = seen(database, job_id)
    chunks = run(database)

    assert (half_way.state, half_way.done, half_way.position) == ("running", 2, {"at": 2})
    ended = seen(database, job_id)
    assert (chunks, ended.state, ended.done, ended.total) == (2, "done", 5, 5)
    assert ended.ended_at is not None


def test_it_runs_in_the_name_of_whoever_asked(database: Database):
    job_id = started(database, 1)
    names = []

    def note(tx: Transaction, job: Job) -> bool:
        names.append((tx.principal, tx.correlation_id == job.correlation_id))
        return count(tx, job)

    advance(database, job_id, note)

    assert names == [(ME, True)]


def test_a_chunk_that_breaks_leaves_nothing_and_is_tried_again_later(database: Database, monkeypatch):
    job_id = started(database)

    def breaks(tx: Transaction, job: Job) -> bool:
        count(tx, job)
        raise KeyError("gone")

    advance(database, job_id, count)
    advance(database, job_id, breaks)

    job = seen(database, job_id)
    assert (job.state, job.done, job.attempts) == ("running", 2, 1)
    assert next_due(database, ["count"]) is None
    later = clock.now() + timedelta(seconds=3)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert run(database) == 2
    assert seen(database, job_id).done == 5


def test_a_chunk_that_breaks_again_and_again_fails_and_can_be_retried(database: Database, monkeypatch):
    job_id = started(database)
    times = [clock.now() + timedelta(hours=hour) for hour in range(9)]

    def breaks(tx: Transaction, job: Job) -> bool:
        raise KeyError("gone")

    for time in times:
        monkeypatch.setattr(clock, "now", lambda time=time: time)
        if seen(database, job_id).state != "failed":
            advance(database, job_id, breaks)

    failed = seen(database, job_id)
    assert (failed.state, failed.attempts) == ("failed", 5)
    assert "gone" not in str(failed.error)
    with as_(ME, database) as tx:
        jobs.retry_job(tx, job_id)
    assert run(database) == 3
    assert seen(database, job_id).error is None


def test_a_problem_ends_the_job_at_once_and_says_why(database: Database):
    job_id = started(database)

    def refuses(tx: Transaction, job: Job) -> bool:
        raise InvalidInput("No header.", field="file")

    advance(database, job_id, refuses)

    job = seen(database, job_id)
    assert job.state == "failed"
    assert (job.error or {})["field"] == "file"


def vanishes(tx: Transaction, job: Job) -> bool:
    """End as a process does that is killed: nothing is noted."""
    raise SystemExit


def test_a_chunk_that_ends_its_process_twice_is_set_aside_with_a_reason(database: Database, monkeypatch):
    job_id = started(database)
    advance(database, job_id, count)

    for hours in (1, 2, 3):
        later = clock.now() + timedelta(hours=hours)
        monkeypatch.setattr(clock, "now", lambda later=later: later)
        if seen(database, job_id).state == "running":
            with suppress(SystemExit):
                advance(database, job_id, vanishes)

    job = seen(database, job_id)
    assert (job.state, job.done, (job.error or {})["rule"]) == ("failed", 2, "job.step_comes_to_an_end")
    with as_(ME, database) as tx:
        jobs.retry_job(tx, job_id)
    run(database)
    assert (seen(database, job_id).state, seen(database, job_id).done) == ("done", 5)


def test_only_chunks_in_a_row_that_vanish_count(database: Database, monkeypatch):
    job_id = started(database)
    first = clock.now()
    times = (first + timedelta(hours=hour) for hour in range(100))
    monkeypatch.setattr(clock, "now", lambda: next(times))

    for chunk in (vanishes, count, vanishes, count, vanishes, count):
        with suppress(SystemExit):
            advance(database, job_id, chunk)

    assert (seen(database, job_id).state, seen(database, job_id).begun) == ("done", 0)


def test_a_chunk_that_was_begun_a_moment_ago_is_left_to_the_one_that_began_it(database: Database):
    job_id = started(database)
    with suppress(SystemExit):
        advance(database, job_id, vanishes)

    advance(database, job_id, count)

    assert seen(database, job_id).done == 0
    assert next_due(database, ["count"]) is None


def loses_its_connection(tx: Transaction, job: Job) -> bool:
    raise sa.exc.OperationalError("SELECT 1", {}, Exception("server closed the connection"))


def test_a_chunk_that_loses_its_connection_while_the_database_answers_uses_up_an_attempt(database: Database):
    job_id = started(database)

    advance(database, job_id, loses_its_connection)

    job = seen(database, job_id)
    assert (job.state, job.attempts, job.begun) == ("waiting", 1, 0)


def test_a_database_that_goes_away_ends_no_process_and_counts_for_nothing(database: Database, monkeypatch):
    job_id = started(database)
    monkeypatch.setattr(database, "answers", lambda: False)

    for _ in range(5):
        with pytest.raises(sa.exc.OperationalError):
            advance(database, job_id, loses_its_connection)
        give_back(database)

    assert run(database) == 3
    assert seen(database, job_id).state == "done"


def test_cancelling_stops_after_the_chunk_under_way_and_keeps_what_is_done(database: Database):
    job_id = started(database)
    advance(database, job_id, count)

    with as_(ME, database) as tx:
        jobs.cancel_job(tx, job_id)
    run(database)

    job = seen(database, job_id)
    assert (job.state, job.done) == ("cancelled", 2)
    with pytest.raises(Refused, match="cancelled"), as_(ME, database) as tx:
        jobs.cancel_job(tx, job_id)


def test_jobs_take_turns(database: Database):
    first, second = started(database), started(database)
    order = []

    def note(tx: Transaction, job: Job) -> bool:
        order.append(job.id)
        return count(tx, job)

    run(database, note)

    assert order == [first, second] * 3


def test_everybody_sees_his_own_jobs_and_officers_all(database: Database):
    mine = started(database)
    asked = {"kind": None, "state": None, "cursor": None, "limit": 20}

    with as_(OTHER, database) as tx:
        assert jobs.list_jobs(tx, asked)["items"] == []
        with pytest.raises(NotFound):
            jobs.get_job(tx, mine)
    for principal in (ME, OFFICER):
        with as_(principal, database) as tx:
            assert [job.id for job in jobs.list_jobs(tx, {**asked, "state": "waiting"})["items"]] == [mine]
            assert jobs.list_jobs(tx, {**asked, "kind": "other"})["items"] == []


def test_a_job_hands_out_the_file_it_made(database: Database):
    job_id = started(database, 1)

    def makes(tx: Transaction, job: Job) -> bool:
        made = store_file(
            tx, name="roster.csv", media_type="text/csv", content=b"a,b", subject=f"job/{job.id}", purpose="result"
        )
        job.file_id = made.id
        return True

    advance(database, job_id, makes)

    with as_(ME, database) as tx:
        assert jobs.job_file(tx, job_id, "result").content == b"a,b"
        with pytest.raises(NotFound):
            jobs.job_file(tx, job_id, "problems")
    with as_(OPERATOR, database) as tx:
        assert jobs.get_job(tx, job_id).state == "done"
        with pytest.raises(NotFound):
            jobs.job_file(tx, job_id, "result")


@pytest.mark.parametrize("office", [Grant("officer"), ME.grants[0]], ids=["officer", "chair"])
def test_who_lost_the_office_he_asked_in_has_neither_the_file_nor_the_work_any_more(database: Database, office: Grant):
    belongs = Grant("member", uuid4())
    then = Principal("account", uuid4(), uuid4(), (belongs, office))
    now = Principal("account", then.account_id, then.member_id, (belongs,))
    with as_(then, database) as tx:
        job_id = jobs.start_job(tx, "count", {"up_to": 1}).id
        file = store_file(tx, name="a.csv", media_type="text/csv", content=b"a", subject=f"job/{job_id}", purpose="x")
        jobs.get_job(tx, job_id).file_id = file.id
        jobs.cancel_job(tx, job_id)
    run(database)

    with as_(now, database) as tx:
        for ask in (lambda: jobs.job_file(tx, job_id, "result"), lambda: jobs.retry_job(tx, job_id)):
            with pytest.raises(NotFound):
                ask()
    with as_(then, database) as tx:
        assert jobs.job_file(tx, job_id, "result").content == b"a"
        assert jobs.retry_job(tx, job_id).state == jobs.WAITING


def test_files_are_encrypted_found_by_subject_and_erased_in_time(database: Database, monkeypatch):
    with as_(ME, database) as tx:
        kept = store_file(
            tx, name="a.png", media_type="image/png", content=b"secret face", subject="member/1", purpose="photo"
        )
        brief = store_file(
            tx, name="b.csv", media_type="text/csv", content=b"x", subject="member/1", purpose="roster",
            keep=timedelta(days=1),
        )  # fmt: skip
        ids = kept.id, brief.id
    with database.session() as session:
        raw = session.execute(sa.text("SELECT content FROM stored_file")).scalars().all()
    assert not any(b"secret" in bytes(content) for content in raw)

    tomorrow = clock.now() + timedelta(days=1, seconds=1)
    monkeypatch.setattr(clock, "now", lambda: tomorrow)
    with as_(ME, database) as tx:
        assert file_of(tx, ids[0], subject="member/1").content == b"secret face"
        with pytest.raises(NotFound):
            file_of(tx, ids[0], subject="member/2")
        with pytest.raises(NotFound):
            file_of(tx, ids[1])
    assert erase_expired(database) == 1
    with as_(ME, database) as tx:
        assert [file.name for file in files_of(tx, "member/1", purpose="photo")] == ["a.png"]
        assert erase_files(tx, "member/1") == 1
        assert files_of(tx, "member/1") == []
