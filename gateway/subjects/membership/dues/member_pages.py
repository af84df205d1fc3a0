"""The own dues: what each month cost, what was paid, and by which rule."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from gateway.portal.columns import Column
from gateway.portal.list_pages import ListPage, Shown
from gateway.portal.page_table import PageTable
from gateway.portal.people import signed_in
from gateway.portal.service_calls import part
from services.contracts.membership.dues.collecting import list_dues_payments
from services.contracts.membership.dues.operations import get_member_dues

PAGES = PageTable()


def _of_me() -> dict[str, str]:
    return {"member_id": str(signed_in().member_id)}


def _owed(shown: Shown) -> dict[str, Any]:
    """Return the own dues by month."""
    return {"found": part(get_member_dues, _of_me())}


OWN_DUES = PAGES.add_list(
    ListPage(
        "my_dues", "/me/dues", list_dues_payments, _l("我的会费"),
        columns=("month", "amount", Column("kind", macro="kind"), "paid_on", "channel"),
        roles=("member",),
        empty=_l("还没有缴费记录。"),
        icon="cash-stack",
        back=("me", _l("我的")),
        payload=lambda values: _of_me(),
        more=_owed,
        template="portal/member/dues.html",
        macros="portal/parts/payments.html",
        layout="member",
    )
)  # fmt: skip
