"""The public page of a card's QR code: whether the membership is in force."""

from __future__ import annotations

from flask import render_template

from gateway.http.rate_limits import require_below
from gateway.portal.page_table import PageTable
from gateway.rpc.calls import call
from services.chassis.errors import InvalidInput, NotFound
from services.contracts.membership.card import verify_card

PAGES = PageTable()

VERIFYING = "600/minute"
"""Checks per address; a gate where cards are checked has one address."""


@PAGES.get("/verify/<token>")
def verify_membership(token: str) -> str | tuple[str, int]:
    """Show valid or ended, with a shortened name and the unit; for an invalid card show no data."""
    require_below(VERIFYING, "verify_card")
    try:
        found = call(verify_card, {"token": token})
    except (NotFound, InvalidInput):
        return render_template("portal/public/verify.html", found=None), 404
    return render_template("portal/public/verify.html", found=found)
