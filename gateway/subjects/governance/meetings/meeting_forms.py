"""The forms on the page of a meeting: an item, a document, a decision, something to do."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from gateway.portal.forms import Field, Form
from gateway.portal.people import names
from gateway.portal.service_calls import part
from services.contracts.governance.meetings import actions, decisions, meetings, motions


def _people(found: dict[str, Any]) -> dict[str, str]:
    known = names(found["seats"], "member_id")
    return {seat["member_id"]: known.get(seat["member_id"], "—") for seat in found["seats"]}


def item_form(found: dict[str, Any], posted: Any) -> Form:
    """Return the form of a new item of the agenda."""
    waiting = part(motions.list_motions, {"body_id": found["body_id"], "show": "open", "limit": 100}).items
    titles = {one["id"]: one["title"] for one in waiting}
    fields: list[Field | str] = [
        Field("title", wide=True, hint=_l("选了议题可以不填。")), "kind",
        Field("motion_id", control="select", choices=titles, blank=_l("不来自议题")),
        Field("presenter_id", choices=_people(found), control="select", blank=_l("不指定")), "minutes",
    ]  # fmt: skip
    return Form(meetings.AddMeetingItem, fields, posted=posted, prefix="item-")


def document_form(found: dict[str, Any], posted: Any) -> Form:
    """Return the form of a document."""
    items = {item["id"]: f"{item['position']}. {item['title']}" for item in found["items"]}
    content = Field(
        "content", _l("文件"), "file", required=True,
        hint=_l("PDF、JPEG 或 PNG，不超过 10 MB；加密保存，参会人可以看。"),
        extra={"accept": "application/pdf,image/jpeg,image/png"},
    )  # fmt: skip
    fields: list[Field | str] = [
        "document",
        Field("item_id", _l("议程"), "select", choices=items, blank=_l("整个会议")),
        content,
    ]
    return Form(meetings.AttachMeetingDocument, fields, posted=posted, prefix="document-")


def decision_form(posted: Any) -> Form:
    """Return the form of a decision."""
    counts = ("votes_for", "votes_against", "abstained")
    fields: list[Field | str] = [
        Field("title", wide=True), Field("text", control="textarea", hint=_l("决定了什么、谁来办、用多少钱。")),
        Field("vote_way", hint=_l("一致同意：到会成员都算赞成，不用填票数。")), *counts,
    ]  # fmt: skip
    return Form(decisions.RecordDecision, fields, posted=posted, prefix="decision-")


def action_form(found: dict[str, Any], posted: Any) -> Form:
    """Return the form of something to do."""
    items = {item["id"]: f"{item['position']}. {item['title']}" for item in found["items"]}
    fields: list[Field | str] = [
        Field("text", _l("事项"), wide=True), Field("owner_id", choices=_people(found), control="select"), "due_on",
        Field("item_id", _l("议程"), "select", choices=items, blank=_l("不对应议程")),
    ]  # fmt: skip
    return Form(actions.AddActionItem, fields, posted=posted, prefix="action-")
