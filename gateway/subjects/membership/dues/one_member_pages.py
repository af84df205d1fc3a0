"""One member's dues: bases, exemptions, months, payments, and what an officer may do with each."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.identity.current import current_principal
from gateway.portal.columns import Column, actions
from gateway.portal.list_pages import ListPage, Shown
from gateway.portal.page_table import PageTable
from gateway.portal.people import CONSOLE_ROLES, only, unit_name
from gateway.portal.service_calls import PASSED_ON, act, go, part, tell
from gateway.rpc.calls import call
from services.chassis.amounts import plain_amount
from services.chassis.errors import Problem
from services.chassis.schema import Operation
from services.contracts.membership.dues.collecting import (
    ask_dues_refund,
    list_dues_payments,
    record_dues_payment,
    reverse_dues_payment,
)
from services.contracts.membership.dues.operations import (
    adjust_dues,
    end_exemption,
    exempt_from_dues,
    get_member_dues,
    set_dues_base,
    unmask_dues_base,
)
from services.contracts.membership.record.operations import get_member

PAGES = PageTable()


def _owed(shown: Shown) -> dict[str, Any]:
    """Return what the member owes, and no base in plain."""
    member = shown.about
    return {
        "title": gettext("%(name)s的会费", name=member["name"]),
        "lead": f"{member['number']} · {unit_name(member['unit_id'])}",
        "found": part(get_member_dues, shown.named),
        "plain": {},
    }


DUES_OF_MEMBER = PAGES.add_list(
    ListPage(
        "member_dues", "/console/dues/members/<uuid:member_id>", list_dues_payments, _l("会费"),
        columns=("month", "amount", Column("kind", macro="kind"), "paid_on", "channel", "note", actions("undo")),
        roles=tuple(CONSOLE_ROLES),
        empty=_l("还没有缴费记录。"),
        icon="cash-stack",
        back=("dues_arrears", _l("欠缴名单")),
        about=get_member,
        listed=lambda member: current_principal().has("officer", "auditor"),
        more=_owed,
        template="portal/console/dues_member.html",
        macros="portal/parts/payments.html",
    )
)  # fmt: skip


def _typed(*names: str) -> dict[str, Any]:
    """Return what was filled in; what was left empty is left out."""
    return {name: request.form[name].strip() for name in names if request.form.get(name, "").strip()}


def _amount(name: str) -> str:
    return plain_amount(request.form.get(name, "")).strip()


def _do(member_id: UUID, operation: Operation, payload: dict[str, Any], done: str) -> Response:
    return act(operation, payload, done=done, then=url_for("portal.member_dues", member_id=member_id))


@PAGES.post("/console/dues/members/<uuid:member_id>/base")
@only("officer")
def set_base(member_id: UUID) -> Response:
    """Set the base from a month on."""
    month = request.form.get("month", "").strip()
    payload = {
        "member_id": str(member_id), "base": _amount("base"), "starts_on": f"{month}-01", **_typed("reason"),
    }  # fmt: skip
    return _do(member_id, set_dues_base, payload, gettext("缴费基数已登记。"))


@PAGES.post("/console/dues/members/<uuid:member_id>/base/<uuid:base_id>/unmask")
@only("officer")
def show_base(member_id: UUID, base_id: UUID) -> str | Response:
    """Show one base in plain, once, for a purpose that is logged."""
    try:
        reply = call(unmask_dues_base, {"base_id": str(base_id), **_typed("purpose")})
    except PASSED_ON:
        raise
    except Problem as problem:
        tell(problem)
        return go(url_for("portal.member_dues", member_id=member_id))
    return DUES_OF_MEMBER.show({"member_id": str(member_id)}, plain={str(base_id): reply["value"]})


@PAGES.post("/console/dues/members/<uuid:member_id>/exempt")
@only("officer")
def exempt(member_id: UUID) -> Response:
    """Waive dues for a time."""
    payload = {"member_id": str(member_id), **_typed("reason", "starts_on", "ends_on")}
    return _do(member_id, exempt_from_dues, payload, gettext("免缴已登记。"))


@PAGES.post("/console/dues/members/<uuid:member_id>/exempt/<uuid:exemption_id>/end")
@only("officer")
def end_exempt(member_id: UUID, exemption_id: UUID) -> Response:
    """Set the last day of an exemption."""
    payload = {"exemption_id": str(exemption_id), **_typed("ends_on")}
    return _do(member_id, end_exemption, payload, gettext("免缴截止日期已登记。"))


@PAGES.post("/console/dues/members/<uuid:member_id>/months/<string:month>/<any(pay, adjust, refund):what>")
@only("officer")
def act_on_month(member_id: UUID, month: str, what: str) -> Response:
    """Record a payment, correct what is owed, or ask for a refund."""
    payload: dict[str, Any] = {"member_id": str(member_id), "month": month}
    if what == "pay":
        payload |= {"amount": _amount("amount"), **_typed("paid_on", "note")}
        return _do(member_id, record_dues_payment, payload, gettext("缴费已登记，并报工会经费入账。"))
    if what == "adjust":
        payload |= {"due": _amount("due"), **_typed("reason")}
        return _do(member_id, adjust_dues, payload, gettext("应缴金额已更正。"))
    payload |= {"amount": _amount("amount"), **_typed("reason")}
    return _do(member_id, ask_dues_refund, payload, gettext("已提交退款申请，由另一位干部审批。"))


@PAGES.post("/console/dues/members/<uuid:member_id>/payments/<uuid:payment_id>/reverse")
@only("officer")
def undo_payment(member_id: UUID, payment_id: UUID) -> Response:
    """Undo a payment recorded by mistake."""
    payload = {"payment_id": str(payment_id), **_typed("reason")}
    return _do(member_id, reverse_dues_payment, payload, gettext("缴费记录已冲销，原记录保留。"))
