"""Lists of proposals: in the console what is to be handled, for every member what is public, and one's own."""

from __future__ import annotations

from typing import Any

from flask import render_template
from flask_babel import lazy_gettext as _l

from gateway.identity.current import current_principal
from gateway.portal.columns import Column
from gateway.portal.forms import Field
from gateway.portal.list_pages import ListExport, ListPage, PageLink
from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.service_calls import part
from services.contracts.governance.proposals import operations as contract
from services.contracts.governance.proposals.campaigns import list_proposal_campaigns
from services.contracts.governance.proposals.departments import list_departments

PAGES = PageTable()
CONSOLE = ("officer", "auditor", "chair", "handler")
_OFFICES = frozenset({"officer", "chair"})


def campaign_choices() -> dict[str, Any]:
    """Return the campaigns by id, the newest first."""
    return {one["id"]: one["name"] for one in part(list_proposal_campaigns, {"limit": 100}).items}


def department_choices() -> dict[str, Any]:
    """Return the departments that take proposals by id."""
    return {one["id"]: one["name"] for one in part(list_departments, {"active": True, "limit": 100}).items}


_FILTERS: tuple[Field | str, ...] = (
    Field("q", hint=_l("案名或编号")),
    Field("campaign_id", choices=campaign_choices, control="select", blank=_l("全部")),
    "kind", "state", Field("department_id", choices=department_choices, control="select", blank=_l("全部")),
)  # fmt: skip

PAGES.add_list(
    ListPage(
        "proposals", "/console/proposals", contract.list_proposals, _l("提案"),
        columns=("title", "number", "kind", Column("proposer_id", how="member"), "seconders",
                 Column("department", optional=True),
                 Column("due_on", optional=True), Column("percent", on_page=False), Column("outcome", on_page=False),
                 Column("satisfaction", optional=True), Column("submitted_at", on_page=False),
                 Column("filed_on", on_page=False), Column("state", state=True)),
        roles=CONSOLE,
        filters=(*_FILTERS[:1], "show", *_FILTERS[1:]),
        lead=_l("从审查、交办、答复到评价和落实；承办部门只看到交给自己的提案。"),
        empty=_l("没有符合条件的提案。"),
        icon="chat-left-text",
        link="proposal",
        argument="proposal_id",
        links=(
            PageLink("proposal_campaigns", _l("提案征集"), "megaphone", _OFFICES | {"auditor"}),
            PageLink("proposal_figures", _l("统计"), "bar-chart", _OFFICES | {"auditor"}),
        ),
        export=ListExport(),
    )
)  # fmt: skip

PAGES.add_list(
    ListPage(
        "public_proposals", "/proposals", contract.list_public_proposals, _l("已立案的提案"),
        columns=("title", "number", "kind", Column("proposer_id", how="member"), Column("department", optional=True),
                 Column("satisfaction", optional=True), Column("state", state=True)),
        roles=(*CONSOLE, "member"),
        filters=_FILTERS,
        lead=_l("立案的提案、答复、评价和落实情况，会员都能看到。"),
        empty=_l("没有符合条件的提案。"),
        icon="chat-left-text",
        layout="member",
        link="proposal",
        argument="proposal_id",
        back=("my_proposals", _l("提案")),
        export=ListExport(roles=frozenset(CONSOLE), name="public-proposals", title=_l("已立案的提案")),
    )
)  # fmt: skip


@PAGES.get("/me/proposals")
@only("member")
def my_proposals() -> str:
    """Show one's own proposals, those that seek seconders, and where one can propose."""
    own = part(contract.my_proposals, {"limit": 50})
    me = str(current_principal().member_id)
    return render_template(
        "portal/member/proposals.html",
        campaigns=part(list_proposal_campaigns, {"mine": True, "limit": 20}),
        seeking=part(contract.list_proposals_to_second, {"limit": 50}),
        own=own,
        mine=[one for one in own.items if one["proposer_id"] == me],
        others=[one for one in own.items if one["proposer_id"] != me],
    )
