"""Who is signed in, as the head of every page shows it: name, post, and the role somebody works in for now."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from markupsafe import escape

from gateway.identity import acting
from gateway.identity.sessions import SignedIn
from gateway.portal.people import unit_name
from gateway.portal.words import words
from gateway.read_models import viewer_summary
from gateway.rpc.viewer_name import own_name
from services.chassis.errors import Problem

_MOST_COUNTED = 99
"""The largest number of unread notices that is shown as it is."""
_RANK = ("officer", "chair", "auditor", "ops", "handler", "mediator", "judge", "delegate", "member", "applicant")
"""Roles in the order in which one of several stands beside a name."""


def roles_told(account: SignedIn | None) -> dict[str, Any]:
    """Return what the head says of the roles: whether there is a choice, and the one that is worked in."""
    if account is None:
        return {"may_switch": False, "acting_role": None}
    return {
        "may_switch": bool(acting.choices(account)),
        "acting_role": account.acting.role if account.acting else None,
    }


def reader(account: SignedIn | None) -> dict[str, str]:
    """Return the reader's own values of the head, as HTML: name, its first character, post, unread notices."""
    if account is None:
        return dict.fromkeys(("reader_name", "reader_initial", "reader_post", "unread"), "")
    name = _name(account)
    return {
        "reader_name": escape(name),
        "reader_initial": escape(name[:1].upper()),
        "reader_post": escape(_post(account)),
        "unread": _unread(account),
    }


def _name(account: SignedIn) -> str:
    name = own_name(account.member_id)[0] if account.member_id else None
    return name or account.username


def _post(account: SignedIn) -> str:
    """Return the post that counts most of those worked in, with its unit; a member's is the unit."""
    grants = [grant for grant in account.principal.grants if grant.role in _RANK]
    if not grants:
        return ""
    first = min(grants, key=lambda grant: _RANK.index(grant.role))
    unit = _unit(account.unit_id if first.role == "member" else first.unit)
    if first.role == "member" and unit:
        return unit
    return f"{unit} · {words(first.role, 'role')}" if unit else str(words(first.role, "role"))


def _unit(unit_id: Any) -> str:
    return unit_name(str(unit_id)) if unit_id else ""


def _unread(account: SignedIn) -> str:
    """Return the number beside the bell, as HTML; hidden when all is read."""
    try:
        count = viewer_summary.of(account)["unread"]
    except Problem:
        return ""
    shown = str(count) if count <= _MOST_COUNTED else f"{_MOST_COUNTED}+"
    words_beside = escape(gettext("条未读"))
    hidden = "" if count else " hidden"
    return (
        f'<span class="count" data-live-count="messages"{hidden}><span>{shown}</span>'
        f'<span class="visually-hidden">{words_beside}</span></span>'
    )
