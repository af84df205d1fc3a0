"""Accounts of members who came by roster or from HR: slips with one-time codes, and opening an account with one."""

from gateway.http.routes import Route
from gateway.identity.sign_up import SIGN_UPS
from gateway.subjects.own.accounts import slips
from services.contracts.gateway import accounts as contract

ROUTES = (
    Route("GET", "/accounts", contract.list_holders, answer=slips.list_holders),
    Route("POST", "/accounts", contract.open_account, 201, answer=slips.open_account, limit=SIGN_UPS),
    Route("GET", "/accounts/figures", contract.account_figures, answer=slips.figures),
    Route("POST", "/accounts/slips", contract.print_slips, answer=slips.print_at_once, download=True),
    Route("POST", "/accounts/slips/runs", contract.start_slips, 202, answer=slips.start),
    Route("POST", "/accounts/slips/revoke", contract.revoke_slips, answer=slips.revoke),
)
