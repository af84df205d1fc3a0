"""The way from draft to decision as a table; the diagram in the README is drawn from it."""

from services.chassis.rules.workflow import Transition, Workflow

APPLICANT = "applicant"
_HIS = frozenset({APPLICANT})
_UNIT = frozenset({"chair", "officer"})
_UNION = frozenset({"officer"})
_BY_THE_CLOCK = frozenset({"system"})

OPEN_STATES = ("submitted", "unit_reviewed", "returned")
"""States in which an application is under way: a person has one such application at most."""

JOINING = Workflow(
    "joining",
    "draft",
    [
        Transition("draft", "correct", "draft", _HIS),
        Transition("returned", "correct", "returned", _HIS),
        Transition(("draft", "returned"), "submit", "submitted", _HIS),
        Transition("draft", "propose", "unit_reviewed", _UNIT),
        Transition("submitted", "accept", "unit_reviewed", _UNIT),
        Transition("submitted", "return", "returned", _UNIT),
        Transition("submitted", "reject", "rejected", _UNIT),
        Transition("unit_reviewed", "approve", "approved", _UNION),
        Transition("unit_reviewed", "return", "returned", _UNION),
        Transition("unit_reviewed", "reject", "rejected", _UNION),
        Transition(("draft", "submitted", "unit_reviewed", "returned"), "withdraw", "withdrawn", _HIS),
        Transition("submitted", "lapse", "withdrawn", _BY_THE_CLOCK),
    ],
)
