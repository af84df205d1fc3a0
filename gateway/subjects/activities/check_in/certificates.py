"""The certificate of attendance as a PDF, for who attended alone; anybody can verify its code.

The name comes from the member's own record and is stored nowhere else.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import request

from gateway.jobs.sheets import paper
from gateway.pdf.printing import printed
from gateway.portal.formats import plain_day
from gateway.portal.look_ups import own_record
from gateway.portal.people import unit_name
from gateway.portal.words import words
from gateway.rpc.calls import call
from gateway.union_profile import profile
from services.chassis.clock import today
from services.chassis.errors import Unavailable
from services.chassis.process.settings import settings
from services.contracts.activities.check_in.operations import my_certificate


def certificate_of(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Return the certificate of one's own attendance.

    Raises:
        NotFound: it is not the reader's.
        Refused: the reader was not there, or the list is not closed.
        Unavailable: membership, which knows the name, is away.
    """
    attended = call(my_certificate, {"attendance_id": payload["attendance_id"]})
    record = own_record()
    if record.problem is not None:
        raise Unavailable("The record can't be read now; try again in a moment.")
    return paper(f"{attended['title']}-参加证明.pdf", printed("certificate", _drawn(attended, record.data)))


def _drawn(attended: Mapping[str, Any], record: Mapping[str, Any]) -> dict[str, Any]:
    union = profile.current()
    return {
        "title": "参加证明",
        "union": union.name(english=False),
        "colour": union.colour,
        "name": record["name"],
        "text": f"参加了本会组织的“{attended['title']}”。",
        "facts": [
            ("活动类型", str(words(attended["kind"], "activity_kind"))),
            ("日期", str(plain_day(attended["starts_at"]))),
            ("地点", attended["place"] or "—"),
            ("所在分工会", unit_name(record["unit_id"])),
        ],
        "day": today().isoformat(),
        "foot": "扫左侧的码可以核验：显示活动、日期和分工会，不显示姓名。",
        "address": address_of(attended["code"]),
    }


def address_of(code: str) -> str:
    """Return the public address that verifies a code."""
    return f"{settings().public_url or request.host_url.rstrip('/')}/verify/{code}"
