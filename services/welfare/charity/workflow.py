"""The ways of a drive and of a gift as tables; the diagrams in the README are drawn from them."""

from services.chassis.rules.workflow import Transition, Workflow

_OFFICER = frozenset({"officer"})
GIVER = "giver"
"""The role of the member whose gift it is."""
_LISTED_BY = frozenset({"officer", "chair"})
_COUNTED_BY = frozenset({"officer", "chair", "auditor"})

PUBLISHED = ("open", "closed", "handed_over", "disclosed")

DRIVE = Workflow(
    "drive",
    "draft",
    [
        Transition("draft", "change", "draft", _OFFICER),
        Transition("draft", "open", "open", _OFFICER),
        Transition("open", "close", "closed", _OFFICER),
        Transition("closed", "hand_over", "handed_over", _OFFICER),
        Transition("handed_over", "disclose", "disclosed", _OFFICER),
        Transition(("draft", "open"), "cancel", "cancelled", _OFFICER),
    ],
)

GIFT = Workflow(
    "gift",
    "noted",
    [
        Transition("noted", "confirm", "confirmed", _COUNTED_BY),
        Transition("noted", "withdraw", "withdrawn", _LISTED_BY | {GIVER}),
    ],
)
