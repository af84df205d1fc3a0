"""Loading names into a campaign's list: chosen, shown with the duplicates first, then added."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from gateway.portal.messages import say_rule
from gateway.portal.page_table import PageTable
from gateway.portal.people import names, only, unit_choices
from gateway.portal.service_calls import PASSED_ON, go, send, tell
from gateway.portal.uploads import takes_file, upload_of
from gateway.rpc.calls import call
from gateway.subjects.welfare.care_campaigns.number_lists import numbers_in
from gateway.subjects.welfare.care_campaigns.pages import here
from services.chassis.errors import InvalidInput, Problem, Refused
from services.chassis.input_errors import InputError
from services.chassis.plain_text import whole_number
from services.contracts.membership.record.numbers import members_by_number
from services.contracts.welfare.care_campaigns import operations as contract
from services.contracts.welfare.care_campaigns.requests import MOST_AT_ONCE

PAGES = PageTable()
LARGEST_LIST = 1024 * 1024
_SHOWN = 100
_SPLIT = re.compile(r"[\s,;，；、]+")


@PAGES.route("/console/care-campaigns/<uuid:campaign_id>/people", methods=["GET", "POST"])
@takes_file(LARGEST_LIST)
@only("officer")
def load_care_list(campaign_id: UUID) -> str | Response | tuple[str, int]:
    """Choose names, see what would become of them, and add them."""
    about = call(contract.get_care_campaign, {"campaign_id": str(campaign_id)})
    page: dict[str, Any] = {"about": about, "units": unit_choices(), "asked": None, "checked": None}
    if request.method != "POST":
        return render_template("portal/console/care_list.html", **page)
    try:
        asked = _asked(campaign_id)
        if request.form.get("confirmed"):
            expected = request.form.get("expected", type=whole_number)
            added = send(contract.add_to_care_list, {**asked, "expected": expected})
            flash(gettext("已加入 %(count)s 人。", count=added["new"]), "done")
            return go(here(campaign_id))
        checked = call(contract.check_care_list, asked)
    except PASSED_ON:
        raise
    except Problem as problem:
        tell(problem)
        return go(url_for("portal.load_care_list", campaign_id=campaign_id))
    return render_template("portal/console/care_list.html", **{**page, "asked": asked, **_told(checked)})


def _asked(campaign_id: UUID) -> dict[str, Any]:
    """Return the request: names typed or in a file are looked up by their numbers."""
    source = request.form.get("source", "")
    asked: dict[str, Any] = {"campaign_id": str(campaign_id), "source": source}
    if source == "units":
        return {**asked, "unit_ids": request.form.getlist("unit_ids")}
    if source != "typed":
        return asked
    known = request.form.getlist("member_ids")
    return {**asked, "member_ids": known or _by_number(_numbers())}


def _numbers() -> list[str]:
    upload = upload_of("content")
    typed = [one for one in _SPLIT.split(request.form.get("numbers", "").strip()) if one]
    return [*typed, *(numbers_in(upload) if upload is not None else [])]


def _by_number(numbers: Sequence[str]) -> list[str]:
    """Return the members with these numbers, one for each.

    Raises:
        InvalidInput: some are unknown; it names them.
        Refused: there are more than can be added at once.
    """
    if not numbers:
        return []
    if len(numbers) > MOST_AT_ONCE:
        figures = {"most": MOST_AT_ONCE, "count": len(numbers)}
        detail = f"At most {MOST_AT_ONCE} names at once."
        raise Refused(detail, rule="campaigns.names_are_few", field="numbers", params=figures)
    found = call(members_by_number, {"numbers": list(dict.fromkeys(numbers))})
    if found["not_found"]:
        unknown = gettext("、").join(found["not_found"][:20])
        detail = InputError("campaigns.numbers_are_known", f"No member has the number {unknown}.", unknown=unknown)
        raise InvalidInput(detail, field="numbers")
    by_number = {one["number"]: one["member_id"] for one in found["items"]}
    return [by_number[one] for one in numbers]


def _told(checked: dict[str, Any]) -> dict[str, Any]:
    ids = [*checked["duplicates"], *(one["member_id"] for one in checked["refused"]), *checked["new_ids"]]
    people = names([{"member_id": one} for one in ids[: 3 * _SHOWN]], "member_id")
    refused = [(people.get(one["member_id"]), say_rule(one["rule"], one["params"])) for one in checked["refused"]]
    return {"checked": checked, "people": people, "refused": refused[:_SHOWN], "shown": _SHOWN}
