"""What a death or the end of a membership does to applications and the registry, and what is forgotten later."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.history import erase_logs
from services.chassis.database.transaction import Transaction
from services.chassis.files.storage import erase_files
from services.chassis.rules.optional import rule_or_none
from services.welfare.hardship import rules
from services.welfare.hardship.tables import AidApplication, AidPaper, HardshipRecord, HardshipReview
from services.welfare.hardship.use_cases.applying import erase_papers
from services.welfare.hardship.use_cases.deciding import AFTER_DEATH
from services.welfare.hardship.use_cases.records import end_record_of
from services.welfare.hardship.use_cases.store import move, note_step
from services.welfare.hardship.workflow import OPEN

DIED, LEFT = "member_died", "member_left"


def end_with_membership(tx: Transaction, member_id: UUID) -> None:
    """End what a member who has left applied for and the own record; what was granted stays payable."""
    for found in _of_member(tx, member_id, OPEN):
        _end(tx, found, LEFT)
    end_record_of(tx, member_id)


def end_with_death(tx: Transaction, member_id: UUID, died_on: date) -> None:
    """End or turn over to the family what is undecided, as the rule in force on the day of the death says.

    Without a rule an application stays as it is, and the decision about it asks for the rule. A draft ends. What was
    granted before stays payable.
    """
    after = _after_death(tx, died_on)
    for found in _of_member(tx, member_id, OPEN):
        if found.state == "draft" or after == rules.ENDS:
            _end(tx, found, DIED)
        elif after == rules.FAMILY:
            found.for_family = True
            note_step(tx, found, "for_family")
    end_record_of(tx, member_id)


def undo_death(tx: Transaction, member_id: UUID) -> None:
    """Restore what ended with a death that was a mistake; its papers are to be attached again."""
    for found in _of_member(tx, member_id, ("withdrawn", *OPEN)):
        if found.end_cause == DIED:
            found.end_cause = None
            move(tx, found, "restore" if found.submitted_at else "restore_draft", by_system=True)
        found.for_family = False


def hand_over(tx: Transaction, unit_id: UUID, to_unit_id: UUID) -> None:
    """Applications and records of a unit that was closed are another unit's now."""
    for table, live in ((AidApplication, AidApplication.state.in_(OPEN)), (HardshipRecord, sa.true())):
        statement = sa.update(table).where(table.unit_id == unit_id, live)
        values = {"unit_id": to_unit_id, "version": table.version + 1}
        tx.session.execute(statement.values(values).execution_options(synchronize_session=False))


def subjects_of_member(tx: Transaction, member_id: UUID) -> list[str]:
    """Return the names under which looks at a member's applications and records are kept."""
    applications = tx.session.scalars(sa.select(AidApplication.id).where(AidApplication.member_id == member_id))
    records = tx.session.scalars(sa.select(HardshipRecord.id).where(HardshipRecord.member_id == member_id))
    return [*(f"aid_application/{one}" for one in applications), *(f"hardship_record/{one}" for one in records)]


def forget(tx: Transaction, member_id: UUID) -> None:
    """Erase what applications and records of a former member say, their papers and logs; states and sums stay."""
    of_member = AidApplication.member_id == member_id
    applications = list(tx.session.scalars(sa.select(AidApplication.id).where(of_member)))
    records = list(tx.session.scalars(sa.select(HardshipRecord.id).where(HardshipRecord.member_id == member_id)))
    if applications:
        words = dict.fromkeys(("kind", "reason", "note", "returned_because", "refused_rule"))
        tx.session.execute(sa.update(AidApplication).where(of_member).values(**words))
        tx.session.execute(sa.delete(AidPaper).where(AidPaper.application_id.in_(applications)))
        erase_files(tx, [f"aid_application/{one}" for one in applications])
    if records:
        circumstances = sa.update(HardshipRecord).where(HardshipRecord.id.in_(records)).values(circumstances=None)
        notes = sa.update(HardshipReview).where(HardshipReview.record_id.in_(records)).values(note=None)
        for statement in (circumstances, notes):
            tx.session.execute(statement)
    erase_logs(
        tx, [*(f"aid_application/{one}" for one in applications), *(f"hardship_record/{one}" for one in records)]
    )


def _end(tx: Transaction, found: AidApplication, cause: str) -> None:
    found.end_cause = cause
    move(tx, found, "end", by_system=True)
    if cause == LEFT or found.submitted_at is None:
        erase_papers(tx, [found.id])


def _after_death(tx: Transaction, died_on: date) -> str | None:
    rule = rule_or_none(tx, AFTER_DEATH, died_on)
    return None if rule is None else str(rule.value)


def _of_member(tx: Transaction, member_id: UUID, states: tuple[str, ...]) -> list[AidApplication]:
    wanted = AidApplication.member_id == member_id, AidApplication.state.in_(states)
    statement = sa.select(AidApplication).where(*wanted).order_by(AidApplication.id)
    return list(tx.session.scalars(statement.with_for_update().execution_options(populate_existing=True)))
