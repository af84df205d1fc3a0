"""Membership cards as PDF: their content, the address in the code, one card or a unit's sheets.

Membership supplies the data; `gateway.pdf.cards` draws them. Cards are in Chinese.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import request

from gateway.jobs.sheets import paper
from gateway.pdf.printing import printed
from gateway.rpc.calls import call, unit_names
from services.chassis.errors import NotFound
from services.chassis.process.settings import settings
from services.contracts.membership.card import list_unit_cards, my_card
from services.contracts.membership.record.files import member_photo


def address_of(token: str) -> str:
    """Return the address in a card's code, with the configured public address if there is one."""
    return f"{settings().public_url or request.host_url.rstrip('/')}/verify/{token}"


def own_card_paper() -> dict[str, Any]:
    """Return the own card as a PDF whose code is valid until it is revoked."""
    card = call(my_card, {"paper": True})
    return paper(f"{card['number']}.pdf", printed("card", drawn(card, _photo_of(card), unit_names())))


def unit_card_papers(payload: dict[str, Any]) -> dict[str, Any]:
    """Return a unit's cards on sheets, up to a hundred; `payload` is a `UnitCardsRequest`."""
    cards = call(list_unit_cards, payload)["items"]
    units = unit_names()
    unit = units.get(str(payload["unit_id"]), {}).get("name", "")
    title = f"{unit}会员卡"
    return paper(f"{title}.pdf", printed("card sheets", title, [drawn(card, card["photo"], units) for card in cards]))


def drawn(card: dict[str, Any], photo: str | None, units: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Return the content of a card for `gateway.pdf.cards`."""
    union = next((unit["name"] for unit in units.values() if unit["kind"] == "union"), "工会")
    return {
        "union": union,
        "name": card["name"],
        "number": card["number"],
        "unit": units.get(card["unit_id"], {}).get("name", ""),
        "joined": f"{card['joined_on']} 入会",
        "address": address_of(card["token"]),
        "photo": photo,
    }


def _photo_of(card: dict[str, Any]) -> str | None:
    if not card["has_photo"]:
        return None
    try:
        return str(call(member_photo, {"member_id": card["member_id"]})["content"])
    except NotFound:
        return None
