"""Records delivered by the HR system that differ from the members': an arrival, a move, a change, a departure."""

from __future__ import annotations

from collections import deque
from datetime import date
from typing import Any

from deploy.demo.people import identity_number, members
from deploy.demo.union import ROSTER_DAY, DemoUnion
from deploy.demo.units import UNITS
from services.chassis.clock import today
from services.contracts.membership import hr

_CODES = [code for code, _, _ in UNITS]


def play(union: DemoUnion) -> str:
    born = date(1995, 4, 12)
    newcomer = {
        "hr_id": "H20260001",
        "sequence": 1,
        "unit_code": "05",
        "name": "季晓岚",
        "gender": "female",
        "birth_date": born,
        "id_number": identity_number(born, 996),
        "phone": "19900009601",
        "employment": "established",
        "original_age": "F55",
        "hired_on": today(),
    }
    # The last three of the roster hold no post.
    last = deque(members(union.count, union.seed, union.units, ROSTER_DAY), maxlen=3)
    items = [newcomer, *(_known(union, number, row) for number, row in enumerate(last))]
    delivered = union.ask("hr-delivery", hr.push_hr_changes, {"items": items})
    return f"{delivered['differing']} differences to the HR system"


def _known(union: DemoUnion, number: int, row: dict[str, Any]) -> dict[str, Any]:
    """Return HR's record of a member who moved, whose employment changed, who left."""
    elsewhere = _CODES[(union.units.index(row["unit_id"]) + 1) % len(_CODES)]
    other = "agency" if row["employment"] == "established" else "established"
    says = ({"unit_code": elsewhere}, {"employment": other}, {"status": "left", "left_on": today()})
    return {"hr_id": row["hr_id"], "sequence": 1, "id_number": row["id_number"], **says[number]}
