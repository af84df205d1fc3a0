"""Who looked at one's own welfare data, as a page."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from gateway.portal.list_pages import ListPage
from gateway.portal.page_table import PageTable
from services.contracts.welfare.looks import my_welfare_looks

PAGES = PageTable()

LOOKS = PAGES.add_list(
    ListPage(
        "my_welfare_looks", "/me/welfare-looks", my_welfare_looks, _l("谁看过我的福利信息"),
        columns=("kind", "purpose", "at"),
        roles=("member",),
        lead=_l("别人查看您的诉求、帮扶申请、互助保障申领、走访和福利明细中受保护的内容时，都要写明用途并记录在这里。"),
        empty=_l("没有人查看过。"),
        icon="eye",
        back=("my_data", _l("我的数据")),
        layout="member",
    )
)  # fmt: skip
