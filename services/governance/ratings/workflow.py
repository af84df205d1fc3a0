"""The way of a round of ratings as a table; the diagram in the README is drawn from it."""

from services.chassis.rules.workflow import Transition, Workflow

RUNS = "runs"
"""The role of who runs a round: an officer, or the subject that called it."""
CLOCK = "clock"
"""The role of the recurring work, which freezes rolls, makes keys, opens, closes and counts in time."""
UNDECIDED = ("prepared", "opening", "open", "counting")
_BY_BOTH = frozenset({RUNS, CLOCK})

RATING = Workflow(
    "rating",
    "prepared",
    [
        Transition("prepared", "change", "prepared", frozenset({RUNS})),
        Transition("prepared", "open", "opening", _BY_BOTH),
        Transition("opening", "begin", "open", frozenset({CLOCK})),
        Transition("open", "close", "counting", _BY_BOTH),
        Transition("counting", "count", "closed", frozenset({CLOCK})),
        Transition(UNDECIDED, "cancel", "cancelled", frozenset({RUNS})),
    ],
)
