"""The way of a tournament as a table; the diagram in the README is drawn from it."""

from services.chassis.rules.workflow import Transition, Workflow

ORGANISER = frozenset({"officer", "chair"})

TOURNAMENT = Workflow(
    "tournament",
    "preparing",
    [
        Transition("preparing", "draw_groups", "playing", ORGANISER),
        Transition("playing", "draw_knock_out", "playing", ORGANISER),
        Transition("playing", "finish", "finished", frozenset({"system"})),
    ],
)
"""A tournament ends with its last result; results of the last stage are corrected with a reason also then."""
