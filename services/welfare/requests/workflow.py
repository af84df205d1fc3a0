"""The way of a request as a table; the diagram in the README is drawn from it."""

from services.chassis.rules.workflow import Transition, Workflow

APPLICANT = "applicant"
"""The role of the member whose request it is."""
OPEN_STATES = ("submitted", "accepted", "in_step")
HANDLED = ("accepted", "in_step")
"""States in which a step is being done."""

_HANDLES = frozenset({"officer", "handler"})

REQUEST = Workflow(
    "request",
    "submitted",
    [
        Transition("submitted", "accept", "accepted", _HANDLES),
        Transition(HANDLED, "advance", "in_step", _HANDLES),
        Transition(HANDLED, "finish", "done", _HANDLES),
        Transition(OPEN_STATES, "decline", "declined", _HANDLES),
        Transition(OPEN_STATES, "withdraw", "withdrawn", frozenset({APPLICANT})),
    ],
)
