"""The own membership card: on screen with a code valid for minutes, as PDF, and revoking lost cards."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask_babel import gettext
from markupsafe import Markup
from werkzeug.wrappers import Response

from gateway.pdf.codes import qr_svg
from gateway.portal.page_table import PageTable
from gateway.portal.people import only, signed_in
from gateway.portal.service_calls import act, part
from gateway.portal.uploads import file_response
from gateway.rpc.calls import call
from gateway.subjects.membership.cards.papers import address_of, own_card_paper
from services.contracts.membership.card import my_card, revoke_cards
from services.contracts.membership.record.files import member_photo

PAGES = PageTable()


@PAGES.get("/me/card")
@only("member")
def card() -> str:
    """Show the card; its code is new each time."""
    return _with_code("portal/member/card.html")


@PAGES.get("/me/card/code")
@only("member")
def card_code() -> str:
    """Return a new code for the card that is shown, before the last one ends."""
    return _with_code("portal/member/card_code.html")


def _with_code(template: str) -> str:
    found = part(my_card, {})
    address = address_of(found.data["token"]) if found.data else ""
    code = Markup(qr_svg(address)) if address else None  # noqa: S704  made by segno here
    return render_template(template, card=found, code=code, address=address)


@PAGES.get("/me/card.pdf")
@only("member")
def card_pdf() -> Response:
    """Return the card as PDF; its code is valid until it is revoked."""
    return file_response(own_card_paper())


@PAGES.get("/me/photo")
@only("member")
def my_photo() -> Response:
    """Show the own photo."""
    return file_response(call(member_photo, {"member_id": str(signed_in().member_id)}), inline=True)


@PAGES.post("/me/card/revoke")
@only("member")
def revoke_own_card() -> Response:
    """Revoke all earlier cards."""
    payload = {"member_id": str(signed_in().member_id), "reason": request.form.get("reason", "").strip()}
    return act(revoke_cards, payload, done=gettext("以前的会员卡都已作废。"), then=url_for("portal.card"))
