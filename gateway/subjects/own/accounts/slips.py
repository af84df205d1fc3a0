"""Slips with one-time codes (开通单) by which members open their accounts: printed at once, or as long work.

Sheets are drawn first and their codes are stored with them in one transaction: what was never printed replaces nothing.
A code is in the clear on its sheet and nowhere else. Who has which slip stands in `identity.holders`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask import request

from gateway.identity import holders, invitations, opening
from gateway.identity.current import current_context, current_principal
from gateway.jobs import requests, sheets
from gateway.jobs.sheets import paper, title_of
from gateway.own_operations import checked_request
from gateway.pdf.printing import printed
from gateway.rpc.calls import call, unit_names
from gateway.runtime import gateway
from services.chassis import clock
from services.chassis.database.history import note_access
from services.chassis.database.pagination import LIMIT_CEILING
from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.chassis.jobs.jobs import Job
from services.chassis.process.settings import settings
from services.chassis.rules.refusal import number_is_as_seen
from services.contracts.gateway import accounts as contract
from services.contracts.membership.record.operations import list_members, names_of

KIND = "print_account_slips"
PURPOSE = "打印账号开通单"
_DOCUMENT, _NOUN = "slips", "账号开通单"
_REVOKED_AT_ONCE = 5000


@dataclass(frozen=True)
class Drawn:
    """Sheets of some slips with their codes, which are in the clear on the sheets alone."""

    sheets: sheets.Drawn
    codes: dict[UUID, str] = field(repr=False)


def list_holders(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Answer `list_account_holders`."""
    asked = checked_request(contract.list_holders, payload)
    named = _found_by_name(asked) if asked["q"] else None
    with gateway().transaction(current_context(), readonly=True) as tx:
        return _dumped(contract.list_holders, holders.list_holders(tx, asked, named))


def _found_by_name(asked: Mapping[str, Any]) -> list[UUID]:
    """Return the members with a name or number, as membership finds them for the asker; names are not kept here."""
    unit = {"unit_id": str(asked["unit_id"])} if asked["unit_id"] else {}
    found = call(list_members, {"q": asked["q"], "limit": LIMIT_CEILING, **unit})
    return [UUID(item["id"]) for item in found["items"]]


def figures(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Answer `get_account_figures`."""
    asked = checked_request(contract.account_figures, payload)
    with gateway().transaction(current_context(), readonly=True) as tx:
        return _dumped(contract.account_figures, holders.figures(tx, asked["unit_id"]))


def print_at_once(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Return the slips of a few members as one PDF; their codes are good from now on.

    Raises:
        Refused: nobody needs one, or there are too many for one go.
    """
    asked = checked_request(contract.print_slips, payload)
    total = _count(asked, contract.MOST_AT_ONCE)
    with gateway().database.session(readonly=True) as session:
        rows = holders.without_account(session, current_principal(), asked, clock.now(), limit=total)
    title, codes = title_of(_NOUN, asked["unit_id"]), _codes(rows)
    content = printed(_DOCUMENT, title, _slips(rows, codes))
    with gateway().transaction(current_context()) as tx:
        note_access(tx, "account-slips", f"{len(rows)} slips", PURPOSE)
        invitations.issue(tx, codes)
    return paper(f"{title}.pdf", content)


def start(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Ask for the slips of many members as long work; who asked is logged."""
    total = _count(checked_request(contract.print_slips, payload), contract.MOST_IN_ONE_RUN)
    log = ("account-slips", f"{total} slips", PURPOSE)
    return requests.start(KIND, {}, {"asked": dict(payload)}, log, total)


def count(payload: Mapping[str, Any]) -> int:
    """Return for how many members slips would be made. Raises `Refused` when for none, or for too many."""
    return _count(checked_request(contract.print_slips, payload), contract.MOST_IN_ONE_RUN)


def revoke(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Answer `revoke_account_slips`."""
    asked = checked_request(contract.revoke_slips, payload)
    with gateway().transaction(current_context()) as tx:
        if asked["expected"] is not None:
            found = holders.count_open_slips(tx.session, current_principal(), asked)
            refuse_first(number_is_as_seen(found, asked["expected"]))
        ended = 0
        while member_ids := holders.with_open_slips(tx.session, current_principal(), asked, _REVOKED_AT_ONCE):
            ended += invitations.revoke(tx, member_ids)
        note_access(tx, "account-slips", f"{ended} slips revoked", asked["reason"])
    return {"revoked": ended}


def open_account(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Answer `open_account`."""
    opened = opening.open_account(payload["number"], payload["code"], payload["username"], payload["password"])
    return {"account_id": str(opened.account_id), "username": opened.username}


def draw(told: Mapping[str, Any], job: Job) -> Drawn:
    """Draw the next slips with new codes."""
    asked = contract.PrintSlips().load(told["asked"])
    after = sheets.position_of(job) or ""
    with gateway().database.session(readonly=True) as session:
        rows = holders.without_account(
            session, current_principal(), asked, clock.now(), after=after, limit=sheets.PER_STEP
        )
    codes, numbers = _codes(rows), [row.number for row in rows]
    next_after = numbers[-1] if len(rows) == sheets.PER_STEP else None
    title = title_of(_NOUN, asked["unit_id"])
    return Drawn(sheets.draw(_DOCUMENT, title, _slips(rows, codes), numbers, next_after), codes)


def keep(tx: Transaction, job: Job, drawn: Drawn) -> bool:
    """Keep the sheets just drawn together with their codes; after the last ones put all into one archive."""
    if drawn.codes:
        invitations.issue(tx, drawn.codes)
    return sheets.keep(tx, job, drawn.sheets)


def _count(asked: Mapping[str, Any], most: int) -> int:
    with gateway().database.session(readonly=True) as session:
        total = holders.count_without_account(session, current_principal(), asked, clock.now())
    return sheets.require_printable(
        total,
        most,
        what="slips",
        too_many="account.slips_are_few",
        none=("account.somebody_needs_a_slip", "Nobody there needs a slip."),
    )


def _codes(rows: Sequence[sa.Row[Any]]) -> dict[UUID, str]:
    return {row.member_id: invitations.new_code() for row in rows}


def _slips(rows: Sequence[sa.Row[Any]], codes: Mapping[UUID, str]) -> list[dict[str, Any]]:
    """Return what stands on each slip; none where there is no row."""
    if not rows:
        return []
    units = unit_names()
    found = call(names_of, {"ids": [str(row.member_id) for row in rows]})["items"]
    names = {item["id"]: item["name"] for item in found}
    union = next((unit["name"] for unit in units.values() if unit["kind"] == "union"), "工会")
    until = f"{invitations.expiry(clock.now()).astimezone(clock.SHANGHAI):%Y-%m-%d}"
    return [
        {
            "union": union,
            "name": names.get(str(row.member_id), ""),
            "unit": units.get(str(row.unit_id), {}).get("name", ""),
            "number": row.number,
            "code": codes[row.member_id],
            "address": _address(row.number),
            "until": until,
        }
        for row in rows
    ]


def _address(number: str) -> str:
    """Return where the slip leads to. The code stands in no address, since addresses are logged."""
    return f"{settings().public_url or request.host_url.rstrip('/')}/open-account?number={number}"


def _dumped(operation: Any, found: Mapping[str, Any]) -> dict[str, Any]:
    reply: dict[str, Any] = operation.reply_schema.dump(found)
    return reply
