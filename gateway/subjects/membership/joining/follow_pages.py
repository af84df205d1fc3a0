"""Following an application without an account, by its id and the code given when it was made: papers, submitting again.

The code stands in no address: each page is the answer to a form that holds it.
"""

from __future__ import annotations

from typing import Any

from flask import flash, render_template, request
from flask_babel import gettext

from gateway.portal.application_papers import attach_papers
from gateway.portal.consents import consent_fields, wordings
from gateway.portal.forms import Field, Form
from gateway.portal.joining_form import FILES
from gateway.portal.page_table import PageTable
from gateway.portal.service_calls import submit
from gateway.portal.steps import steps_of
from gateway.portal.uploads import takes_file
from services.chassis.schema import Operation
from services.contracts.files import LARGEST
from services.contracts.membership.joining.applications import APPLICATION_STAGES, APPLICATION_STATES
from services.contracts.membership.joining.operations import (
    detach_with_receipt,
    follow_application,
    submit_with_receipt,
)
from services.contracts.membership.joining.receipts import FollowApplication

PAGES = PageTable()

FIELDS = (
    Field("application_id", wide=True, extra={"autocomplete": "off", "maxlength": "40"}),
    Field("receipt_code", wide=True, extra={"autocomplete": "off"}),
)
Answer = str | tuple[str, int]


@PAGES.route("/join/follow", methods=["GET", "POST"])
def follow() -> Answer:
    """Show the state of an application, by its receipt code."""
    return _page(None) if request.method != "POST" else _carry_on()


@PAGES.post("/join/follow/papers")
@takes_file(LARGEST)
def give_papers_by_receipt() -> Answer:
    """Give photo and documents once the unit has looked at the application."""
    papers = _papers(posted=request.form)
    held = {name: request.form.get(name, "").strip() for name in ("application_id", "receipt_code")}
    if attach_papers(papers, **held):
        flash(gettext("照片和材料已收到。"), "done")
        return _carry_on()
    return _carry_on(papers=papers)


@PAGES.post("/join/follow/drop")
def drop_file_by_receipt() -> Answer:
    """Take a file off."""
    return _carry_on(detach_with_receipt, gettext("文件已删除。"), file_id=request.form.get("file_id", ""))


@PAGES.post("/join/follow/submit")
def submit_by_receipt() -> Answer:
    """Submit again what was returned."""
    return _carry_on(submit_with_receipt, gettext("申请已提交，请等待分工会审核。"))


def _carry_on(operation: Operation | None = None, done: str = "", papers: Form | None = None, **fixed: Any) -> Answer:
    """Give a command by the code, if one is to be given, and show where the application stands then."""
    form = Form(FollowApplication, FIELDS, posted=request.form)
    if operation is not None and submit(form, operation, **fixed) is not None:
        flash(done, "done")
    held = Form(FollowApplication, FIELDS, posted=request.form)
    standing = submit(held, follow_application)
    if standing is None:
        return _page(held), 422
    refused = form.problem is not None or papers is not None
    page = _page(form, standing, papers or _papers())
    return (page, 422) if refused else page


def _papers(**given: Any) -> Form:
    return Form(None, [*FILES, *consent_fields(wordings(("photo",)).items, needed=())], **given)


def _page(form: Form | None, standing: dict[str, Any] | None = None, papers: Form | None = None) -> str:
    return render_template(
        "portal/public/follow.html",
        form=form or Form(FollowApplication, FIELDS),
        standing=standing,
        way=steps_of(APPLICATION_STAGES, standing["state"], APPLICATION_STATES) if standing else None,
        papers=papers,
        files=FILES,
        texts=wordings(("photo",)) if standing and "attach" in standing["actions"] else None,
    )
