"""What several stories need: an applicant nobody has seen, an activity, a place in time."""

from __future__ import annotations

import itertools
import secrets
from datetime import UTC, date, datetime, timedelta
from typing import Any

from deploy.demo.people import identity_number
from tests.support.api import Api

_serials = itertools.count(secrets.randbelow(400))


def newcomer(unit_id: str, **changes: Any) -> dict[str, Any]:
    """Return an application of a new person, with a new user name and password."""
    number = next(_serials)
    born = date(1997, 3, 1) + timedelta(days=secrets.randbelow(900))
    return {
        "unit_id": unit_id,
        "employment": "established",
        "name": "欧阳晓",
        "gender": "female",
        "birth_date": born.isoformat(),
        "id_number": identity_number(born, number),
        "phone": f"177{secrets.randbelow(10**8):08d}",
        "hired_on": "2026-09-01",
        "consent_version": "2026-01",
        "username": f"newcomer-{secrets.token_hex(4)}",
        "password": f"a-long-phrase-{number}",
        **changes,
    }


def in_days(days: int) -> str:
    """Return a moment so many days from now, as ISO 8601."""
    return (datetime.now(UTC) + timedelta(days=days)).replace(microsecond=0).isoformat()


def activity(**changes: Any) -> dict[str, Any]:
    """Return an activity to schedule, open for registration now."""
    return {
        "title": "读书沙龙",
        "title_en": "Reading salon",
        "kind": "salon",
        "place": "教工之家",
        "starts_at": in_days(20),
        "ends_at": in_days(21),
        "capacity": 2,
        **changes,
    }


def unit_of(chair: Api) -> str:
    """Return the unit the signed-in chair chairs."""
    grants = chair.get("/me")["roles"]
    return next(grant["unit_id"] for grant in grants if grant["role"] == "chair")
