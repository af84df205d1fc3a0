"""The way of a proposal as a table, and the workflow that a campaign's switches make of it.

Roles are those in which somebody stands to one proposal: its proposer, a delegate who may second, who rates, the office
of its campaign, the contacts of its departments, the leader who approves, the inspecting office.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from services.chassis.rules.refusal import Refusal
from services.chassis.rules.workflow import Guard, Transition, Workflow

PROPOSER, SECONDER, RATER, OFFICE = "proposer", "seconder", "rater", "office"
LEAD, ASSISTING, LEADER, INSPECTOR = "lead", "assisting", "leader", "inspector"

UNSEEN = ("draft",)
"""States that nobody but the proposer sees."""
UNDER_REVIEW = ("submitted", "review")
WRITABLE = ("draft", "seconding", "returned")
SECONDABLE = ("seconding", "submitted")
HANDLED = ("in_progress", "second_handling")
"""States in which the departments work on the reply."""
REPORTED = (*HANDLED, "co_signing", "approving", "inspecting", "approved", "replied", "rated")
"""States in which the implementation can be reported."""
OPEN_STATES = ("filed", "assigned", *REPORTED)
"""Filed and not closed: what the December check asks for."""
_SWITCHED = ("co_signing", "inspecting")
"""States that only some campaigns have."""
UNFINISHED = ("submitted", "review", "disputed", *OPEN_STATES)
DUE_STATES = ("assigned", *HANDLED, "co_signing", "approving")
"""States in which the department's last day counts."""
WITHDRAWABLE = ("seconding", "submitted", "review", "returned", "disputed")


@dataclass(frozen=True)
class Facts:
    """What the rows decide by.

    Args:
        late: whether the campaign's deadline has passed.
        assisting: how many departments assist.
        unsigned: how many assisting departments have still to sign, after this step.
        unrated: how many have still to rate, after this step.
        round: of the handling, from 1.
    """

    late: bool = False
    assisting: int = 0
    unsigned: int = 0
    unrated: int = 0
    round: int = 1


@dataclass(frozen=True)
class Row:
    """One row of the table: a transition, and the switch it needs or must not have."""

    transition: Transition
    needs: str | None = None
    without: str | None = None

    def fits(self, switches: frozenset[str]) -> bool:
        """Whether a campaign with these switches has this row."""
        return (self.needs is None or self.needs in switches) and self.without not in switches


def _when(test: str, wanted: bool = True) -> Guard:
    """Return the guard of a row that is taken when a fact is set, or when it is not."""

    def guard(_subject: object, facts: Facts) -> Refusal | None:
        value = facts.round > 1 if test == "second_round" else bool(getattr(facts, test))
        return None if value is wanted else Refusal(f"proposals.{test}", "Another row decides.")

    return guard


def _row(
    source: str | tuple[str, ...], action: str, target: str, role: str, *,
    guard: Guard | None = None, needs: str | None = None, without: str | None = None,
) -> Row:  # fmt: skip
    return Row(Transition(source, action, target, frozenset({role}), guard), needs, without)


def _stay(sources: tuple[str, ...], action: str, role: str, needs: str | None = None) -> tuple[Row, ...]:
    """Return rows of an action that changes no state."""
    return tuple(_row(source, action, source, role, needs=needs) for source in sources)


def _back(source: str, action: str, role: str, needs: str | None = None) -> tuple[Row, Row]:
    """Return the rows that lead back to the handling of this round."""
    return (
        _row(source, action, "second_handling", role, guard=_when("second_round"), needs=needs),
        _row(source, action, "in_progress", role, guard=_when("second_round", False), needs=needs),
    )


ROWS: tuple[Row, ...] = (
    _row(("draft", "returned"), "open_seconding", "seconding", PROPOSER),
    *_stay(WRITABLE, "revise", PROPOSER),
    *_stay(SECONDABLE, "second", SECONDER),
    *_stay(SECONDABLE, "unsecond", SECONDER),
    _row("seconding", "submit", "suggestion", PROPOSER, guard=_when("late")),
    _row("seconding", "submit", "submitted", PROPOSER, guard=_when("late", False)),
    _row("submitted", "take_up", "review", OFFICE),
    _row(UNDER_REVIEW, "file", "filed", OFFICE),
    _row(UNDER_REVIEW, "make_suggestion", "suggestion", OFFICE),
    _row(UNDER_REVIEW, "not_file", "not_filed", OFFICE),
    _row(UNDER_REVIEW, "send_back", "returned", OFFICE),
    _row(UNDER_REVIEW, "merge", "merged", OFFICE),
    _row("merged", "unmerge", "review", OFFICE),
    _row("not_filed", "dispute", "disputed", PROPOSER, needs="presidium"),
    _row("disputed", "overturn", "filed", OFFICE, needs="presidium"),
    _row("disputed", "uphold", "not_filed", OFFICE, needs="presidium"),
    _row(("seconding", "submitted", "review", "returned"), "withdraw", "withdrawn", PROPOSER),
    _row("disputed", "withdraw", "withdrawn", PROPOSER, needs="presidium"),
    *_stay(("filed", "assigned", "in_progress", "approving", "second_handling"), "mark_key", OFFICE, "key_proposals"),
    _row("filed", "assign", "assigned", OFFICE),
    _row("assigned", "hand_back", "filed", LEAD, needs="hand_back"),
    _row("assigned", "accept", "in_progress", LEAD),
    *_stay(("assigned", *HANDLED), "contribute", ASSISTING),
    _row(HANDLED, "reply", "co_signing", LEAD, guard=_when("assisting"), needs="co_sign"),
    _row(HANDLED, "reply", "approving", LEAD, guard=_when("assisting", False), needs="co_sign"),
    _row(HANDLED, "reply", "approving", LEAD, without="co_sign"),
    _row("co_signing", "co_sign", "co_signing", ASSISTING, guard=_when("unsigned"), needs="co_sign"),
    _row("co_signing", "co_sign", "approving", ASSISTING, guard=_when("unsigned", False), needs="co_sign"),
    *_back("co_signing", "object", ASSISTING, "co_sign"),
    _row("approving", "approve", "inspecting", LEADER, needs="inspection"),
    _row("approving", "approve", "approved", LEADER, without="inspection"),
    *_back("approving", "refuse_reply", LEADER),
    _row("inspecting", "pass_inspection", "approved", INSPECTOR, needs="inspection"),
    *_back("inspecting", "refuse_reply", INSPECTOR, "inspection"),
    _row("approved", "publish", "replied", OFFICE),
    _row("replied", "rate", "replied", RATER, guard=_when("unrated")),
    _row("replied", "rate", "rated", RATER, guard=_when("unrated", False)),
    _row("replied", "end_rating", "rated", OFFICE),
    _row("rated", "reopen", "second_handling", OFFICE),
    *_stay(tuple(one for one in REPORTED if one not in _SWITCHED), "report", LEAD),
    *_stay(("co_signing",), "report", LEAD, "co_sign"),
    *_stay(("inspecting",), "report", LEAD, "inspection"),
    *_stay(tuple(one for one in OPEN_STATES if one not in ("filed", *_SWITCHED)), "check", LEAD, "self_check"),
    _row(("rated", "suggestion"), "close", "closed", OFFICE),
    *_stay(("rated", "closed", "archived"), "praise", OFFICE),
    _row("closed", "archive", "archived", OFFICE),
)  # fmt: skip


def workflow_of(switches: Iterable[str]) -> Workflow:
    """Return the workflow of a campaign with these switches."""
    return _workflow(frozenset(switches))


@cache
def _workflow(switches: frozenset[str]) -> Workflow:
    return Workflow("proposal", "draft", [row.transition for row in ROWS if row.fits(switches)])
