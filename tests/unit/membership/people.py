"""Synthetic people for the tests: identity numbers that are well formed and belong to nobody."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
# 999999 is no administrative division, so no living person has these numbers.
REGION = "999999"


def id_number(birth_date: date, order: int = 1) -> str:
    """Return a well-formed identity number for a date of birth; `order` up to 999 tells people apart."""
    body = f"{REGION}{birth_date:%Y%m%d}{order:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]


def applicant(unit_id: UUID, order: int = 1, **changes: Any) -> dict[str, Any]:
    """Return the typed fields of a complete application."""
    birth = date(1980 + order // 999 % 20, 5, 1 + order // 19980 % 28)
    return {
        "unit_id": unit_id,
        "employment": "established",
        "name": "张晓明",
        "gender": "male",
        "birth_date": birth,
        "id_number": id_number(birth, order % 999 + 1),
        "phone": f"1380000{order:04d}",
        "email": f"person{order}@example.edu.cn",
        "hired_on": date(2022, 9, 1),
        "consent_version": "2026-01",
        **changes,
    }
