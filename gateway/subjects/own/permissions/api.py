"""Who may what: the table of permissions for everybody who supervises, and what one's own roles allow."""

from gateway.http.routes import answered_by
from gateway.permissions import answer
from gateway.subjects.own.permissions import switching
from services.contracts.gateway.identity import switch_role
from services.contracts.gateway.permissions import list_own_permissions, list_permissions

_route = answered_by(answer)
_switch = answered_by(switching.answer)

ROUTES = (
    _route("GET", "/permissions", list_permissions),
    _route("GET", "/me/permissions", list_own_permissions),
    _switch("PUT", "/me/role", switch_role),
)
