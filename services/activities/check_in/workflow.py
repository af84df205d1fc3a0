"""The workflow of one member's attendance of an activity."""

from services.chassis.rules.workflow import Transition, Workflow

ATTENDANCE = Workflow(
    "attendance",
    "expected",
    [
        Transition(("expected", "absent", "excused", "undone"), "arrive", "present"),
        Transition("present", "undo", "undone"),
        Transition(("expected", "absent", "excused", "undone"), "mark_present", "present"),
        Transition(("expected", "present", "excused", "undone"), "mark_absent", "absent"),
        Transition(("expected", "present", "absent", "undone"), "mark_excused", "excused"),
    ],
)
"""`expected` is not stored: it is a registration about which nothing is recorded."""
