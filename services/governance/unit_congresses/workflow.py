"""The way of a unit's filing as a table; the README draws it. `unit` is its chair, `office` an officer of the union."""

from services.chassis.rules.workflow import Transition, Workflow

UNIT, OFFICE = "unit", "office"
_UNIT, _OFFICE = frozenset({UNIT}), frozenset({OFFICE})
_UNACCEPTED = ("awaited", "plan_filed", "plan_returned", "planned", "record_filed", "record_returned")

FILING = Workflow(
    "filing",
    "awaited",
    [
        Transition(("awaited", "plan_returned"), "submit_plan", "plan_filed", _UNIT),
        Transition("plan_filed", "accept_plan", "planned", _OFFICE),
        Transition("plan_filed", "return_plan", "plan_returned", _OFFICE),
        Transition(("planned", "record_returned"), "submit_record", "record_filed", _UNIT),
        Transition("record_filed", "accept_record", "accepted", _OFFICE),
        Transition("record_filed", "return_record", "record_returned", _OFFICE),
        Transition("accepted", "reopen", "record_returned", _OFFICE),
        Transition(_UNACCEPTED, "waive", "waived", _OFFICE),
        Transition("waived", "require", "awaited", _OFFICE),
    ],
)
