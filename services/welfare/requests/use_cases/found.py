"""Types of requests and numbers of requests in the search; what a request says is sealed and never found."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from services.chassis.security.principal import Principal
from services.chassis.security.unit_scope import sees_all_units
from services.welfare.finding.use_cases.sources import found
from services.welfare.requests.tables import MemberRequest, RequestType


def found_by(principal: Principal) -> list[sa.Select[Any]]:
    """Return types, to members those offered, and requests by number and type to the applicant and who handles them."""
    types = found("request_type", RequestType.id, RequestType.name, by_appointment=RequestType.counted_only)
    asked = found(
        "request", MemberRequest.id, RequestType.name, text=MemberRequest.number,
        state=MemberRequest.state,
    ).join_from(MemberRequest, RequestType, RequestType.id == MemberRequest.type_id)  # fmt: skip
    if sees_all_units(principal):
        return [types, asked]
    if principal.member_id is None:
        return []
    own = MemberRequest.member_id == principal.member_id
    handled = MemberRequest.handler_id == principal.member_id
    seen = sa.or_(own, handled) if principal.has("handler") else own
    return [types.where(RequestType.offered.is_(True)), asked.where(seen)]
