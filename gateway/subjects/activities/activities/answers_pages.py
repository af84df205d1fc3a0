"""Pages of answers: one's own, changed until the deadline; all of them for the organisers, as a list and as a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.http.files import file_response
from gateway.identity.current import current_context
from gateway.portal.columns import Column
from gateway.portal.exporting import as_file, written
from gateway.portal.formats import stamp, title_of
from gateway.portal.forms import Field
from gateway.portal.list_pages import ListPage, Shown
from gateway.portal.page_table import PageTable
from gateway.portal.people import names, only, unit_choices, unit_name
from gateway.portal.service_calls import go, part, place, send, tell
from gateway.portal.words import words
from gateway.rpc.calls import call
from gateway.runtime import gateway
from gateway.subjects.activities.activities.question_fields import (
    answer_words,
    answers_form,
    answers_in,
    conditions,
)
from services.chassis.database.history import note_access
from services.chassis.errors import InvalidInput, Refused
from services.contracts.activities.calendar.operations import get_activity
from services.contracts.activities.questions.operations import get_questions, list_answers, my_answers, set_answers
from services.contracts.files import TABLE_FORMATS

PAGES = PageTable()
MOST_ROWS = 5_000
"""Registrations whose answers are written to one file."""
_PAGE = 100


@PAGES.route("/activities/<uuid:activity_id>/answers", methods=["GET", "POST"])
@only("member")
def own_answers(activity_id: UUID) -> str | Response | tuple[str, int]:
    """Show one's own answers, and change them until the deadline."""
    named = {"activity_id": str(activity_id)}
    activity, stands = call(get_activity, named), call(my_answers, named)
    posted = request.form if request.method == "POST" else None
    form = answers_form(stands["questions"], stands["answers"], posted)
    if posted is not None:
        try:
            send(set_answers, {**named, "answers": answers_in(form)})
        except (InvalidInput, Refused) as problem:
            place(form, problem)
        else:
            flash(gettext("回答已保存。"), "done")
            return go(url_for("portal.activity", activity_id=activity_id))
    page = {"form": form, "activity": activity, "stands": stands, "conditions": conditions(stands["questions"])}
    text = render_template("portal/member/answers.html", **page, answer_words=answer_words)
    return text if form.problem is None else (text, 422)


def _beside(shown: Shown) -> dict[str, Any]:
    asked = (part(get_questions, shown.named).data or {}).get("questions", [])
    back = url_for("portal.console_activity", activity_id=shown.named["activity_id"]), title_of(shown.about)
    return {"asked": asked, "answer_words": answer_words, "back": back, "lead": title_of(shown.about)}


def _missing(item: Mapping[str, Any]) -> int | None:
    return item["missing"] or None


PAGES.add_list(
    ListPage(
        "activity_answers", "/console/activities/<uuid:activity_id>/answers", list_answers, _l("报名回答"),
        columns=(
            "member_id", "unit_id", "registered_at", Column("state", state=True),
            Column("answers", macro="answers"), Column("missing", optional=True, value=_missing),
        ),
        roles=("officer", "chair"),
        filters=("state", Field("unit_id", choices=unit_choices)),
        empty=_l("还没有人报名。"),
        icon="card-checklist",
        about=get_activity,
        more=_beside,
        template="portal/console/activity_answers.html",
        macros="portal/parts/answers.html",
    )
)  # fmt: skip


@PAGES.post("/console/activities/<uuid:activity_id>/answers/file")
@only("officer", "chair")
def answers_file(activity_id: UUID) -> Response:
    """Return all answers as a file with a column for each question, for a purpose that is logged."""
    purpose, kind = request.form.get("purpose", "").strip(), request.form.get("kind", "")
    if kind not in TABLE_FORMATS.texts or not 2 <= len(purpose) <= 200:
        tell(InvalidInput("State what the list is for.", rule="export.purpose_is_stated", field="purpose"))
        return go(url_for("portal.activity_answers", activity_id=activity_id))
    named = {"activity_id": str(activity_id)}
    questions, items = call(get_questions, named)["questions"], list(_all(named))
    with gateway().transaction(current_context()) as tx:
        note_access(tx, f"activity/{activity_id}", f"answers of {len(items)}", purpose)
    first = [("name", gettext("姓名")), ("unit", gettext("分工会")), ("state", gettext("报名状态"))]
    columns = [*first, ("at", gettext("报名时间")), *((str(one["number"]), one["text"]) for one in questions)]
    people = names(items, "member_id")
    content = written(columns, [_line(one, people) for one in items], kind)
    return file_response(as_file(gettext("报名回答"), kind, content))


def _all(named: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    cursor = None
    for _ in range(MOST_ROWS // _PAGE):
        page = call(list_answers, {**named, "limit": _PAGE, **({"cursor": cursor} if cursor else {})})
        yield from page["items"]
        cursor = page["next_cursor"]
        if not cursor:
            return
    told = {"most": MOST_ROWS}
    raise InvalidInput(f"More than {MOST_ROWS} rows.", rule="export.list_is_short_enough", params=told)


def _line(item: Mapping[str, Any], people: Mapping[str, str]) -> dict[str, Any]:
    return {
        "name": people.get(item["member_id"], ""),
        "unit": unit_name(item["unit_id"]),
        "state": str(words(item["state"], "registration")),
        "at": stamp(item["registered_at"]),
        **{str(answer["number"]): answer_words(answer) for answer in item["answers"]},
    }
