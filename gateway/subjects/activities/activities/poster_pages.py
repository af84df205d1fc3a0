"""The poster of an activity, to put up: what, when, where, and a QR code of its page."""

from __future__ import annotations

import base64
from typing import Any
from uuid import UUID

from flask import Response, request, url_for
from flask_babel import gettext

from gateway.http.files import file_response
from gateway.pdf.printing import printed
from gateway.portal.audience_words import audience_words
from gateway.portal.formats import is_english, span, title_of
from gateway.portal.page_table import PageTable
from gateway.portal.people import only, unit_name
from gateway.portal.words import words
from gateway.read_models import activities
from gateway.union_profile import profile
from services.chassis.process.settings import settings

PAGES = PageTable()


@PAGES.get("/activities/<uuid:activity_id>/poster.pdf")
@only()
def activity_poster(activity_id: UUID) -> Response:
    """Return the poster of an announced activity."""
    activity = activities.get(activity_id)
    content = printed("poster", _drawn(activity))
    return file_response(
        {
            "name": f"{title_of(activity)}.pdf",
            "media_type": "application/pdf",
            "content": base64.b64encode(content).decode(),
        }
    )


def _drawn(activity: dict[str, Any]) -> dict[str, Any]:
    """Return the content of a poster for `gateway.pdf.poster`."""
    union = profile.current()
    emblem = profile.emblem(union.emblem_digest) if union.emblem_digest else None
    page = url_for("portal.activity", activity_id=activity["id"])
    facts = (
        (gettext("时间"), span(activity["starts_at"], activity["ends_at"])),
        (gettext("地点"), activity["place"] or gettext("待定")),
        (gettext("对象"), audience_words(activity["audience"])),
        (gettext("报名"), span(activity["registration_opens_at"], activity["registration_closes_at"])),
        (gettext("主办"), unit_name(activity["organiser_unit_id"])),
    )
    return {
        "union": union.name(english=is_english()),
        "colour": union.colour,
        "emblem": base64.b64encode(emblem).decode() if emblem else None,
        "kind": str(words(activity["kind"], "activity_kind")),
        "title": title_of(activity),
        "facts": [(label, str(text)) for label, text in facts],
        "summary": (activity["summary_en"] if is_english() else None) or activity["summary"] or "",
        "address": f"{settings().public_url or request.host_url.rstrip('/')}{page}",
        "call": gettext("扫码查看并报名"),
    }
