"""What members see: the congresses of their own unit that were accepted."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from gateway.portal.columns import Column
from gateway.portal.list_pages import ListPage
from gateway.portal.page_table import PageTable
from services.contracts.governance.unit_congresses import operations as contract

PAGES = PageTable()

PAGES.add_list(
    ListPage(
        "my_filings", "/me/filings", contract.list_filings, _l("分工会教代会"),
        columns=("year", "unit_id", "form", "held_on", "entitled", "present", Column("state", state=True)),
        roles=("member",),
        lead=_l("所在分工会已备案的教代会和教职工大会：议程、到会、决议。"),
        empty=_l("所在分工会还没有已备案的教代会。"),
        icon="journal-check",
        back=("me", _l("我的")),
        link="filing",
        argument="filing_id",
        layout="member",
    )
)  # fmt: skip
