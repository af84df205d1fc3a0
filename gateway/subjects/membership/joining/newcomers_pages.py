"""A unit proposes its newcomers together: one line each, taken whole or not at all, every bad line named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import render_template, request
from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from gateway.portal.consents import wordings
from gateway.portal.forms import Field, Form
from gateway.portal.messages import say
from gateway.portal.page_table import PageTable
from gateway.portal.people import only, own_unit_choices
from gateway.portal.service_calls import submit
from gateway.portal.uploads import takes_file, upload_of
from gateway.portal.words import texts_of
from gateway.rpc.calls import call
from services.chassis.errors import InvalidInput, Problem
from services.chassis.input_errors import with_codes
from services.contracts.membership.consents import NEEDED_TO_JOIN
from services.contracts.membership.joining.applications import ProposeNewcomers
from services.contracts.membership.joining.newcomers import LARGEST_LIST, read_newcomers
from services.contracts.membership.joining.operations import propose_newcomers
from services.contracts.membership.record.fields import MEMBER_FIELDS

PAGES = PageTable()

FIELDS = (
    Field("unit_id", choices=own_unit_choices),
    Field(
        "lines",
        _l("新教工名单"),
        "textarea",
        hint=_l(
            "每人一行：姓名，性别，身份证号，手机号，用工形式，入职日期。可以从表格里整块复制粘贴；首行是标题时按标题认列。"
        ),
        required=False,
        extra={"rows": "10", "maxlength": "120000", "autocomplete": "off"},
    ),
    Field(
        "list",
        _l("或上传名单文件"),
        "file",
        hint=_l("xlsx 或 csv，按标题认列，写法同会员名册。上传了文件就以文件为准。"),
        extra={"accept": ".xlsx,.csv,text/csv"},
    ),
    Field("documents_seen", wide=True),
    Field("consent", _l("名单上的每个人都已阅读个人信息处理说明并同意入会"), "check", wide=True, required=True),
)


def wrong_lines(form: Form, numbers: Sequence[int]) -> list[str]:
    """Return what is wrong with which line, in words; `numbers` are those of the lines, by their place."""
    rows = (form.problem.params.get("errors") or {}).get("rows") if form.problem else None
    if not isinstance(rows, Mapping):
        return []
    ordered = sorted(rows.items(), key=lambda entry: int(entry[0]))
    return [_wrong_line(numbers[int(place)], named) for place, named in ordered]


def _wrong_line(number: int, named: Any) -> str:
    fields = named if isinstance(named, Mapping) else {"": named}
    told = []
    for name, messages in fields.items():
        texts = messages if isinstance(messages, list) else [messages]
        label = "" if name == "_" else texts_of(MEMBER_FIELDS).get(name, name)
        told.append(f"{label} {' '.join(say(text) for text in texts)}".strip())
    return gettext("第 %(line)s 行：%(what)s", line=number, what=gettext("；").join(told))


def _unread(line: Mapping[str, Any]) -> Any:
    return with_codes(line["problems"], line.get("input_errors") or [])


def _lines_given() -> list[dict[str, Any]]:
    """Return what was read of the file, or of what was typed when there is none."""
    items: list[dict[str, Any]] = call(
        read_newcomers, {"text": request.form.get("lines", ""), "file": upload_of("list")}
    )["items"]
    return items


def _agreed() -> list[dict[str, str]]:
    """Return the wordings the newcomers agreed to, in the versions the page showed."""
    shown = {purpose: request.form.get(f"wording_{purpose}") for purpose in NEEDED_TO_JOIN}
    return [{"purpose": purpose, "version": version} for purpose, version in shown.items() if version]


@PAGES.route("/console/applications/newcomers", methods=["GET", "POST"])
@takes_file(LARGEST_LIST)
@only("officer", "chair")
def propose() -> str | tuple[str, int]:
    """Propose newcomers: their applications stand before the union at once."""
    form = Form(ProposeNewcomers, FIELDS, posted=request.form if request.method == "POST" else None)
    if request.method != "POST":
        return _page(form)
    agreed = _agreed()
    version = next((one["version"] for one in agreed), "")
    lines: list[dict[str, Any]] = []
    try:
        if "consent" not in request.form or not agreed:
            raise InvalidInput(errors={"consent": [gettext("请先确认每个人都已同意。")]})
        lines = _lines_given()
        unread = {str(place): _unread(one) for place, one in enumerate(lines) if one["problems"]}
        if unread:
            raise InvalidInput(errors={"rows": unread})
        rows = [{**one["values"], "consent_version": version} for one in lines]
    except Problem as problem:
        form.take(problem)
        return _page(form, wrong=wrong_lines(form, [one["row"] for one in lines])), 422
    filled = {
        "unit_id": request.form.get("unit_id"),
        "rows": rows,
        "documents_seen": "documents_seen" in request.form,
        "consents": agreed,
    }
    reply = submit(form, propose_newcomers, filled=filled)
    if reply is None:
        return _page(form, wrong=wrong_lines(form, [one["row"] for one in lines])), 422
    return _page(form, made=[{**row, **one} for row, one in zip(rows, reply["items"], strict=True)])


def _page(form: Form, wrong: Sequence[str] = (), made: Sequence[dict[str, Any]] | None = None) -> str:
    texts = wordings(NEEDED_TO_JOIN)
    return render_template("portal/console/newcomers.html", form=form, wrong=wrong, made=made, texts=texts)
