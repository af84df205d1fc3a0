"""The ways of a campaign and of one person of it as tables; the diagrams in the README are drawn from them."""

from services.chassis.rules.workflow import Transition, Workflow

VISITOR = "visitor"
"""The role of the member who is to visit."""
TO_BE_GIVEN = ("listed", "assigned")
"""States of a person of a campaign who had nothing yet."""

_OFFICER = frozenset({"officer"})
_DIRECTS = frozenset({"officer", "chair"})
_MAKES = _DIRECTS | {VISITOR}
_SYSTEM = frozenset({"system"})

CAMPAIGN = Workflow(
    "care_campaign",
    "draft",
    [
        Transition("draft", "open", "open", _OFFICER),
        Transition("open", "close", "closed", _OFFICER),
        Transition(("draft", "open"), "cancel", "cancelled", _OFFICER),
        Transition("closed", "pay_again", "closed", _OFFICER),
    ],
)

ITEM = Workflow(
    "care_item",
    "listed",
    [
        Transition(TO_BE_GIVEN, "assign", "assigned", _DIRECTS),
        Transition("assigned", "hand_over", "assigned", _MAKES),
        Transition(TO_BE_GIVEN, "complete", "given", _MAKES),
        Transition(TO_BE_GIVEN, "miss", "missed", _MAKES),
        Transition(TO_BE_GIVEN, "end", "missed", _SYSTEM),
        Transition("missed", "restore", "listed", _SYSTEM),
    ],
)
