"""Issuing vouchers: a run claims its grants at once; a job works them off in batches, so that nobody gets two."""

from __future__ import annotations

import secrets
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.engine import rows_changed
from services.chassis.database.transaction import Transaction
from services.chassis.errors import Refused, refuse_first
from services.chassis.jobs.jobs import Job, cancel_job, start_job
from services.chassis.rules.refusal import number_is_as_seen
from services.chassis.security.encryption import blind_index
from services.contracts.welfare.birthdays import BenefitGranted
from services.welfare.birthdays import rules
from services.welfare.birthdays.tables import BirthdayGrant, BirthdayRun
from services.welfare.birthdays.use_cases.listing import BENEFIT
from services.welfare.birthdays.use_cases.runs import get_run, going_on, run_answer
from services.welfare.entitlements.use_cases.accounts import note_uses
from services.welfare.members.use_cases.member_copies import STANDS, known_to_have_left, standings_of
from services.welfare.payments.use_cases.beneficiaries import beneficiary
from services.welfare.rulebook.use_cases import rules_in_force as rulebook

KIND = "issue_birthday_vouchers"
BATCH = 200
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_CODE_LENGTH = 10


def issue_birthday_vouchers(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Start a run for the month's list or the named grants; its first batch is issued at once."""
    refuse_first(rules.collection_day_is_ahead(request["collect_by"], tx.today))
    cap = rulebook.require_gift_allowed(tx, BENEFIT, request["amount"], request["form"], tx.today)
    tx.lock(f"birthday-run-{request['year']}-{request['month']}")
    run = BirthdayRun(
        year=request["year"],
        month=request["month"],
        state="running",
        total=0,
        done=0,
        amount=request["amount"],
        form=request["form"],
        collect_by=request["collect_by"],
        rule=cap.explain(),
        started_at=tx.now,
        started_by=tx.principal.account_id,
    )
    tx.session.add(run)
    tx.session.flush()
    run.total = _claim(tx, run, request["grant_ids"])
    refuse_first(rules.somebody_is_listed(run.total), number_is_as_seen(run.total, request["expected"]))
    _issue_batch(tx, run)
    if run.state == "running":
        _start_job(tx, run)
    return run_answer(tx, run)


def issue_part(tx: Transaction, job: Job) -> bool:
    """Issue the next batch; True when the run has ended."""
    run = tx.session.get_one(BirthdayRun, UUID(job.params["run_id"]), with_for_update=True)
    if run.state == "running":
        _issue_batch(tx, run)
    job.done = run.done
    return run.state != "running"


def adopt_runs(tx: Transaction) -> None:
    """Start the job of runs that a replica of the release before began and left; it gave them none."""
    left = sa.select(BirthdayRun).where(BirthdayRun.state == "running", BirthdayRun.job_id.is_(None))
    for run in tx.session.scalars(left.order_by(BirthdayRun.id).limit(20).with_for_update(skip_locked=True)):
        _start_job(tx, run)


def stop_birthday_run(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Stop a run; members without voucher can be part of another run."""
    run = get_run(tx, request["run_id"], lock=True)
    state = run_answer(tx, run)["state"]
    if state != "running":
        raise Refused("This run has ended already.", rule="birthdays.run_is_running", params={"state": state})
    if run.job_id is not None:
        cancel_job(tx, run.job_id)
    run.state, run.finished_at = "stopped", tx.now
    return run_answer(tx, run)


def _start_job(tx: Transaction, run: BirthdayRun) -> None:
    job = start_job(tx, KIND, {"run_id": str(run.id)}, total=run.total)
    job.done, run.job_id = run.done, job.id


def _claim(tx: Transaction, run: BirthdayRun, grant_ids: list[UUID] | None) -> int:
    """Take the grants no other run is issuing, of those who have not left since they were listed; return how many."""
    free = [
        BirthdayGrant.year == run.year,
        BirthdayGrant.month == run.month,
        BirthdayGrant.state == "listed",
        sa.or_(BirthdayGrant.run_id.is_(None), BirthdayGrant.run_id.not_in(going_on())),
        BirthdayGrant.member_id.not_in(known_to_have_left()),
    ]
    if grant_ids is not None:
        free.append(BirthdayGrant.id.in_(grant_ids))
    statement = sa.update(BirthdayGrant).where(*free).values(run_id=run.id)
    return rows_changed(tx.session, statement.execution_options(synchronize_session=False))


def _issue_batch(tx: Transaction, run: BirthdayRun) -> None:
    grants = tx.session.execute(
        sa.select(BirthdayGrant.id, BirthdayGrant.member_id, BirthdayGrant.unit_id, BirthdayGrant.claim)
        .where(BirthdayGrant.run_id == run.id, BirthdayGrant.state == "listed")
        .order_by(BirthdayGrant.id)
        .limit(BATCH)
        .with_for_update()
    ).all()
    standings = standings_of(tx, [grant.member_id for grant in grants])
    entitled = [grant for grant in grants if standings.get(grant.member_id, "active") in STANDS]
    if entitled:
        tx.session.execute(sa.update(BirthdayGrant), [_issued(tx, run, grant) for grant in entitled])
        note_uses(tx, [_use(tx, run.amount, grant) for grant in entitled])
        tx.record(*(_granted(tx, run, grant) for grant in entitled))
    _pass_over(tx, [grant.id for grant in grants if grant not in entitled])
    run.done += len(grants)
    if len(grants) < BATCH:
        run.state, run.finished_at = "done", tx.now


def _pass_over(tx: Transaction, grant_ids: list[UUID]) -> None:
    """Leave grants of members who left meanwhile on the list, without voucher."""
    statement = sa.update(BirthdayGrant).where(BirthdayGrant.id.in_(grant_ids)).values(run_id=None)
    tx.session.execute(statement.execution_options(synchronize_session=False))


def _issued(tx: Transaction, run: BirthdayRun, grant: Any) -> dict[str, Any]:
    code = "".join(secrets.choice(_ALPHABET) for _ in range(_CODE_LENGTH))
    return {
        "id": grant.id,
        "state": "issued",
        "amount": run.amount,
        "form": run.form,
        "collect_by": run.collect_by,
        "code": code,
        "code_index": index_of(code),
        "issued_at": tx.now,
        "claim": grant.claim + 1,
        "claim_state": "pending",
    }


def index_of(code: str) -> str:
    """Return the keyed hash by which a voucher's code is searched."""
    return blind_index(code, scope="birthday.code")


def _use(tx: Transaction, amount: Decimal, grant: Any) -> dict[str, Any]:
    return {
        "member_id": grant.member_id,
        "benefit_key": BENEFIT,
        "amount": amount,
        "used_on": tx.today,
        "source_id": grant.id,
    }


def _granted(tx: Transaction, run: BirthdayRun, grant: Any) -> BenefitGranted:
    return BenefitGranted(
        grant_id=grant.id,
        unit_id=grant.unit_id,
        benefit_key=BENEFIT,
        amount=run.amount,
        form=run.form,
        granted_on=tx.today,
        beneficiary=beneficiary(grant.member_id, tx.today.year),
        rule_key=run.rule["key"],
        claim=grant.claim + 1,
    )
