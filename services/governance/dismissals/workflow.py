"""The way of a dismissal notice as a table; the README draws it. Roles are those in the notice itself."""

from __future__ import annotations

from services.chassis.rules.workflow import Transition, Workflow

_OFFICE, _CLERK = frozenset({"office"}), frozenset({"clerk"})
_EMPLOYER = frozenset({"employer", "clerk"})
"""The clerk, for an employer who writes on paper."""
KEPT = ("in_review", "agreed", "correction", "answered")
"""States in which a notice has a clerk, whose work another officer goes on with after the clerk left office."""

DISMISSAL = Workflow(
    "dismissal",
    "received",
    [
        Transition("received", "take", "in_review", _OFFICE),
        *(Transition(state, "take_over", state, _OFFICE) for state in KEPT),
        Transition("in_review", "release", "received", _CLERK),
        Transition("in_review", "agree", "agreed", _CLERK),
        Transition("in_review", "correct", "correction", _CLERK),
        Transition("correction", "answer", "answered", _EMPLOYER),
        Transition(("received", "in_review", "correction"), "withdraw", "withdrawn", _EMPLOYER),
        Transition(("agreed", "correction", "answered"), "close", "closed", _CLERK),
    ],
)
