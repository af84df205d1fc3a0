"""Asking the funds again; the page of the source shows the money by `portal/parts/source_money.html`."""

from __future__ import annotations

from uuid import UUID

from flask import url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.preferences import safe_next
from gateway.portal.service_calls import act
from services.contracts.welfare.payment_operations import pay_again, reserve_money_again

PAGES = PageTable()


@PAGES.post("/console/payments/<source_type>/<uuid:source_id>/pay-again")
@only("officer")
def pay_source_again(source_type: str, source_id: UUID) -> Response:
    """Ask again for a payment that was refused or reversed; the page it was asked from is next."""
    wanted = {"source_type": source_type, "source_id": str(source_id)}
    return act(pay_again, wanted, done=gettext("已重新申请付款。"), then=safe_next(url_for("portal.fund_refusals")))


@PAGES.post("/console/payments/<source_type>/<uuid:source_id>/reserve-again")
@only("officer")
def reserve_source_again(source_type: str, source_id: UUID) -> Response:
    """Ask again for a reservation that was refused; the page it was asked from is next."""
    wanted = {"source_type": source_type, "source_id": str(source_id)}
    then = safe_next(url_for("portal.commitments"))
    return act(reserve_money_again, wanted, done=gettext("已重新申请预留。"), then=then)
