"""Accounts of other systems that read: listed, made, their secrets renewed, ended."""

from functools import partial

from gateway.http.routes import Route
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

ROUTES = (
    Route("GET", "/programs", list_programs, answer=partial(answer, list_programs)),
    Route("POST", "/programs", create_program, 201, answer=partial(answer, create_program), limit=_FEW),
    Route("GET", _PROGRAM, get_program, answer=partial(answer, get_program)),
    Route("POST", f"{_PROGRAM}/secret", renew_program_secret, answer=partial(answer, renew_program_secret), limit=_FEW),
    Route("DELETE", _PROGRAM, revoke_program, 204, answer=partial(answer, revoke_program)),
)
