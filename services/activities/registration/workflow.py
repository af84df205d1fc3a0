"""The workflow of a registration."""

from services.chassis.rules.workflow import Transition, Workflow

REGISTRATION = Workflow(
    "registration",
    "asked",
    [
        Transition("asked", "take_seat", "confirmed"),
        Transition("asked", "wait", "waitlisted"),
        Transition("asked", "ask", "pending"),
        Transition("pending", "approve", "confirmed"),
        Transition("pending", "queue", "waitlisted"),
        Transition("pending", "refuse", "cancelled"),
        Transition("confirmed", "hand_over", "cancelled"),
        Transition("waitlisted", "move_up", "confirmed"),
        Transition("waitlisted", "offer", "offered"),
        Transition("offered", "accept", "confirmed"),
        Transition(("confirmed", "offered"), "move_back", "waitlisted"),
        Transition(("confirmed", "offered", "waitlisted", "pending"), "cancel", "cancelled"),
    ],
)
"""`asked` is never stored: the same transaction decides. Registering after a cancellation is a new registration."""

LIVE = ("confirmed", "offered", "waitlisted", "pending")
"""States of a registration that has not ended; one that is pending has no place yet."""
SEATED = ("confirmed", "offered")
"""States that take a seat: one that is offered is kept for the member."""
