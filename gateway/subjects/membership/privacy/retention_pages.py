"""The end of data's time: the rules, who falls due when; and the list for a breach notice."""

from __future__ import annotations

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.forms import Field, Form
from gateway.portal.list_pages import ListExport, ListPage
from gateway.portal.page_table import PageTable
from gateway.portal.people import only, unit_choices
from gateway.portal.service_calls import go, part, submit
from services.contracts.membership.retention import (
    SENSITIVE_COLUMNS,
    BreachList,
    list_retention_rules,
    make_breach_list,
    preview_erasures,
)

PAGES = PageTable()

WITHIN = {"30": _l("30 天内"), "0": _l("今天到期"), "90": _l("90 天内"), "366": _l("一年内")}
BREACH = (
    Field("fields_concerned", control="checks", choices=SENSITIVE_COLUMNS),
    Field("unit_ids", control="checks", choices=unit_choices, hint=_l("不选表示全部。")),
    "starts_on",
    "ends_on",
    Field("purpose", wide=True, hint=_l("例如：某月某日系统泄露，通知本人。会记录在案。")),
)
RETENTION = PAGES.add_list(
    ListPage(
        "retention", "/console/retention", preview_erasures, _l("信息保存期限"),
        columns=("number", "unit_id", "standing", "left_on", "classes", "due_on"),
        roles=("officer", "auditor"),
        filters=(Field("within_days", choices=WITHIN),),
        lead=_l("会籍终止后，各类信息保存到期即自动清除；会员号、单位和日期留作统计与账目。"),
        empty=_l("这段时间没有到期的信息。"),
        icon="shield-lock",
        link="member",
        argument="member_id",
        more=lambda shown: {"rules": part(list_retention_rules)},
        template="portal/console/retention.html",
        export=ListExport(),
    )
)  # fmt: skip


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
