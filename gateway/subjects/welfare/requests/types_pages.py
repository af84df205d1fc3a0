"""Types of requests in the console: which there are, adding, changing and stopping them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.columns import Column, only_in_file
from gateway.portal.forms import Field, Form
from gateway.portal.list_pages import ListExport, ListPage, PageLink
from gateway.portal.page_table import PageTable
from gateway.portal.people import names, only
from gateway.portal.service_calls import act, go, part, submit
from services.chassis.errors import NotFound
from services.chassis.plain_text import whole_number
from services.chassis.schema import Operation
from services.contracts.membership.organisation.operations import list_posts
from services.contracts.welfare.requests import types as contract

PAGES = PageTable()
_SPARE_ROWS = 3
_TERMS = ("name", Field("about", control="textarea"), "accept_days", "keep_months")


def _steps(item: Mapping[str, Any]) -> str:
    return gettext("；").join(
        gettext("%(step)s（%(days)s 个工作日）", step=one["name"], days=one["days"]) for one in item["steps"]
    )


def _documents(item: Mapping[str, Any]) -> str:
    return gettext("；").join(
        one["name"] if one["required"] else gettext("%(document)s（可不交）", document=one["name"])
        for one in item["documents"]
    )


REQUEST_TYPES = PAGES.add_list(
    ListPage(
        "request_types", "/console/request-types", contract.list_request_types, _l("诉求类型"),
        columns=only_in_file(
            "name", "about", "counted_only", "accept_days", Column("steps", how="text", value=_steps),
            Column("documents", how="text", value=_documents), Column("handler_id", how="member"), "keep_months",
            "offered",
        ),
        roles=("officer", "auditor"),
        filters=(Field("offered", control="select", blank=_l("全部"),
                       choices={"true": _l("开放办理"), "false": _l("已停用")}),),
        lead=_l("会员可以提出哪些诉求、怎样办理，由本校工会设定。"),
        empty=_l("还没有诉求类型，请新增。"),
        icon="clipboard-check",
        links=(PageLink("new_request_type", _l("新增类型"), "plus-lg", frozenset({"officer"}), first=True),),
        back=("requests", _l("诉求办理")),
        template="portal/console/request_types.html",
        export=ListExport(personal=False),
    )
)  # fmt: skip


@PAGES.route("/console/request-types/new", methods=["GET", "POST"])
@only("officer")
def new_request_type() -> str | Response | tuple[str, int]:
    """Add a type."""
    return _answer(contract.add_request_type, {"steps": [], "documents": []}, {})


@PAGES.route("/console/request-types/<uuid:type_id>", methods=["GET", "POST"])
@only("officer")
def edit_request_type(type_id: UUID) -> str | Response | tuple[str, int]:
    """Change a type."""
    known = part(contract.list_request_types)
    found = next((one for one in known.items if one["id"] == str(type_id)), None)
    if found is None:
        raise NotFound("There is no such type.")
    fixed = {"type_id": str(type_id), "counted_only": found["counted_only"]}
    return _answer(contract.change_request_type, found, fixed)


@PAGES.post("/console/request-types/<uuid:type_id>/offer")
@only("officer")
def offer_request_type(type_id: UUID) -> Response:
    """Offer a type, or stop offering it."""
    offered = request.form.get("offered") == "1"
    done = gettext("已开放办理。") if offered else gettext("已停用，正在办的继续办完。")
    payload = {"type_id": str(type_id), "offered": offered}
    return act(contract.offer_request_type, payload, done=done, then=url_for("portal.request_types"))


def _answer(operation: Operation, values: dict[str, Any], fixed: dict[str, Any]) -> str | Response | tuple[str, int]:
    posted = request.form if request.method == "POST" else None
    handlers = Field(
        "handler_id", choices=_handlers(values.get("handler_id")), blank=_l("校工会"), control="select",
        hint=_l("职务为“承办部门联系人”的会员；校工会干部始终可以办理。"),
    )  # fmt: skip
    fields: list[Field | str] = [*_TERMS, handlers]
    if not fixed:
        told = _l("法律、心理咨询用：预约结束后记录即删除，只留人次。定下后不能改。")
        fields.append(Field("counted_only", hint=told))
    form = Form(type(operation.request_schema), fields, values=values, posted=posted)
    rows = _posted_rows() if posted is not None else {name: values[name] for name in ("steps", "documents")}
    if posted is not None:
        payload = {"counted_only": False, **form.payload(), **rows, **fixed}
        if submit(form, operation, filled=payload) is not None:
            flash(gettext("诉求类型已保存。"), "done")
            return go(url_for("portal.request_types"))
    page = render_template(
        "portal/console/request_type.html",
        form=form,
        rows={name: [*found, *[{}] * _SPARE_ROWS] for name, found in rows.items()},
        counted_only=fixed.get("counted_only", False),
        changing=bool(fixed),
    )
    return (page, 422) if posted is not None else page


def _handlers(present: str | None) -> dict[str, str]:
    """Return who holds the post of a handler, by member id."""
    posts = part(list_posts, {"kind": "handler", "limit": 100}).items
    ids = dict.fromkeys([post["member_id"] for post in posts] + ([present] if present else []))
    found = names([{"member_id": one} for one in ids], "member_id")
    return {one: found.get(one, one) for one in ids}


def _posted_rows() -> dict[str, Any]:
    """Return the rows of steps and documents that were filled in; what is no number is left to the contract."""
    steps = zip(request.form.getlist("step_name"), request.form.getlist("step_days"), strict=False)
    documents = zip(request.form.getlist("document_name"), request.form.getlist("document_required"), strict=False)
    return {
        "steps": [{"name": name.strip(), "days": _number(days.strip())} for name, days in steps if name.strip()],
        "documents": [
            {"name": name.strip(), "required": required == "1"} for name, required in documents if name.strip()
        ],
    }


def _number(text: str) -> int | str:
    try:
        return whole_number(text)
    except ValueError:
        return text
