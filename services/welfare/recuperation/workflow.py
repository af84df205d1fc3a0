"""The ways of a trip and of an application as tables; the diagrams in the README are drawn from them."""

from services.chassis.rules.workflow import Transition, Workflow

_OFFICER = frozenset({"officer"})
MEMBER = "applicant"
"""The role of the member whose application it is."""
_BOTH = frozenset({"officer", MEMBER})
_SYSTEM = frozenset({"system"})
_WITNESSES = frozenset({"officer", "auditor"})
"""Who enters the public value of a draw: two of them."""

PLACED = ("drawn_in", "confirmed")
"""States of an application with a place on a trip still to come."""
LIVE = ("applied", *PLACED, "waiting")
"""States of an application that is still part of its round."""
TRAVELLED = ("travelled", "settled")

TRIP = Workflow(
    "trip",
    "draft",
    [
        Transition("draft", "publish", "published", _OFFICER),
        Transition("draft", "cancel", "cancelled", _OFFICER),
        Transition("published", "close_entries", "closed", _OFFICER),
        Transition("closed", "commit", "committed", _OFFICER),
        Transition("committed", "draw", "drawn", _WITNESSES),
        Transition("drawn", "confirm", "confirmed", _OFFICER),
        Transition("drawn", "fail", "failed", _OFFICER),
        Transition("confirmed", "note_travelled", "travelled", _OFFICER),
        Transition("travelled", "settle", "settled", _OFFICER),
    ],
)

APPLICATION = Workflow(
    "trip_application",
    "applied",
    [
        Transition("withdrawn", "apply", "applied", frozenset({MEMBER})),
        Transition("applied", "draw_in", "drawn_in", _SYSTEM),
        Transition("applied", "put_on_waiting_list", "waiting", _SYSTEM),
        Transition("waiting", "move_up", "drawn_in", _SYSTEM),
        Transition("drawn_in", "lose_place", "waiting", _SYSTEM),
        Transition(("waiting", *PLACED), "move", "drawn_in", _OFFICER),
        Transition("drawn_in", "confirm", "confirmed", _SYSTEM),
        Transition(LIVE, "withdraw", "withdrawn", _BOTH),
        Transition(PLACED, "withdraw_late", "cancelled_late", _BOTH),
        Transition("confirmed", "travel", "travelled", _SYSTEM),
        Transition("confirmed", "stay_away", "no_show", _SYSTEM),
        Transition("travelled", "settle", "settled", _SYSTEM),
    ],
)
