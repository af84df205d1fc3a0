"""The ways of a club, of a membership and of a yearly review as tables; the diagrams in the README follow them."""

from services.chassis.rules.workflow import Transition, Workflow

OFFICER = frozenset({"officer"})

CLUB = Workflow(
    "club",
    "applied",
    [
        Transition("applied", "found", "founded", OFFICER),
        Transition("applied", "refuse", "refused", OFFICER),
        Transition("applied", "withdraw", "withdrawn"),
        Transition("founded", "suspend", "suspended", OFFICER),
        Transition("suspended", "resume", "founded", OFFICER),
        Transition(("founded", "suspended"), "dissolve", "dissolved", OFFICER),
    ],
)

CLUB_MEMBERSHIP = Workflow(
    "club_membership",
    "asked",
    [
        Transition("asked", "join", "member"),
        Transition("asked", "apply", "applied"),
        Transition("applied", "approve", "member"),
        Transition("applied", "refuse", "refused"),
        Transition(("applied", "member"), "leave", "left"),
    ],
)
"""`asked` is never stored: the same transaction decides. Joining again is a new membership."""

CLUB_REVIEW = Workflow(
    "club_review",
    "due",
    [
        Transition("due", "hand_in", "handed_in"),
        Transition("handed_in", "return", "returned", OFFICER),
        Transition("returned", "hand_in", "handed_in"),
        Transition("handed_in", "decide", "decided", OFFICER),
    ],
)
