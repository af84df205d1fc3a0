"""The union's opinion, the employer's answer, the end of a notice, and the member's application for mediation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.governance.dismissals import rules
from services.governance.dismissals.tables import DismissalNotice, DismissalPaper
from services.governance.dismissals.use_cases.reading import row
from services.governance.dismissals.use_cases.store import move, notice_of, tell_all
from services.governance.mediation.use_cases.intake import apply_for_mediation

Request = Mapping[str, Any]
_OPINION = ("opinion", "opinion_text", "violated", "decided_by")


def give_dismissal_opinion(tx: Transaction, request: Request) -> dict[str, Any]:
    """Give the union's opinion.

    Raises:
        Refused: it was given already, a request for correction does not say what is broken and why, or the paper of
            a notice that came on paper is missing.
    """
    notice, held = notice_of(tx, request["dismissal_id"], "clerk")
    move(tx, notice, request["opinion"], held)
    refuse_first(
        rules.correction_says_why(request["opinion"], request["opinion_text"], request["violated"]),
        rules.paper_is_on_file(notice.channel == "paper", _papers(tx, notice, "notice")),
    )
    for name in _OPINION:
        setattr(notice, name, request[name])
    notice.opinion_on = tx.today
    return _told(tx, notice)


def answer_dismissal(tx: Transaction, request: Request) -> dict[str, Any]:
    """Keep the employer's answer; what the clerk records stands on a paper of the kind `answer`."""
    notice, held = notice_of(tx, request["dismissal_id"], "clerk", "employer")
    move(tx, notice, "answer", held)
    refuse_first(rules.paper_is_on_file("clerk" in held, _papers(tx, notice, "answer")))
    notice.answer, notice.answer_text, notice.answered_on = request["answer"], request["answer_text"], tx.today
    return _told(tx, notice)


def withdraw_dismissal(tx: Transaction, request: Request) -> dict[str, Any]:
    """End a notice that the employer takes back."""
    notice, held = notice_of(tx, request["dismissal_id"], "clerk", "employer")
    move(tx, notice, "withdraw", held, request["note"])
    return _told(tx, notice)


def close_dismissal(tx: Transaction, request: Request) -> dict[str, Any]:
    """End a notice with what came of it.

    Raises:
        Refused: the contract goes on, and the employer's answer to a request for correction is awaited.
    """
    notice, held = notice_of(tx, request["dismissal_id"], "clerk")
    awaited = rules.answer_is_awaited(notice.state, notice.effective_on, tx.today)
    move(tx, notice, "close", held, request["note"])
    refuse_first(awaited)
    return _told(tx, notice)


def refer_dismissal(tx: Transaction, request: Request) -> dict[str, Any]:
    """Apply for mediation in the member's name; neither knows of the other.

    That mediation was applied for is kept for the member alone, and in no history: employer and clerk learn of it
    from mediation, if they have a part there.

    Raises:
        Refused: it was applied for already, the notice was withdrawn, or mediation refuses the application.
    """
    notice, _ = notice_of(tx, request["dismissal_id"], "member")
    refuse_first(rules.referred_once(notice.referred), rules.notice_stands(notice.state == "withdrawn"))
    told = {name: request[name] for name in ("applicant_contact", "respondent_name", "claim", "facts")}
    about = {"matter": "dismissal", "known_on": notice.received_on, "employed": tx.today < notice.effective_on}
    application = {**about, **told, "applicant_name": request["person_name"], "respondent_kind": "department"}
    case = apply_for_mediation(tx, application)
    notice.referred = True
    return {"dispute_id": case["id"]}


def _told(tx: Transaction, notice: DismissalNotice) -> dict[str, Any]:
    tell_all(tx, notice)
    tx.session.flush()
    return row(tx, notice)


def _papers(tx: Transaction, notice: DismissalNotice, kind: str) -> int:
    of_notice = DismissalPaper.dismissal_id == notice.id, DismissalPaper.kind == kind
    return tx.session.scalar(sa.select(sa.func.count()).select_from(DismissalPaper).where(*of_notice)) or 0
