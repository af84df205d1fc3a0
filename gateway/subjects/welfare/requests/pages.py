"""Requests in the console: the list, by default what is open by its due day."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from gateway.portal.columns import Column
from gateway.portal.forms import Field
from gateway.portal.list_pages import ListExport, ListPage, PageLink
from gateway.portal.page_table import PageTable
from gateway.portal.people import unit_choices
from gateway.portal.service_calls import part
from services.contracts.welfare.requests.operations import list_requests
from services.contracts.welfare.requests.types import list_request_types

PAGES = PageTable()
_OFFICER = frozenset({"officer"})
_HANDLES = frozenset({"officer", "handler"})


def type_choices() -> dict[str, Any]:
    """Return the types with written requests by id."""
    return {one["id"]: one["name"] for one in part(list_request_types).items if not one["counted_only"]}


REQUESTS = PAGES.add_list(
    ListPage(
        "requests", "/console/requests", list_requests, _l("诉求办理"),
        columns=(
            "number", "type_name", "member_id", "unit_id", "step_name", "due_on",
            "submitted_at", Column("ended_at", on_page=False), Column("state", state=True),
        ),
        roles=("officer", "auditor", "handler"),
        filters=("q", "show", Field("type_id", choices=type_choices), Field("unit_id", choices=unit_choices), "state"),
        lead=_l("默认列出未办结的，快到期的在前；“已逾期”只看过了期限的。"),
        empty=_l("没有符合条件的诉求。"),
        icon="clipboard-check",
        links=(
            PageLink("request_types", _l("诉求类型"), "sliders", _OFFICER),
            PageLink("counselling", _l("咨询预约"), "calendar-event", _HANDLES),
        ),
        link="one_request",
        argument="request_id",
        export=ListExport(name="requests", title=_l("诉求")),
    )
)  # fmt: skip
