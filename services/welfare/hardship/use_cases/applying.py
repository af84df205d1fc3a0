"""What the applicant does: draft, papers, handing in, withdrawing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotFound, Refused, refuse_first
from services.chassis.files import attachment_rules
from services.chassis.files.attachments import store_examined
from services.chassis.files.storage import erase_files, erase_stored
from services.chassis.rules.refusal import Refusal, sourced
from services.chassis.rules.rulebook import rule_in_force
from services.contracts.welfare.hardship.requests import MOST_PAPERS
from services.welfare.hardship import rules
from services.welfare.hardship.tables import AidApplication, AidPaper
from services.welfare.hardship.use_cases.reading import paper_row, row
from services.welfare.hardship.use_cases.store import move, own, own_member_id, papers_of, subject_of
from services.welfare.hardship.workflow import OPEN
from services.welfare.members.use_cases.member_copies import member_of, standings_of

STANDINGS = "aid.standings"
PURPOSE = "aid_paper"

Request = Mapping[str, Any]


def draft_aid_application(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Begin an application.

    Raises:
        NoRuleInForce: no rule says who may apply.
        Refused: the caller's standing is not covered, or another application is under way.
    """
    member = member_of(tx, own_member_id(tx.principal), lock=True)
    _require_covered(tx, member.member_id)
    under_way = AidApplication.member_id == member.member_id, AidApplication.state.in_(OPEN)
    count = tx.session.scalar(sa.select(sa.func.count()).select_from(AidApplication).where(*under_way)) or 0
    refuse_first(rules.one_application_at_a_time(count))
    made = AidApplication(
        matter_id=uuid4(),
        member_id=member.member_id,
        unit_id=member.unit_id,
        state="draft",
        created_at=tx.now,
        present=[],
        claim_state="none",
        for_family=False,
        version=1,
        **{name: request[name] for name in ("kind", "asked", "reason")},
    )
    tx.session.add(made)
    try:
        with tx.savepoint():
            tx.session.flush()
    except IntegrityError:
        refusal = rules.one_application_at_a_time(1)
        assert isinstance(refusal, Refusal)
        raise Refused.by(refusal) from None
    note_change(tx, subject_of(made), {"state": (None, "draft")})
    return row(made)


def change_aid_draft(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Change a draft, also one that was given back."""
    draft = own(tx, request["application_id"])
    refuse_first(rules.draft_can_be_changed(draft.state))
    draft.kind, draft.asked, draft.reason = request["kind"], request["asked"], request["reason"]
    draft.version += 1
    tx.session.flush()
    return row(draft)


def submit_aid_application(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Hand in a draft with its papers; it belongs to the unit the member is in now.

    Raises:
        NoRuleInForce: no rule says who may apply.
        Refused: there is no paper, or the caller's standing is not covered.
    """
    draft = own(tx, request["application_id"], version=request["version"])
    member = member_of(tx, draft.member_id)
    _require_covered(tx, draft.member_id)
    if draft.state == "draft":
        refuse_first(rules.papers_are_attached(len(papers_of(tx, draft))))
    draft.unit_id, draft.submitted_at, draft.returned_because = member.unit_id, tx.now, None
    move(tx, draft, "submit")
    tx.session.flush()
    return row(draft)


def withdraw_aid_application(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Withdraw an application before it is decided; its papers are no longer needed, and erased."""
    found = own(tx, request["application_id"], version=request["version"])
    move(tx, found, "withdraw")
    erase_papers(tx, [found.id])
    tx.session.flush()
    return row(found)


def may_attach(tx: Transaction, request: Request) -> None:
    """Raise unless the caller may attach this paper to the application."""
    _require_attachable(tx, own(tx, request["application_id"], lock=False))


def attach_aid_paper(tx: Transaction, request: Request) -> dict[str, Any]:
    """Keep a paper, encrypted; its name, which may tell what it is about, is not kept."""
    draft = own(tx, request["application_id"])
    _require_attachable(tx, draft)
    file = store_examined(tx, request, request["kind"], subject=subject_of(draft), purpose=PURPOSE)
    paper = AidPaper(
        application_id=draft.id, kind=request["kind"], file_id=file.id, media_type=file.media_type, size=file.size,
        recorded_at=tx.now,
    )  # fmt: skip
    tx.session.add(paper)
    draft.version += 1
    tx.session.flush()
    return paper_row(paper)


def remove_aid_paper(tx: Transaction, request: Request) -> dict[str, Any]:
    """Remove a paper from a draft, with its file."""
    draft = own(tx, request["application_id"])
    refuse_first(rules.draft_can_be_changed(draft.state))
    paper = paper_of_application(tx, draft, request["evidence_id"])
    erase_stored(tx, paper.file_id)
    tx.session.delete(paper)
    draft.version += 1
    tx.session.flush()
    return {}


def paper_of_application(tx: Transaction, application: AidApplication, paper_id: UUID) -> AidPaper:
    """Return a paper of an application. Raises `NotFound`."""
    paper = tx.session.get(AidPaper, paper_id)
    if paper is None or paper.application_id != application.id:
        raise NotFound("This application has no such paper.", field="evidence_id")
    return paper


def erase_papers(tx: Transaction, application_ids: list[UUID]) -> None:
    """Erase the papers of applications on which nothing rests any more (个人信息保护法 Art. 47)."""
    if not application_ids:
        return
    tx.session.execute(sa.delete(AidPaper).where(AidPaper.application_id.in_(application_ids)))
    erase_files(tx, [f"aid_application/{one}" for one in application_ids], purpose=PURPOSE)


def _require_covered(tx: Transaction, member_id: UUID) -> None:
    listed = rule_in_force(tx, STANDINGS, tx.today)
    standing = standings_of(tx, [member_id]).get(member_id, "active")
    refuse_first(sourced(rules.applicant_is_covered(standing, listed.value), listed))


def _require_attachable(tx: Transaction, draft: AidApplication) -> None:
    refuse_first(
        rules.draft_can_be_changed(draft.state),
        attachment_rules.files_are_few(len(papers_of(tx, draft)), MOST_PAPERS),
    )
