"""One's own goods: choosing, the code, the proxy, and what was had before."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, request, url_for
from flask_babel import gettext
from markupsafe import Markup
from werkzeug.wrappers import Response

from gateway.pdf.codes import qr_svg
from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.service_calls import act, part
from gateway.rpc.calls import call
from services.contracts.welfare.programmes.operations import choose_package, get_my_goods, my_goods, name_proxy

PAGES = PageTable()


@PAGES.get("/me/goods")
@only("member")
def own_goods() -> str:
    """List one's goods, newest first."""
    return render_template("portal/member/goods.html", goods=part(my_goods, {"limit": 50}))


@PAGES.get("/me/goods/<uuid:entitlement_id>")
@only("member")
def my_goods_item(entitlement_id: UUID) -> str:
    """Show one's goods of a cycle, with what may be chosen and the code."""
    found = call(get_my_goods, {"entitlement_id": str(entitlement_id)})
    code = Markup(qr_svg(found["code"])) if found["code"] else None  # noqa: S704  made by segno
    return render_template("portal/member/goods_item.html", goods=found, code=code)


@PAGES.post("/me/goods/<uuid:entitlement_id>/choose")
@only("member")
def choose_goods(entitlement_id: UUID) -> Response:
    """Choose a package and a slot."""
    payload = {
        "entitlement_id": str(entitlement_id),
        "package_id": request.form.get("package_id", ""),
        "slot_id": request.form.get("slot_id") or None,
    }
    return act(choose_package, payload, done=gettext("已选好，截止前还可以改。"), then=_here(entitlement_id))


@PAGES.post("/me/goods/<uuid:entitlement_id>/proxy")
@only("member")
def set_proxy(entitlement_id: UUID) -> Response:
    """Agree to a proxy by name, or withdraw that."""
    name = request.form.get("name", "").strip() or None
    done = gettext("已同意由%(name)s代领。", name=name) if name else gettext("已撤回代领。")
    return act(name_proxy, {"entitlement_id": str(entitlement_id), "name": name}, done=done, then=_here(entitlement_id))


def _here(entitlement_id: UUID) -> str:
    return url_for("portal.my_goods_item", entitlement_id=entitlement_id)
