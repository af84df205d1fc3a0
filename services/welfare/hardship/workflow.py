"""The way of an application for aid as a table; the diagram in the README is drawn from it.

Rows for `system` are moved by what the funds answer, or by a death, not by people.
"""

from services.chassis.rules.workflow import Transition, Workflow

APPLICANT = "applicant"
"""The role of the member whose application it is."""

UNDECIDED = ("submitted", "unit_forwarded", "under_review")
"""States of an application that was handed in and waits for a decision."""
OPEN = ("draft", *UNDECIDED)
ACCEPTED = ("granted", "paid", "closed")

_APPLICANT = frozenset({APPLICANT})
_OFFICER = frozenset({"officer"})
_FORWARDS = frozenset({"officer", "chair"})
_SYSTEM = frozenset({"system"})

AID = Workflow(
    "aid_application",
    "draft",
    [
        Transition("draft", "submit", "submitted", _APPLICANT),
        Transition(OPEN, "withdraw", "withdrawn", _APPLICANT),
        Transition("submitted", "forward", "unit_forwarded", _FORWARDS),
        Transition("unit_forwarded", "take_up", "under_review", _OFFICER),
        Transition(("unit_forwarded", "under_review"), "return", "draft", _OFFICER),
        Transition("under_review", "grant", "granted", _OFFICER),
        Transition("under_review", "refuse", "refused", _OFFICER),
        Transition(OPEN, "end", "withdrawn", _SYSTEM),
        Transition("withdrawn", "restore", "submitted", _SYSTEM),
        Transition("withdrawn", "restore_draft", "draft", _SYSTEM),
        Transition("granted", "pay_again", "granted", _OFFICER),
        Transition("granted", "record_payment", "paid", _SYSTEM),
        Transition("paid", "close", "closed", _OFFICER),
        Transition(("paid", "closed"), "reverse_payment", "granted", _SYSTEM),
    ],
)
