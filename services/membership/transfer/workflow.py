"""The way of a transfer as a table; the diagram in the README is drawn from it."""

from services.chassis.rules.workflow import Transition, Workflow

APPLICANT = "applicant"
RELEASING = "releasing"
RECEIVING = "receiving"
_ASKED = frozenset({APPLICANT, "officer"})

OPEN_STATES = ("requested", "released", "accepted")
"""States in which a transfer is under way: a member has one such transfer at most and stands as `transferring`."""

TRANSFER = Workflow(
    "transfer",
    "requested",
    [
        Transition("requested", "release", "released", frozenset({RELEASING})),
        Transition("requested", "refuse", "refused", frozenset({RELEASING})),
        Transition("released", "accept", "accepted", frozenset({RECEIVING})),
        Transition("released", "refuse", "refused", frozenset({RECEIVING})),
        Transition("accepted", "take_effect", "effective"),
        Transition("requested", "take_in", "effective", frozenset({"officer"})),
        Transition(OPEN_STATES, "withdraw", "withdrawn", _ASKED),
        Transition(OPEN_STATES, "lapse", "lapsed"),
    ],
)
"""`take_effect` and `lapse` have no roles: the system does them when the day comes or the reason ceases."""
