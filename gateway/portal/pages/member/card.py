"""The own membership card: on the screen with a code that lives for minutes, on paper, and ended when it was lost."""

from __future__ import annotations

import base64
from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext
from markupsafe import Markup
from werkzeug.wrappers import Response

from gateway.calls import call, unit_names
from gateway.papers.cards import one_card, qr_svg
from gateway.portal.blueprint import portal
from gateway.portal.formats import name_of, plain_day
from gateway.portal.people import only, signed_in, unit_name
from gateway.portal.seams import act, part
from gateway.portal.uploads import file_response
from services.chassis.errors import NotFound
from services.contracts.membership.card import my_card, revoke_cards
from services.contracts.membership.record_files import member_photo


@portal.get("/me/card")
@only("member")
def card() -> str:
    """Show the card; its code is fresh with every look."""
    found = part(my_card, {})
    code = Markup(qr_svg(address_of(found.data["token"]))) if found.data else None  # noqa: S704  made by segno here
    return render_template("portal/member/card.html", card=found, code=code)


@portal.get("/me/card.pdf")
@only("member")
def card_pdf() -> Response:
    """Hand out the card to be printed; its code lasts until it is revoked."""
    found = call(my_card, {"paper": True})
    content = one_card(drawn(found, _own_photo(found)))
    return file_response(paper(f"{found['number']}.pdf", content))


@portal.get("/me/photo")
@only("member")
def my_photo() -> Response:
    """Show the own photo."""
    return file_response(call(member_photo, {"member_id": str(signed_in().member_id)}), inline=True)


@portal.post("/me/card/revoke")
@only("member")
def revoke_own_card() -> Response:
    """End every card given so far."""
    payload = {"member_id": str(signed_in().member_id), "reason": request.form.get("reason", "").strip()}
    return act(revoke_cards, payload, done=gettext("以前的会员卡都已作废。"), then=url_for("portal.card"))


def address_of(token: str) -> str:
    """Return the address a card's code leads to."""
    return url_for("portal.verify_membership", token=token, _external=True)


def drawn(card: dict[str, Any], photo: str | None) -> dict[str, Any]:
    """Return what the paper shows of a card."""
    return {
        "union": _union_name(),
        "name": card["name"],
        "number": card["number"],
        "unit": unit_name(card["unit_id"]),
        "joined": gettext("%(day)s 入会", day=plain_day(card["joined_on"])),
        "address": address_of(card["token"]),
        "photo": photo,
    }


def _union_name() -> str:
    found = next((unit for unit in unit_names().values() if unit["kind"] == "union"), None)
    return name_of(found) if found else gettext("工会")


def paper(name: str, content: bytes) -> dict[str, Any]:
    """Return a PDF as a file to hand out."""
    return {"name": name, "media_type": "application/pdf", "content": base64.b64encode(content).decode("ascii")}


def _own_photo(card: dict[str, Any]) -> str | None:
    if not card["has_photo"]:
        return None
    try:
        return str(call(member_photo, {"member_id": card["member_id"]})["content"])
    except NotFound:
        return None
