"""Following an application without an account: by its id and the code given when it was made."""

from __future__ import annotations

from flask import render_template, request
from flask_babel import lazy_gettext as _l

from gateway.portal import steps
from gateway.portal.blueprint import portal
from gateway.portal.forms import Field, Form
from gateway.portal.seams import submit
from services.contracts.membership.application import FollowApplication
from services.contracts.membership.joining import follow_application

FIELDS = (
    Field("application_id", _l("申请编号"), wide=True, extra={"autocomplete": "off", "maxlength": "40"}),
    Field("receipt_code", _l("查询码"), wide=True, extra={"autocomplete": "off"}),
)


@portal.route("/join/follow", methods=["GET", "POST"])
def follow() -> str | tuple[str, int]:
    """Show where an application stands to whoever holds its code."""
    if request.method != "POST":
        return render_template("portal/public/follow.html", form=Form(FollowApplication, FIELDS), standing=None)
    form = Form(FollowApplication, FIELDS, posted=request.form)
    standing = submit(form, follow_application)
    if standing is None:
        return render_template("portal/public/follow.html", form=form, standing=None), 422
    way = steps.joining(standing["state"])
    return render_template("portal/public/follow.html", form=form, standing=standing, way=way)
