"""The desk where goods are handed out: a scanner that stands, and the signature under each code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.desks import scanned
from gateway.portal.page_table import PageTable
from gateway.portal.people import names, only
from gateway.portal.service_calls import PASSED_ON, ask_again, go, send, tell
from gateway.rpc.calls import call
from gateway.subjects.welfare.programmes.wording import first_hand
from services.chassis.errors import Problem
from services.contracts.gateway.codes import LONGEST_CODE
from services.contracts.welfare.programmes.operations import look_up_goods, record_hand_out

PAGES = PageTable()


def page_of_code(_told: Mapping[str, Any]) -> tuple[str, Any]:
    """Return the page that goes on with a code that was scanned elsewhere."""
    return url_for("portal.hand_out_desk"), _l("到领取登记")


@PAGES.get("/console/hand-outs")
@only("officer", "chair")
def hand_out_desk() -> str:
    """Show the scanner."""
    return render_template("portal/console/desk.html", longest=LONGEST_CODE, goods=None, problem=None)


@PAGES.post("/console/hand-outs")
@only("officer", "chair")
def looked_up() -> Response:
    """Show whose goods a code is for, with the form to sign; alone for the scanner's script."""

    def look_up(text: str) -> dict[str, Any]:
        goods = call(look_up_goods, {"code": text})
        return {"goods": goods, "people": names([goods], "member_id")}

    return scanned(
        look_up,
        scope="look_up_goods",
        result="portal/console/desk_result.html",
        page=lambda shown: render_template("portal/console/desk.html", longest=LONGEST_CODE, **shown),
        shown={"goods": None, "people": {}},
    )


@PAGES.post("/console/hand-outs/record")
@only("officer", "chair")
def hand_over() -> Response:
    """Hand out what was looked up."""
    payload = {
        "code": request.form.get("code", ""),
        "signature": request.form.get("signature", "").strip(),
        "by_proxy": request.form.get("by_proxy") == "1",
    }
    here = url_for("portal.hand_out_desk")
    try:
        given = send(record_hand_out, payload)
    except PASSED_ON:
        raise
    except Problem as problem:
        tell(problem)
        if by := first_hand(problem):
            ask_again(by)
        return go(here)
    who = names([given], "member_id").get(given["member_id"], "")
    flash(gettext("%(name)s（%(number)s 号）的%(package)s已登记领取。", name=who, number=given["number"],
                  package=given["package"]), "done")  # fmt: skip
    return go(here)
