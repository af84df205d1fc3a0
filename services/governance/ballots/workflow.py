"""The way of a ballot as a table; the diagram in the README is drawn from it."""

from services.chassis.rules.workflow import Transition, Workflow

RUNS = "runs"
"""The role of who runs a ballot: an officer, the chair of its unit, or the subject that called it."""
CLOCK = "clock"
"""The role of the recurring work, which freezes rolls, opens and closes in time."""
NOT_OPENED = ("prepared",)
UNDECIDED = ("prepared", "opening", "open", "counting")
_BY_BOTH = frozenset({RUNS, CLOCK})

BALLOT = Workflow(
    "ballot",
    "prepared",
    [
        Transition("prepared", "change", "prepared", frozenset({RUNS})),
        Transition("prepared", "open", "opening", _BY_BOTH),
        Transition("opening", "freeze", "open", frozenset({CLOCK})),
        Transition("open", "close", "closed", _BY_BOTH),
        Transition("open", "end", "counting", frozenset({CLOCK})),
        Transition("counting", "count", "closed", frozenset({CLOCK})),
        Transition(UNDECIDED, "cancel", "cancelled", frozenset({RUNS})),
    ],
)
