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
UNIT_ELECTION = Workflow(
    "unit_election",
    "voting",
    [
        Transition("voting", "fill", "settled"),
        Transition("voting", "wait", "round_due"),
        Transition("voting", "give_up", "ended"),
        Transition("round_due", "vote_again", "voting"),
        Transition("round_due", "end", "ended", frozenset({"officer", "chair"})),
    ],
)
SESSION = Workflow(
    "congress_session",
    "draft",
    [
        Transition("draft", "convene", "convened", _OFFICER),
        Transition("convened", "open", "in_session", _OFFICER),
        Transition("in_session", "close", "closed", _OFFICER),
    ],
)
AGENDA_ITEM = Workflow(
    "agenda_item",
    "planned",
    [
        Transition("planned", "begin", "open", _OFFICER),
        Transition("open", "finish", "done", _OFFICER),
    ],
)
SPEAKER = Workflow(
    "congress_speaker",
    "waiting",
    [
        Transition("waiting", "call", "speaking"),
        Transition("speaking", "end", "spoke"),
        Transition("waiting", "withdraw", "withdrawn"),
    ],
)
