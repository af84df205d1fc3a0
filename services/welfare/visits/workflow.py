"""The way of a visit as a table; the diagram in the README is drawn from it.

Rows for `system` are moved by what the funds answer, or by a death that was a mistake, not by people. A visit is
completed after all where the member's death cancelled it though it had been made before.
"""

from services.chassis.rules.workflow import Transition, Workflow

VISITOR = "visitor"
"""The role of the assignee of the visit."""

OPEN_STATES = ("required", "assigned")
"""States in which the visit is still to be made."""

MEMBER_DIED = "member_died"
"""The cause of a visit's end when it was cancelled because the member died."""

_DIRECTS = frozenset({"officer", "chair"})
_MAKES = _DIRECTS | {VISITOR}
_SYSTEM = frozenset({"system"})

VISIT = Workflow(
    "visit",
    "required",
    [
        Transition(OPEN_STATES, "assign", "assigned", _DIRECTS),
        Transition(OPEN_STATES, "complete", "visited", _MAKES),
        Transition(OPEN_STATES, "cancel", "cancelled", _DIRECTS),
        Transition("cancelled", "complete_after_all", "visited", _SYSTEM),
        Transition("cancelled", "reopen", "required", _SYSTEM),
        Transition("visited", "claim_again", "visited", _DIRECTS),
        Transition("visited", "record_claim", "claimed", _SYSTEM),
        Transition(("visited", "claimed"), "close_when_complete", "closed", _SYSTEM),
        Transition(("claimed", "closed"), "reverse_claim", "visited", _SYSTEM),
    ],
)

EVIDENCE_STATES = ("required", "assigned", "visited", "claimed")
"""States in which evidence can be added: before the visit is completed, and late, until it is closed."""

REMOVAL_STATES = ("required", "assigned", "visited")
"""States in which a file of evidence can be removed: until the claim is in the ledger."""
