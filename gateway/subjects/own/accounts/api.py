"""Accounts of members: slips with one-time codes, opening an account with one, codes for forgotten passwords."""

from collections.abc import Mapping
from typing import Any

from gateway.http.routes import Route
from gateway.identity import password_codes, password_mail
from gateway.identity.sign_up import SIGN_UPS
from gateway.own_operations import carry_out, checked_request
from gateway.portal.languages import selected_language
from gateway.subjects.own.accounts import slips
from services.contracts.gateway import accounts as contract


def make_code(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Answer `make_password_code`."""
    operation = contract.make_password_code
    asked = checked_request(operation, payload)
    return carry_out(operation, lambda tx, request: password_codes.make_code(tx, **request), asked)


def _set_password(payload: dict[str, Any]) -> dict[str, Any]:
    password_codes.set_password(payload["username"], payload["code"], payload["new"])
    return {}


def _ask_for_mail(payload: dict[str, Any]) -> dict[str, Any]:
    password_mail.ask(payload["username"], selected_language())
    return {}


ROUTES = (
    Route("GET", "/accounts", contract.list_holders, answer=slips.list_holders),
    Route("POST", "/accounts", contract.open_account, 201, answer=slips.open_account, limit=SIGN_UPS),
    Route("GET", "/accounts/figures", contract.account_figures, answer=slips.figures),
    Route("POST", "/accounts/slips", contract.print_slips, answer=slips.print_at_once, download=True),
    Route("POST", "/accounts/slips/runs", contract.start_slips, 202, answer=slips.start),
    Route("POST", "/accounts/slips/revoke", contract.revoke_slips, answer=slips.revoke),
    Route(
        "POST", "/accounts/<uuid:member_id>/password-code", contract.make_password_code, 201, answer=make_code,
        limit=password_codes.MADE_PER_PERSON,
    ),
    Route(
        "POST", "/accounts/password", contract.set_password_by_code, 204, answer=_set_password,
        limit=password_codes.TRIES,
    ),
    Route(
        "POST", "/accounts/password-mail", contract.ask_for_password_mail, 202, answer=_ask_for_mail,
        limit=password_mail.ASKS,
    ),
)  # fmt: skip
