"""The delivery log in the console: what left the portal, why something did not, and sending it again."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from flask import url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.notices.answers import answer
from gateway.notices.naming import kind_names, named
from gateway.portal.columns import Column, actions
from gateway.portal.form_fields import ALL, Field
from gateway.portal.list_pages import ListExport, ListPage
from gateway.portal.list_parts import PageLink
from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.service_calls import carry_out
from services.contracts.gateway.deliveries import list_deliveries, retry_delivery

PAGES = PageTable()
SEES = ("officer", "ops")

DELIVERIES = PAGES.add_list(
    ListPage(
        "deliveries",
        "/console/notices/deliveries",
        list_deliveries,
        _l("通知发送"),
        (
            Column("kind", value=lambda item: named(item["kind"]), how="text"),
            "channel",
            Column("member_id", optional=True),
            Column("state", state=True),
            Column("reason", optional=True),
            Column("answer", optional=True),
            "attempts",
            "queued_at",
            Column("next_at", optional=True),
            Column("sent_at", optional=True),
            actions("again"),
        ),
        SEES,
        filters=("state", "channel", Field("kind", control="select", choices=kind_names, blank=ALL)),
        lead=_l("发到门户之外的通知。没有送达的会自动重试，“发送失败”的不再重试。"),
        empty=_l("没有发送过通知。"),
        icon="envelope",
        links=(
            PageLink("notice_stops", _l("停发"), "x-circle", frozenset({"officer"})),
            PageLink("notice_robots", _l("群机器人"), "people", frozenset({"officer"})),
        ),
        read=partial(answer, list_deliveries),
        macros="portal/console/delivery_cells.html",
        export=ListExport(roles=frozenset({"officer"})),
    )
)


@PAGES.post("/console/notices/deliveries/<uuid:delivery_id>/retry")
@only(*SEES)
def retry_notice(delivery_id: UUID) -> Response:
    """Send a notice again at once."""
    payload = {"delivery_id": str(delivery_id)}
    then = url_for("portal.deliveries")
    return carry_out(lambda: answer(retry_delivery, payload), done=gettext("已排到最前，几秒内再发。"), then=then)
