"""The way of a request as a table; the diagram in the README is drawn from it."""

from services.chassis.rules.workflow import Transition, Workflow

APPLICANT = "applicant"
"""The role of the member whose request it is."""
OPEN_STATES = ("submitted", "accepted", "in_step")
HANDLED = ("accepted", "in_step")
"""States in which a step is being done."""

HANDLERS = frozenset({"officer", "handler"})
"""The roles of those who handle a request of somebody else."""

REQUEST = Workflow(
    "request",
    "submitted",
    [
        Transition("submitted", "accept", "accepted", HANDLERS),
        Transition(HANDLED, "advance", "in_step", HANDLERS),
        Transition(HANDLED, "finish", "done", HANDLERS),
        Transition(OPEN_STATES, "decline", "declined", HANDLERS),
        Transition(OPEN_STATES, "withdraw", "withdrawn", frozenset({APPLICANT})),
    ],
)
