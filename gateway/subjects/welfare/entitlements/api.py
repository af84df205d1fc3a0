"""Entitlement accounts of the year, and benefits by employment."""

from gateway.http.routes import Route
from services.contracts.welfare.entitlements import benefits_by_employment, entitlements_of

ROUTES = (
    Route("GET", "/welfare/members/<uuid:member_id>/entitlements", entitlements_of),
    Route("GET", "/welfare/benefits-by-employment", benefits_by_employment),
)
