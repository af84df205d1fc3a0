"""Honours and families: what stands beside a member's record."""

from __future__ import annotations

from gateway.routes import Route
from services.contracts.membership.honours import list_honours, record_honour, remove_honour

ROUTES = (
    Route("GET", "/membership/honours", list_honours),
    Route("POST", "/membership/honours", record_honour, 201),
    Route("POST", "/membership/honours/<uuid:honour_id>/remove", remove_honour),
)
