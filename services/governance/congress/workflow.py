"""The ways of a term and of a seat as tables; the diagrams in the README are drawn from them."""

from services.chassis.rules.workflow import Transition, Workflow

_OFFICER = frozenset({"officer"})

CONGRESS = Workflow(
    "congress",
    "preparing",
    [
        Transition("preparing", "begin", "in_term", _OFFICER),
        Transition("in_term", "end", "ended", _OFFICER),
    ],
)
DELEGATE = Workflow("congress_delegate", "serving", [Transition("serving", "end", "ended")])
