"""The way of a cycle as a table; rows for `system` are moved by the computation of the list and by the days."""

from services.chassis.rules.workflow import Transition, Workflow

OPEN_STATES = ("draft", "computed")
"""States in which a cycle can still be changed."""
GIVEN_STATES = ("approved", "choosing", "handing_out", "closed")
"""States after approval."""

_OFFICER = frozenset({"officer"})
_SYSTEM = frozenset({"system"})

CYCLE = Workflow(
    "cycle",
    "draft",
    [
        Transition(OPEN_STATES, "compute", "draft", _OFFICER),
        Transition("draft", "finish", "computed", _SYSTEM),
        Transition("computed", "approve", "approved", _OFFICER),
        Transition(OPEN_STATES, "cancel", "cancelled", _OFFICER),
        Transition("approved", "open", "choosing", _SYSTEM),
        Transition("choosing", "hand_out", "handing_out", _SYSTEM),
        Transition("handing_out", "close", "closed", _SYSTEM),
    ],
)
