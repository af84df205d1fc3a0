"""Signing in and out, by programs."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from gateway.http.routes import Route
from gateway.identity import accounts, new_password
from gateway.identity import sessions as stored_sessions
from gateway.identity.current import require_account
from gateway.identity.providers import linking
from gateway.identity.providers.configuration import providers
from gateway.identity.sign_in import sign_in as open_session
from gateway.runtime import gateway
from services.contracts.gateway.identity import (
    end_other_sessions,
    end_session,
    list_identities,
    list_providers,
    list_sessions,
    sign_in,
    sign_out,
    unlink_identity,
)


def _sign_in(payload: dict[str, Any]) -> dict[str, Any]:
    opened = open_session(payload["username"], payload["password"], "program")
    return {
        "token": opened.token,
        "expires_at": opened.expires_at.isoformat(),
        "account_id": str(opened.account_id),
        "must_change_password": opened.must_change_password,
    }


def _sign_out(_payload: dict[str, Any]) -> dict[str, Any]:
    account = require_account()
    with gateway().transaction() as tx:
        stored_sessions.close_session(tx, account.account_id, account.session_id)
    return {}


def _list(_payload: dict[str, Any]) -> dict[str, Any]:
    account = require_account()
    return {"items": accounts.sessions_of(account.account_id, account.session_id)}


def _end(payload: dict[str, Any]) -> dict[str, Any]:
    accounts.end_session(require_account().account_id, UUID(payload["session_id"]))
    return {}


def _end_others(_payload: dict[str, Any]) -> dict[str, Any]:
    account = require_account()
    return {"ended": accounts.end_other_sessions(account.account_id, account.session_id)}


def _providers(_payload: dict[str, Any]) -> dict[str, Any]:
    told = ("key", "kind", "name", "name_en")
    return {
        "items": [
            {**{name: getattr(one, name) for name in told}, "address": f"/sign-on/{one.key}"} for one in providers()
        ]
    }


def _identities(_payload: dict[str, Any]) -> dict[str, Any]:
    return {"items": linking.identities_of(require_account().account_id)}


def _unlink(payload: dict[str, Any]) -> dict[str, Any]:
    account = require_account()
    new_password.require_password(account, payload["password"])
    linking.unlink(account.account_id, UUID(payload["identity_id"]), account.session_id)
    return {}


ROUTES = (
    Route("POST", "/sessions", sign_in, 201, answer=_sign_in),
    Route("DELETE", "/sessions/current", sign_out, 204, answer=_sign_out),
    Route("GET", "/sign-on/providers", list_providers, answer=_providers),
    Route("GET", "/me/identities", list_identities, answer=_identities),
    Route("POST", "/me/identities/<uuid:identity_id>/unlink", unlink_identity, 204, answer=_unlink),
    Route("GET", "/me/sessions", list_sessions, answer=_list),
    Route("POST", "/me/sessions/end-others", end_other_sessions, answer=_end_others),
    Route("DELETE", "/me/sessions/<uuid:session_id>", end_session, 204, answer=_end),
)
