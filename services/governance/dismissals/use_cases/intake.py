"""How a notice comes in: from the HR system, or from paper; taken by a clerk, given back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from services.chassis.database.numbering import next_number_of_year
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotFound, refuse_first
from services.chassis.rules.rulebook import rule_in_force
from services.chassis.security.principal import require_member
from services.contracts.governance.dismissals.events import DismissalOpinionDue
from services.governance.dismissals import rules
from services.governance.dismissals.tables import DismissalNotice
from services.governance.dismissals.use_cases.reading import row
from services.governance.dismissals.use_cases.store import NO_MEMBER, key_of, move, note_entry, notice_of, tell_all
from services.governance.dismissals.workflow import KEPT
from services.governance.mediation.use_cases.offices import in_office
from services.governance.mediation.use_cases.store import last_day, tell

Request = Mapping[str, Any]
DAYS = "dismissal.opinion_days"
_CALLER = "dismissals.caller_is_a_member"
_WAITS = DismissalNotice.state == "received"


def notify_dismissal(tx: Transaction, request: Request) -> dict[str, Any]:
    """Keep the employer's notice; the days for the union's opinion run from today. An officer is its clerk.

    Raises:
        Refused: the contract ends today or earlier, or the officer is concerned.
        NoRuleInForce: no rule says how many days the union has.
    """
    online = tx.principal.kind == "program"
    clerk = None if online else require_member(tx.principal, NO_MEMBER, rule=_CALLER)
    member_id = request["member_id"]
    refuse_first(
        rules.notice_is_before(request["effective_on"], tx.today),
        rules.clerk_is_not_concerned(clerk is not None and clerk == member_id),
    )
    last = last_day(tx.today, rule_in_force(tx, DAYS, tx.today).count)
    told = {name: request[name] for name in ("person_name", "ground", "reason", "effective_on")}
    notice = DismissalNotice(
        number=next_number_of_year(tx, DismissalNotice.number, "dismissal-number", 6),
        channel="online" if online else "paper", filed_by=tx.principal.account_id, **told,
        member_id=str(member_id) if member_id else None, member_key=key_of(member_id),
        state="received" if online else "in_review", received_on=tx.today,
        due_on=rules.opinion_due_on(last, request["effective_on"]), clerk_id=clerk, overdue_told=False,
        referred=False, forgotten=False,
    )  # fmt: skip
    tx.session.add(notice)
    tx.session.flush()
    note_entry(tx, notice, "notify", {"employer" if online else "clerk"})
    tx.record_uncorrelated(DismissalOpinionDue(case_id=notice.case_id, due_on=notice.due_on))
    tell_all(tx, notice)
    return row(tx, notice)


def dismissal_queue(tx: Transaction, request: Request) -> dict[str, Any]:
    """Return how many notices wait for a clerk, and how many have a clerk who left office."""
    count = sa.select(sa.func.count()).select_from(DismissalNotice)
    waiting, orphaned = (tx.session.scalar(count.where(one)) or 0 for one in (_WAITS, _orphaned(request)))
    return {"waiting": waiting, "orphaned": orphaned}


def take_dismissal(tx: Transaction, request: Request) -> dict[str, Any]:
    """Make the caller the clerk of the oldest notice that waits and does not concern the caller.

    Raises:
        NotFound: none waits that the caller may take.
    """
    clerk = require_member(tx.principal, NO_MEMBER, rule=_CALLER)
    own = sa.or_(DismissalNotice.member_key.is_(None), DismissalNotice.member_key != key_of(clerk))
    oldest = sa.select(DismissalNotice).where(_WAITS, own).order_by(DismissalNotice.due_on, DismissalNotice.id)
    notice = tx.session.scalar(oldest.limit(1).with_for_update(skip_locked=True))
    if notice is None:
        raise NotFound("No notice waits that you may take.", rule="dismissals.a_notice_waits")
    move(tx, notice, "take", frozenset({"office"}))
    notice.clerk_id = clerk
    tx.session.flush()
    return row(tx, notice)


def take_over_dismissal(tx: Transaction, request: Request) -> dict[str, Any]:
    """Make the caller the clerk of the most urgent notice whose clerk left office; who has a part is told.

    Raises:
        NotFound: there is none that the caller may take.
    """
    clerk = require_member(tx.principal, NO_MEMBER, rule=_CALLER)
    own = sa.or_(DismissalNotice.member_key.is_(None), DismissalNotice.member_key != key_of(clerk))
    left = sa.select(DismissalNotice).where(_orphaned(request), own)
    ordered = left.order_by(DismissalNotice.due_on, DismissalNotice.id).limit(1)
    notice = tx.session.scalar(ordered.with_for_update(skip_locked=True))
    if notice is None:
        raise NotFound("No notice has a clerk who left office.", rule="dismissals.a_clerk_left")
    move(tx, notice, "take_over", frozenset({"office"}))
    notice.clerk_id = clerk
    tell_all(tx, notice)
    tx.session.flush()
    return row(tx, notice)


def release_dismissal(tx: Transaction, request: Request) -> dict[str, Any]:
    """Give one's own notice back to those that wait for a clerk; the to-do of the officers stands all the time."""
    notice, held = notice_of(tx, request["dismissal_id"], "clerk")
    move(tx, notice, "release", held, request["note"])
    notice.clerk_id = None
    return {}


def _orphaned(request: Request) -> sa.ColumnElement[bool]:
    """Return the condition that a notice goes on and its clerk holds no office."""
    open_ones = DismissalNotice.state.in_(KEPT), DismissalNotice.clerk_id.is_not(None)
    return sa.and_(*open_ones, DismissalNotice.clerk_id.not_in(in_office(request)))


def link_dismissal(tx: Transaction, request: Request) -> dict[str, Any]:
    """Name the member whom a notice concerns, or another than was named, who then sees it.

    Raises:
        Refused: the notice has ended, or the clerk is concerned, who gives it back.
    """
    notice, held = notice_of(tx, request["dismissal_id"], "clerk")
    member_id = request["member_id"]
    refuse_first(
        rules.notice_is_open(notice.closed_on is not None),
        rules.clerk_is_not_concerned(member_id == notice.clerk_id),
    )
    notice.member_id, notice.member_key = str(member_id), key_of(member_id)
    note_entry(tx, notice, "link", held)
    tell(tx, [member_id])
    tx.session.flush()
    return row(tx, notice)
