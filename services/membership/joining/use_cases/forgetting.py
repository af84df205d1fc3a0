"""Forgetting what applications said about people whose time is over; that there was one stays."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.history import erase_logs
from services.chassis.database.transaction import Transaction
from services.contracts.membership.joining.operations import ApplicationWithdrawn
from services.membership.joining.tables import Application
from services.membership.joining.use_cases import files
from services.membership.joining.use_cases.applications import note_step
from services.membership.joining.use_cases.applying import facts
from services.membership.joining.workflow import JOINING

KEPT = timedelta(days=180)
"""How long is kept what led nowhere: rejected, taken back, or left lying by the applicant (个人信息保护法 Art. 19)."""
DRAFT_KEPT = timedelta(days=30)
"""How long a draft is kept that nobody goes on with: anybody can make one."""
_LED_NOWHERE = ("rejected", "withdrawn")
_LEFT_LYING = ("draft", "returned")
_A_TURN = 500
_SAID = (
    "name", "gender", "birth_date", "original_age", "id_number", "id_number_index", "phone", "email", "hired_on",
    "statement", "account_id", "origin",
)  # fmt: skip


def forget_old(tx: Transaction) -> int:
    """Forget applications that led nowhere long ago; who left one lying has taken it back. Return how many."""
    old = sa.select(Application).where(
        Application.state.in_((*_LED_NOWHERE, *_LEFT_LYING)),
        sa.or_(
            Application.updated_at < tx.now - KEPT,
            sa.and_(Application.state == "draft", Application.updated_at < tx.now - DRAFT_KEPT),
        ),
        sa.or_(*(getattr(Application, field).is_not(None) for field in _SAID)),
    )
    statement = old.order_by(Application.updated_at).limit(_A_TURN).with_for_update(skip_locked=True)
    found = tx.session.scalars(statement.execution_options(populate_existing=True)).all()
    for application in found:
        if application.state in _LEFT_LYING:
            _take_back(tx, application)
    tx.session.flush()
    _empty(tx, [application.id for application in found])
    return len(found)


def forget_applications(tx: Transaction, application_ids: Collection[UUID], persons: Collection[str]) -> None:
    """Empty what applications say about people, and erase their files.

    Args:
        tx: the transaction.
        application_ids: those that led to a membership.
        persons: keyed hashes of the identity numbers, by which earlier applications are found too.
    """
    of_them = sa.or_(Application.id.in_(application_ids), Application.id_number_index.in_(persons))
    _empty(tx, tx.session.scalars(sa.select(Application.id).where(of_them)).all())


def _take_back(tx: Transaction, application: Application) -> None:
    application.state = JOINING.apply(application.state, "withdraw", roles=None)
    note_step(tx, application, "withdraw")
    if application.submitted_at is not None:
        tx.record(ApplicationWithdrawn(**facts(application)))


def _empty(tx: Transaction, ids: Collection[UUID]) -> None:
    if not ids:
        return
    said = sa.update(Application).where(Application.id.in_(ids)).values(**dict.fromkeys(_SAID))
    tx.session.execute(said.execution_options(synchronize_session=False))
    erase_logs(tx, [files.subject_of(one) for one in ids])
    files.forget(tx, ids)
