"""The way of a child's registration as a table; the diagram in the README is drawn from it."""

from services.chassis.rules.workflow import Transition, Workflow

CHILD_REGISTRATION = Workflow(
    "child_registration",
    "asked",
    [
        Transition("asked", "take_place", "confirmed"),
        Transition("asked", "wait", "waiting"),
        Transition("waiting", "move_up", "confirmed"),
        Transition(("confirmed", "waiting"), "withdraw", "withdrawn"),
    ],
)
"""`asked` is never stored: the same transaction decides."""
