"""The code that hangs at a place: a poster to print, and making a new one."""

from __future__ import annotations

import base64
from uuid import UUID

from flask import Response, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as Answer

from gateway.http.files import file_response
from gateway.pdf.printing import printed
from gateway.portal.formats import is_english
from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.service_calls import act
from gateway.portal.words import words
from gateway.rpc.calls import call
from gateway.subjects.activities.places.place_form import lines_of
from gateway.union_profile import profile
from services.chassis.process.settings import settings
from services.contracts.activities.places import codes as contract
from services.contracts.activities.places.places import get_place
from services.contracts.activities.places.vocabulary import WEEKDAYS

PAGES = PageTable()


@PAGES.get("/console/places/<uuid:place_id>/code.pdf")
@only("officer")
def place_poster(place_id: UUID) -> Response:
    """Return the poster with the code by which members check in."""
    ref = {"place_id": str(place_id)}
    place, code = call(get_place, ref), call(contract.printed_place_code, ref)["code"]
    union = profile.current()
    emblem = profile.emblem(union.emblem_digest) if union.emblem_digest else None
    hours = [(WEEKDAYS.texts[day], line) for day, line in lines_of(place["hours"]).items() if line]
    told = {
        "union": union.name(english=is_english()),
        "colour": union.colour,
        "emblem": base64.b64encode(emblem).decode() if emblem else None,
        "kind": str(words(place["kind"], "place_kind")),
        "title": place["name"],
        "facts": [(gettext("地点"), place["address"]), *hours],
        "summary": place["about"] or "",
        "address": f"{settings().public_url or request.host_url.rstrip('/')}"
        + url_for("portal.place_check_in", token=code),
        "call": gettext("到场扫码签到"),
    }
    content = base64.b64encode(printed("poster", told)).decode()
    return file_response({"name": f"{place['name']}.pdf", "media_type": "application/pdf", "content": content})


@PAGES.post("/console/places/<uuid:place_id>/code")
@only("officer")
def renew_place_code(place_id: UUID) -> Answer:
    """End the codes that were printed, and make a new one."""
    done = gettext("已更换签到码，旧码作废，请重新打印张贴。")
    then = url_for("portal.console_place", place_id=place_id)
    return act(contract.renew_place_code, {"place_id": str(place_id)}, done=done, then=then)
