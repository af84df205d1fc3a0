"""The end of data's time: the rules, who falls due when; and the list for a breach notice."""

from __future__ import annotations

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.forms import Field, Form
from gateway.portal.listing import asked, chosen, listing
from gateway.portal.page_table import PageTable
from gateway.portal.people import only, unit_choices
from gateway.portal.service_calls import go, part, submit
from gateway.portal.words import texts_of
from services.contracts.membership.record.fields import MEMBER_FIELDS
from services.contracts.membership.retention import (
    SENSITIVE_COLUMNS,
    BreachList,
    list_retention_rules,
    make_breach_list,
    preview_erasures,
)

PAGES = PageTable()

WITHIN = {"30": _l("30 天内"), "0": _l("今天到期"), "90": _l("90 天内"), "366": _l("一年内")}
FILTERS = (Field("within_days", _l("范围"), "select", choices=WITHIN),)
BREACH = (
    Field(
        "fields_concerned", _l("涉及哪些字段"), "checks",
        choices={name: texts_of(MEMBER_FIELDS)[name] for name in SENSITIVE_COLUMNS},
    ),
    Field("unit_ids", _l("涉及哪些分工会"), "checks", choices=unit_choices, hint=_l("不选表示全部。")),
    Field("starts_on", _l("从哪天起"), "date"),
    Field("ends_on", _l("到哪天止"), "date"),
    Field("purpose", _l("用途"), wide=True, hint=_l("例如：某月某日系统泄露，通知本人。会记录在案。")),
)  # fmt: skip


@PAGES.get("/console/retention")
@only("officer", "auditor")
def retention() -> str:
    """Show the rules and whose data fall due."""
    values = chosen(FILTERS)
    found = part(preview_erasures, asked(within_days=int(values.get("within_days", "30"))))
    return render_template(
        "portal/console/retention.html",
        list=listing(found),
        rules=part(list_retention_rules),
        filters=FILTERS,
        values=values,
    )


@PAGES.route("/console/breach", methods=["GET", "POST"])
@only("officer")
def breach() -> str | Response | tuple[str, int]:
    """Make the list of members a breach concerns."""
    form = Form(BreachList, BREACH, posted=request.form if request.method == "POST" else None)
    if request.method != "POST":
        return render_template("portal/console/breach.html", form=form)
    reply = submit(form, make_breach_list)
    if reply is None:
        return render_template("portal/console/breach.html", form=form), 422
    flash(gettext("名单正在生成，完成后在这里下载。"), "done")
    return go(url_for("portal.job", job_id=reply["job_id"]))
