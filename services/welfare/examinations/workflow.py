"""The ways of a campaign and of a member on its list, as tables."""

from services.chassis.rules.workflow import Transition, Workflow

HOLDS = ("booked", "attended", "no_show")
"""States of a member whose place in a slot nobody else can have."""
NOT_BOOKED = ("listed", "cancelled", "no_show")
"""States of a member who has no appointment and was not examined."""
ON_LIST = ("listed", "booked", "attended", "no_show", "cancelled")
"""States that count as eligible: all but those of who left."""

_OFFICER = frozenset({"officer"})
_SYSTEM = frozenset({"system"})
_ANYBODY = frozenset({"officer", "member"})

EXAMINATION = Workflow(
    "examination",
    "draft",
    [
        Transition(("draft", "open"), "list", "listing", _OFFICER),
        Transition("listing", "open", "open", _SYSTEM),
        Transition("draft", "cancel", "cancelled", _OFFICER),
        Transition("open", "close", "closed", _OFFICER),
    ],
)
EXAMINEE = Workflow(
    "examinee",
    "listed",
    [
        Transition(("listed", "cancelled", "no_show", "booked"), "book", "booked", _ANYBODY),
        Transition("booked", "cancel", "cancelled", _ANYBODY),
        Transition((*NOT_BOOKED, "booked"), "leave", "withdrawn", _SYSTEM),
        Transition("withdrawn", "come_back", "listed", _SYSTEM),
        Transition(HOLDS, "attended", "attended", _OFFICER),
        Transition(HOLDS, "no_show", "no_show", _OFFICER),
    ],
)
