"""Who stands for election to a congress, as requests name them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from marshmallow import fields

from services.chassis.schema import Choice, Schema, invalid, labelled
from services.contracts.governance.congress.vocabulary import CONGRESS_FIELDS, STAFF_KINDS


@labelled(CONGRESS_FIELDS)
class Candidate(Schema):
    """Who stands for election, and as what kind of staff."""

    member_id = fields.UUID(required=True)
    staff_kind = Choice(STAFF_KINDS, required=True)


def require_named_once(people: Iterable[Mapping[str, Any]], field: str) -> None:
    """Raise `ValidationError` for a field in which a member is named twice."""
    members = [one["member_id"] for one in people]
    if len(set(members)) < len(members):
        raise invalid("congress.delegates_named_once", "Name each member once.", field=field)
