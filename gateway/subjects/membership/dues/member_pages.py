"""The own dues: what each month cost, what was paid, and by which rule."""

from __future__ import annotations

from flask import render_template, request

from gateway.portal.page_table import PageTable
from gateway.portal.people import only, signed_in
from gateway.portal.service_calls import part
from services.contracts.membership.dues.collecting import list_dues_payments
from services.contracts.membership.dues.operations import get_member_dues

PAGES = PageTable()


@PAGES.get("/me/dues")
@only("member")
def my_dues() -> str:
    """Show the own dues."""
    of_me = {"member_id": str(signed_in().member_id)}
    payments = part(list_dues_payments, {**of_me, "cursor": request.args.get("cursor")})
    return render_template("portal/member/dues.html", found=part(get_member_dues, of_me), payments=payments)
