"""Blocking a place in the console: the time and the reason, then how many bookings it cancels, then the block."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from gateway.portal.forms import Form
from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.service_calls import act, attempt, go, submit
from gateway.rpc.calls import call
from services.contracts.activities.places import places as contract

PAGES = PageTable()
_FIELDS = ("starts_at", "ends_at", "reason")


@PAGES.route("/console/places/<uuid:place_id>/block", methods=["GET", "POST"])
@only("officer")
def block_place(place_id: UUID) -> str | Response | tuple[str, int]:
    """Ask for a block; first how many bookings it cancels is shown, then it is confirmed."""
    found = call(contract.get_place, {"place_id": str(place_id)})
    here = url_for("portal.console_place", place_id=place_id)
    posted = request.form if request.method == "POST" else None
    form, told = Form(contract.BlockPlace, _FIELDS, posted=posted), None
    if posted is not None:
        told = _seen(form, place_id)
        seen = request.form.get("cancels", "")
        if told is not None and seen == str(told):
            fixed: dict[str, Any] = {"place_id": str(place_id), "cancels": told}
            if (made := submit(form, contract.block_place, **fixed)) is not None:
                flash(gettext("已封闭，取消了 %(count)s 个预约，会员已收到消息。", count=made["cancels"]), "done")
                return go(here)
    page = render_template("portal/console/place_block.html", place=found, form=form, told=told, here=here)
    return (page, 422) if posted is not None and form.problem else page


@PAGES.post("/console/places/<uuid:place_id>/blocks/<uuid:block_id>/lift")
@only("officer")
def lift_place_block(place_id: UUID, block_id: UUID) -> Response:
    """Lift a block."""
    payload = {"place_id": str(place_id), "block_id": str(block_id)}
    then = url_for("portal.console_place", place_id=place_id)
    return act(contract.lift_place_block, payload, done=gettext("已解除封闭，之前取消的预约不会恢复。"), then=then)


def _seen(form: Form, place_id: UUID) -> int | None:
    """Return how many bookings the block would cancel, None where the form is refused."""
    asked = {name: value for name, value in form.payload().items() if name in ("starts_at", "ends_at")}
    preview = attempt(form, lambda: call(contract.preview_place_block, {"place_id": str(place_id), **asked}))
    return None if preview is None else int(preview["cancels"])
