"""Secret ballots: keys of scrutineers, votes cast without an account, the board."""

from gateway.http.routes import Route
from gateway.subjects.governance.secret_ballots.board_file import board_file
from services.contracts.gateway.boards import export_board
from services.contracts.governance.secret_ballots import (
    cast_sealed_vote,
    enrol_scrutineer,
    get_board,
    get_ceremony,
    give_share,
)
from services.contracts.scrutiny.registrar import get_scrutiny, request_scrutiny_token

_BALLOT = "/governance/ballots/<uuid:ballot_id>"

ROUTES = (
    Route("GET", f"{_BALLOT}/ceremony", get_ceremony),
    Route("POST", f"{_BALLOT}/scrutineer-keys", enrol_scrutineer),
    Route("POST", f"{_BALLOT}/shares", give_share),
    Route("POST", f"{_BALLOT}/sealed-votes", cast_sealed_vote),
    Route("GET", f"{_BALLOT}/board", get_board),
    Route("GET", f"{_BALLOT}/scrutiny", get_scrutiny),
    Route("POST", f"{_BALLOT}/scrutiny-tokens", request_scrutiny_token),
    Route("GET", f"{_BALLOT}/board/file", export_board, answer=board_file, download=True),
)
