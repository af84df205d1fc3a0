"""The way of a booking as a table; the diagram in the README is drawn from it."""

from services.chassis.rules.workflow import Transition, Workflow

OFFICER = frozenset({"officer"})

PLACE_BOOKING = Workflow(
    "place_booking",
    "asked",
    [
        Transition("asked", "take_slot", "booked"),
        Transition("asked", "wait", "waiting"),
        Transition("waiting", "move_up", "booked"),
        Transition("booked", "check_in", "attended"),
        Transition("booked", "record_absence", "missed"),
        Transition("missed", "excuse", "attended", OFFICER),
        Transition("attended", "record_absence", "missed", OFFICER),
        Transition(("booked", "waiting"), "cancel", "cancelled"),
    ],
)
"""`asked` is never stored: the same transaction decides. Booking after a cancellation is a new booking."""
