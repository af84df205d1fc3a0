"""Disclosures in the console: the list, preparing one, what members ask."""

from __future__ import annotations

from flask import flash, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.columns import Column
from gateway.portal.form_pages import form_page
from gateway.portal.forms import Field, Form
from gateway.portal.list_pages import ListExport, ListPage, PageLink
from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.service_calls import go, submit
from services.chassis.clock import today
from services.contracts.governance.disclosures import operations as contract
from services.contracts.governance.disclosures import requests

PAGES = PageTable()
_OFFICER = frozenset({"officer"})
NOTE = Field("note", control="textarea", wide=True, hint=_l("大额支出、变化原因等，会员能看到。"))

PAGES.add_list(
    ListPage(
        "disclosures", "/console/disclosures", contract.list_disclosures, _l("经费公开"),
        columns=(
            Column("part", macro="period"), "income", "expense", "entries", "prepared_on", "approved_on",
            "published_on", Column("state", state=True),
        ),
        roles=("officer", "auditor"),
        filters=("year", "state", "sort"),
        lead=_l("按季度、半年或全年公开收支：数字取自账本，经审委员审核后向全体会员公开。"),
        empty=_l("还没有经费公开。"),
        icon="cash-stack",
        links=(
            PageLink("new_disclosure", _l("拟定一期"), "plus-lg", _OFFICER),
            PageLink("disclosure_questions", _l("会员提问"), "chat-left-text"),
        ),
        link="disclosure",
        argument="disclosure_id",
        macros="portal/parts/disclosures.html",
        export=ListExport(name="disclosures", title=_l("经费公开")),
    )
)  # fmt: skip
PAGES.add_list(
    ListPage(
        "disclosure_questions", "/console/disclosure-questions", contract.list_disclosure_questions, _l("会员提问"),
        columns=("text", Column("part", macro="period"), "asked_on", "answered_on", Column("state", state=True)),
        roles=("officer", "auditor"),
        filters=(Field("q", hint=_l("问题或答复")), "show"),
        lead=_l("会员就公开的经费提出的问题；答复后问题和答复所有会员都能看到，不写明是谁提的。"),
        empty=_l("还没有提问。"),
        icon="chat-left-text",
        back=("disclosures", _l("经费公开")),
        link="disclosure_question",
        argument="question_id",
        macros="portal/parts/disclosures.html",
        export=ListExport(name="disclosure-questions", title=_l("经费公开提问")),
    )
)  # fmt: skip


@PAGES.route("/console/disclosures/new", methods=["GET", "POST"])
@only("officer")
def new_disclosure() -> str | Response | tuple[str, int]:
    """Prepare the disclosure of a part of a year."""
    fields: list[Field | str] = ["year", "part", NOTE]
    posted = request.form if request.method == "POST" else None
    form = Form(requests.PrepareDisclosure, fields, values={"year": today().year}, posted=posted)
    if posted is not None:
        made = submit(form, contract.prepare_disclosure)
        if made is not None:
            flash(gettext("已按账本取数，请核对后提交审核。"), "done")
            return go(url_for("portal.disclosure", disclosure_id=made["id"]))
    return form_page(
        form, title=gettext("拟定经费公开"), back=url_for("portal.disclosures"), words=gettext("经费公开"),
        lead=gettext("数字按所选时段从账本取得；各月结账后才能提交审核。"),
    )  # fmt: skip
