"""Uses of members' facts by other services: which purposes there are, and every question that was asked."""

from flask_babel import lazy_gettext as _l

from gateway.portal.columns import Column
from gateway.portal.list_pages import ListExport, ListPage
from gateway.portal.page_table import PageTable
from services.contracts.membership.facts import list_fact_uses

PAGES = PageTable()

FACT_USES = PAGES.add_list(
    ListPage(
        "fact_uses", "/console/fact-uses", list_fact_uses, _l("会员信息的使用"),
        columns=("used_at", "service", "purpose", "facts", "members", Column("about", macro="about", in_file=False)),
        roles=("officer", "auditor"),
        filters=("purpose",),
        lead=_l("其他服务办事时只按登记的用途查询会员信息；每次查询记一条，不逐人记录，保存三年。"),
        empty=_l("还没有查询。"),
        icon="shield-check",
        more=lambda shown: {"purposes": (shown.found.data or {}).get("purposes", [])},
        template="portal/console/fact_uses.html",
        macros="portal/parts/fact_uses.html",
        export=ListExport(personal=False),
    )
)  # fmt: skip
