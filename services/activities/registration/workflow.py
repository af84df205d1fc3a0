"""The workflow of a registration."""

from services.chassis.rules.workflow import Transition, Workflow

REGISTRATION = Workflow(
    "registration",
    "asked",
    [
        Transition("asked", "take_seat", "confirmed"),
        Transition("asked", "wait", "waitlisted"),
        Transition("waitlisted", "move_up", "confirmed"),
        Transition("confirmed", "move_back", "waitlisted"),
        Transition(("confirmed", "waitlisted"), "cancel", "cancelled"),
    ],
)
"""`asked` is never stored: the same transaction decides. Registering after a cancellation is a new registration."""

LIVE = ("confirmed", "waitlisted")
"""States with a place."""
