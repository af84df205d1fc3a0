"""Accounts of other systems that read: listed, made, their secrets renewed, ended."""

from gateway.http.routes import answered_by
from gateway.programs import answer
from services.contracts.gateway.programs import (
    create_program,
    get_program,
    list_programs,
    renew_program_secret,
    revoke_program,
)

_PROGRAM = "/programs/<uuid:program_id>"
_FEW = "30/minute"

_route = answered_by(answer)

ROUTES = (
    _route("GET", "/programs", list_programs),
    _route("POST", "/programs", create_program, 201, limit=_FEW),
    _route("GET", _PROGRAM, get_program),
    _route("POST", f"{_PROGRAM}/secret", renew_program_secret, limit=_FEW),
    _route("DELETE", _PROGRAM, revoke_program, 204),
)
