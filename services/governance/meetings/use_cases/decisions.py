"""Decisions: recorded with their votes while the meeting is open, voided, published, read, cited by other subjects."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.history import note_change
from services.chassis.database.numbering import next_number_of_year
from services.chassis.database.transaction import Transaction
from services.chassis.errors import Refused, refuse_first
from services.chassis.rules.majorities import counted_of, votes_needed
from services.chassis.rules.refusal import sourced
from services.contracts.governance.meetings.events import DecisionVoided, MotionDecided
from services.governance.meetings import decision_rules, rules, vote_rules
from services.governance.meetings.tables import Meeting, MeetingDecision, MeetingItem
from services.governance.meetings.use_cases.motions import tell_motion
from services.governance.meetings.use_cases.quorum import majority_of, measure_of, stored
from services.governance.meetings.use_cases.register import decision_detail
from services.governance.meetings.use_cases.store import goes_on, item_of, managed, motion_of, move_motion
from services.governance.meetings.workflow import MANAGER

_AS_MANAGER = frozenset({MANAGER})


def decision_of(tx: Transaction, decision_id: UUID) -> MeetingDecision | None:
    """Return a decision that passed and stands, for a subject that cites it; None where there is none."""
    found = tx.session.get(MeetingDecision, decision_id)
    return found if found is not None and (found.outcome, found.state) == ("passed", "standing") else None


def record_meeting_decision(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Record what was decided on an item.

    The quorum must be there now, and no more may have voted than are there. Whether it passed follows from the votes
    by the dated rules, which are kept with it.

    Raises:
        NoRuleInForce: a rule on quorum or majority is missing.
        Refused: the meeting is not open, the quorum is gone, the item was decided, or the votes do not fit.
    """
    meeting = managed(tx, request["meeting_id"])
    item = item_of(tx, meeting, request["item_id"])
    measure, (base, comparator) = measure_of(tx, meeting), majority_of(tx)
    votes = vote_rules.Votes(request["votes_for"], request["votes_against"], request["abstained"])
    if request["vote_way"] == "consent":
        votes = vote_rules.Votes(measure.present, 0, 0)
    refuse_first(
        rules.is_open(meeting.state),
        rules.item_is_undecided(item.decision_id is not None),
        rules.item_can_be_decided(item.kind, item.postponed),
        rules.no_vote_goes_on(goes_on(tx, meeting.id, item.id)),
        sourced(vote_rules.quorum_is_there(measure.present, measure.needed), measure.rule),
        vote_rules.votes_fit(votes, measure.present),
    )
    replaced = replaceable(tx, meeting, request["replaces_id"])
    whole = counted_of(base.value, entitled=measure.entitled, present=measure.present, cast=votes.cast)
    needed = votes_needed(comparator.value, whole)
    said = {name: request[name] for name in ("title", "text", "vote_way", "replaces_id")}
    counted = {
        "entitled": measure.entitled, "present": measure.present, "quorum": measure.needed, "base": base.value,
        "comparator": comparator.value, "needed": needed, "outcome": "passed" if votes.yes >= needed else "rejected",
        "rules": [stored(rule) for rule in (measure.rule, base, comparator)],
    }  # fmt: skip
    return decision_detail(tx, keep_decision(tx, meeting, item, votes, replaced, **said, **counted))


def keep_decision(
    tx: Transaction, meeting: Meeting, item: MeetingItem, votes: vote_rules.Votes, replaced: MeetingDecision | None,
    **columns: Any,
) -> MeetingDecision:  # fmt: skip
    """Store a decision with the next number; its item and motion are decided, what it replaces if it passes is so.

    Args:
        tx: the transaction.
        meeting: which one, locked.
        item: what was decided.
        votes: as counted.
        replaced: the locked decision whose place it takes.
        columns: the other columns of the decision.
    """
    decision = MeetingDecision(
        number=next_number_of_year(tx, MeetingDecision.number, "meeting-decision", 4),
        meeting_id=meeting.id, body_id=meeting.body_id, kind=meeting.kind, unit_id=meeting.unit_id, item_id=item.id,
        motion_id=item.motion_id, decided_on=tx.today, recorded_at=tx.now, votes_for=votes.yes,
        votes_against=votes.no, abstained=votes.abstained, state="standing", published=False, **columns,
    )  # fmt: skip
    tx.session.add(decision)
    tx.session.flush()
    if replaced is not None and decision.outcome == "passed":
        replaced.state, replaced.replaced_by_id = "replaced", decision.id
    _close(tx, item, decision)
    _note(tx, decision, None, "standing")
    tx.record(MotionDecided(**_told(decision)))
    return decision


def void_meeting_decision(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Void a decision recorded wrongly; its item can be decided again, what it replaced stands again."""
    decision = _managed(tx, request["decision_id"])
    meeting = managed(tx, decision.meeting_id)
    refuse_first(
        decision_rules.is_standing(decision.state), decision_rules.minutes_are_not_approved(meeting.minutes_state)
    )
    decision.state, decision.reason, decision.published = "voided", request["reason"], False
    item = item_of(tx, meeting, decision.item_id)
    item.decision_id = None
    if decision.motion_id is not None:
        motion = motion_of(tx, decision.motion_id, lock=True)
        move_motion(tx, motion, "void", _AS_MANAGER)
        motion.decision_id = None
        tell_motion(tx, motion)
    for replaced in tx.session.scalars(sa.select(MeetingDecision).where(MeetingDecision.replaced_by_id == decision.id)):
        replaced.state, replaced.replaced_by_id = "standing", None
    _note(tx, decision, "standing", "voided", request["reason"])
    tx.session.flush()
    tx.record(DecisionVoided(**_told(decision)))
    return decision_detail(tx, decision)


def publish_meeting_decision(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Let members read a decision, or no longer."""
    decision = _managed(tx, request["decision_id"])
    managed(tx, decision.meeting_id)
    refuse_first(decision_rules.void_is_not_published(decision.state, request["published"]))
    note_change(tx, f"decision/{decision.id}", {"published": (decision.published, request["published"])})
    decision.published = request["published"]
    tx.session.flush()
    return decision_detail(tx, decision)


def _managed(tx: Transaction, decision_id: UUID) -> MeetingDecision:
    """Return a decision, after its meeting was locked: the order in which every change takes its locks."""
    decision = tx.get(MeetingDecision, decision_id, "There is no such decision.", field="decision_id")
    managed(tx, decision.meeting_id)
    return tx.get(MeetingDecision, decision_id, "There is no such decision.", field="decision_id", lock=True)


def replaceable(tx: Transaction, meeting: Meeting, decision_id: UUID | None) -> MeetingDecision | None:
    """Return the decision that another one is to replace, locked. Raises `Refused` where it does not stand."""
    if decision_id is None:
        return None
    found = tx.get(MeetingDecision, decision_id, "There is no such decision.", field="replaces_id", lock=True)
    if found.body_id != meeting.body_id or (found.outcome, found.state) != ("passed", "standing"):
        raise Refused(
            "Only a decision of this body that stands can be replaced.",
            rule="meetings.replaced_decision_stands", field="replaces_id",
        )  # fmt: skip
    return found


def _close(tx: Transaction, item: MeetingItem, decision: MeetingDecision) -> None:
    item.decision_id = decision.id
    if item.motion_id is not None:
        motion = motion_of(tx, item.motion_id, lock=True)
        move_motion(tx, motion, "pass" if decision.outcome == "passed" else "reject", _AS_MANAGER)
        motion.decision_id = decision.id
        tell_motion(tx, motion)


def _note(
    tx: Transaction, decision: MeetingDecision, before: str | None, after: str, reason: str | None = None
) -> None:
    note_change(tx, f"decision/{decision.id}", {"state": (before, after)}, reason)


def _told(decision: MeetingDecision) -> dict[str, Any]:
    names = ("number", "meeting_id", "body_id", "unit_id", "motion_id", "outcome", "replaces_id")
    return {"decision_id": decision.id, **{name: getattr(decision, name) for name in names}}
