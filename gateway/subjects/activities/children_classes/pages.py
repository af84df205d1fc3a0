"""Children's classes in the console: terms, classes, the wording guardians consent to."""

from __future__ import annotations

from typing import Any
from uuid import UUID

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
from gateway.portal.service_calls import go, part, submit
from gateway.rpc.calls import call
from services.contracts.activities.children_classes import classes as contract

PAGES = PageTable()
_OFFICER = frozenset({"officer"})
_TERM = ("name", "starts_on", "ends_on", "opens_at", "closes_at")
_CLASS: tuple[Field | str, ...] = (
    "name", Field("about", control="textarea"), "place",
    Field("times", hint=_l("例如“周一至周五 16:30–18:00”。")), "age_from", "age_to", "places", "fee",
)  # fmt: skip


def term_choices() -> dict[str, Any]:
    """Return the terms by id, the latest first."""
    return {one["id"]: one["name"] for one in part(contract.list_children_terms, {"limit": 100}).items}


CLASSES = PAGES.add_list(
    ListPage(
        "console_children_classes", "/console/children-classes", contract.list_children_classes, _l("子女托班"),
        columns=(
            "name", "term_name", "place", "times", "age_from", "age_to", "places", "confirmed", "waiting", "fee",
            Column("starts_on", on_page=False), Column("ends_on", on_page=False), Column("phase", state=True),
        ),
        roles=("officer", "auditor"),
        filters=("phase", Field("term_id", choices=term_choices)),
        lead=_l("默认列出没有结束的学期；孩子的资料加密保存，按制度规定的期限删除。"),
        empty=_l("没有班级。先新增学期，再新增班级。"),
        icon="people",
        links=(
            PageLink("new_children_class", _l("新增班级"), "plus-lg", _OFFICER, first=True),
            PageLink("new_children_term", _l("新增学期"), "calendar3", _OFFICER),
            PageLink("children_terms", _l("学期"), "list-check"),
            PageLink("guardian_consent", _l("同意书"), "shield-check", _OFFICER),
        ),
        link="console_children_class",
        argument="class_id",
        export=ListExport(personal=False),
        topics=("children",),
    )
)  # fmt: skip

TERMS = PAGES.add_list(
    ListPage(
        "children_terms", "/console/children-terms", contract.list_children_terms, _l("托班学期"),
        columns=_TERM,
        roles=("officer", "auditor"),
        empty=_l("还没有学期。"),
        icon="calendar3",
        link="edit_children_term",
        argument="term_id",
        back=("console_children_classes", _l("子女托班")),
        export=ListExport(personal=False),
    )
)  # fmt: skip


@PAGES.route("/console/children-terms/new", methods=["GET", "POST"])
@only("officer")
def new_children_term() -> str | Response | tuple[str, int]:
    """Add a term."""
    form = Form(contract.AddChildrenTerm, _TERM, posted=_posted())
    made = submit(form, contract.add_children_term) if form.posted is not None else None
    if made is None:
        return _form(form, gettext("新增学期"))
    flash(gettext("学期已保存，请新增班级。"), "done")
    return go(url_for("portal.new_children_class", term_id=made["id"]))


@PAGES.route("/console/children-terms/<uuid:term_id>/edit", methods=["GET", "POST"])
@only("officer")
def edit_children_term(term_id: UUID) -> str | Response | tuple[str, int]:
    """Change a term."""
    known = call(contract.list_children_terms, {"limit": 100})["items"]
    found = next((one for one in known if one["id"] == str(term_id)), {"version": 1})
    form = Form(contract.AddChildrenTerm, _TERM, values=found, posted=_posted())
    made = None
    if form.posted is not None:
        made = submit(form, contract.change_children_term, term_id=str(term_id), version=found["version"])
    if made is None:
        return _form(form, gettext("修改学期"))
    flash(gettext("学期已保存。"), "done")
    return go(_all())


@PAGES.route("/console/children-classes/new", methods=["GET", "POST"])
@only("officer")
def new_children_class() -> str | Response | tuple[str, int]:
    """Add a class to a term."""
    fields = (Field("term_id", control="select", choices=term_choices), *_CLASS)
    values = {"term_id": request.args.get("term_id"), "fee": "0.00"}
    form = Form(contract.AddChildrenClass, fields, values=values, posted=_posted())
    made = submit(form, contract.add_children_class) if form.posted is not None else None
    if made is None:
        return _form(form, gettext("新增班级"))
    flash(gettext("班级已保存。"), "done")
    return go(url_for("portal.console_children_class", class_id=made["id"]))


@PAGES.route("/console/children-classes/<uuid:class_id>/edit", methods=["GET", "POST"])
@only("officer")
def edit_children_class(class_id: UUID) -> str | Response | tuple[str, int]:
    """Change a class."""
    found = call(contract.get_children_class, {"class_id": str(class_id)})
    form = Form(contract.AddChildrenClass, _CLASS, values=found, posted=_posted())
    made = None
    if form.posted is not None:
        fixed = {"class_id": str(class_id), "term_id": found["term_id"], "version": found["version"]}
        made = submit(form, contract.change_children_class, filled={**form.payload(), **fixed})
    if made is None:
        return _form(form, gettext("修改班级"))
    flash(gettext("班级已保存，增加的名额已按候补次序递补。"), "done")
    return go(url_for("portal.console_children_class", class_id=class_id))


@PAGES.route("/console/children-classes/consent", methods=["GET", "POST"])
@only("officer")
def guardian_consent() -> str | Response | tuple[str, int]:
    """Change the wording guardians consent to."""
    found = call(contract.get_guardian_consent, {})
    fields = (Field("text", control="textarea", wide=True, extra={"rows": "12"}),)
    form = Form(contract.SetGuardianConsent, fields, values=found, posted=_posted())
    made = submit(form, contract.set_guardian_consent) if form.posted is not None else None
    if made is None:
        lead = gettext(
            "现行第 %(version)s 版。修改后只用于以后的报名，以前的仍按当时的内容。", version=found["version"]
        )
        return _form(form, gettext("监护人同意书"), lead)
    flash(gettext("同意书第 %(version)s 版已生效。", version=made["version"]), "done")
    return go(_all())


def _posted() -> Any:
    return request.form if request.method == "POST" else None


def _form(form: Form, title: str, lead: str | None = None) -> str | tuple[str, int]:
    return form_page(form, title=title, lead=lead, back=_all(), words=gettext("子女托班"))


def _all() -> str:
    return url_for("portal.console_children_classes")
