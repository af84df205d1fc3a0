"""Accounts of members who came by roster or from HR: slips with one-time codes, and opening an account with one."""

from __future__ import annotations

from gateway.http.routes import Route
from gateway.identity.sign_up import SIGN_UPS
from gateway.subjects.own.accounts import slips
from services.contracts.gateway.accounts import (
    account_figures,
    list_holders,
    open_account,
    print_slips,
    revoke_slips,
    start_slips,
)

ROUTES = (
    Route("GET", "/accounts", list_holders, answer=slips.list_holders),
    Route("POST", "/accounts", open_account, 201, answer=slips.open_account, limit=SIGN_UPS),
    Route("GET", "/accounts/figures", account_figures, answer=slips.figures),
    Route("POST", "/accounts/slips", print_slips, answer=slips.print_at_once, download=True),
    Route("POST", "/accounts/slips/runs", start_slips, 202, answer=slips.start),
    Route("POST", "/accounts/slips/revoke", revoke_slips, answer=slips.revoke),
)
