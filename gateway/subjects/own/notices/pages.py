"""The inbox: what one was told, newest first; opening a notice, or pressing a button, marks it as read."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.identity.current import current_principal
from gateway.notices import wording
from gateway.notices.answers import answer
from gateway.notices.naming import kind_names_for
from gateway.portal.columns import Column
from gateway.portal.form_fields import Field
from gateway.portal.list_pages import ListPage
from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.service_calls import go
from services.contracts.gateway.notices import list_notices, read_all_notices, read_notice

PAGES = PageTable()


def _own_kinds() -> dict[str, Any]:
    return kind_names_for(current_principal().roles)


MESSAGES = PAGES.add_list(
    ListPage(
        "messages",
        "/messages",
        list_notices,
        _l("消息"),
        (Column("kind", macro="what"), "at", Column("state", state=True)),
        (),
        filters=("state", Field("kind", choices=_own_kinds)),
        empty=_l("还没有消息。"),
        icon="bell",
        read=partial(answer, list_notices),
        more=lambda shown: {"told": wording.in_portal(shown.found.items)},
        layout="member",
        template="portal/member/messages.html",
        macros="portal/member/message_cells.html",
    )
)


@PAGES.get("/messages/<uuid:notice_id>")
@only()
def message(notice_id: UUID) -> Response:
    """Mark a notice as read and go to the page that shows more."""
    read = answer(read_notice, {"notice_id": str(notice_id)})
    return redirect(wording.in_portal([read])[str(read["id"])].path, code=303)


@PAGES.post("/messages/read")
@only()
def read_messages() -> Response:
    """Mark the notices that the list shows, and those on its further pages, as read."""
    kind, until = request.form.get("kind"), request.form.get("until")
    payload = {**({"kind": kind} if kind else {}), **({"until": until} if until else {})}
    count = answer(read_all_notices, payload)["count"]
    flash(gettext("已把 %(count)s 条消息标为已读。", count=count), "done")
    return go(url_for("portal.messages", kind=kind or None))
