"""One import: columns, dry run with all invalid rows, choices, progress, result."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import make_response, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.columns import Column
from gateway.portal.list_pages import ListPage, Shown
from gateway.portal.mapping import chosen_columns, mapping_words
from gateway.portal.messages import say
from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.rosters import problem_file, why
from gateway.portal.service_calls import PASSED_ON, act, go, send, tell
from gateway.portal.steps import way
from gateway.portal.uploads import file_response
from gateway.portal.words import texts_of, words
from gateway.rpc.calls import call
from services.chassis.errors import Problem
from services.chassis.plain_text import whole_number
from services.contracts.membership.imports import (
    ALLOWED,
    DUPLICATES,
    REQUIRED,
    ROSTER_FIELDS,
    discard_import,
    get_import,
    list_import_problems,
    map_roster,
    start_import,
)

PAGES = PageTable()

STEPS = (
    ("uploaded", _l("上传并对应列")), ("checking", _l("试运行")), ("checked", _l("确认")), ("importing", _l("导入")),
    ("imported", _l("完成")),
)  # fmt: skip
_STEP_OF = {
    "reading": "uploaded",
    "read_stopped": "uploaded",
    "check_stopped": "checking",
    "import_stopped": "importing",
    "discarded": "uploaded",
}
WORKING = ("reading", "checking", "importing")
STOPPED = ("read_stopped", "check_stopped", "import_stopped")


def _next_step(shown: Shown) -> dict[str, Any]:
    """Return how far the import is and what can be done next."""
    one = shown.about
    state = one["state"]
    counted = [name for name in DUPLICATES if one["counts"].get(name)]
    return {
        "title": one["file_name"],
        "one": one,
        "steps": way(STEPS, _STEP_OF.get(state, state)),
        "fields": texts_of(ROSTER_FIELDS),
        "required": REQUIRED,
        "allowed": {name: ALLOWED[name] for name in counted},
        "may_map": state in ("uploaded", "check_stopped", "checked"),
        "working": state in WORKING,
        "stopped": state in STOPPED,
        "because": _because(one["job"]) if state in STOPPED else None,
        # A file that breaks a rule would break it again.
        "may_go_on": state != "read_stopped" or not (one["job"]["error"] or {}).get("rule"),
        "wrong": None,
    }


def _column_of(item: Mapping[str, Any]) -> Any:
    return item["heading"] or (words(item["field"], "roster_field") if item["field"] else None)


IMPORT = PAGES.add_list(
    ListPage(
        "import_", "/console/imports/<uuid:import_id>", list_import_problems, _l("名册导入"),
        columns=(
            Column("row", how="text", value=lambda item: gettext("第 %(row)s 行", row=item["row"])),
            Column("field", value=_column_of), "value", Column("why", _l("问题"), value=why),
            Column("kind", macro="kind"),
        ),
        roles=("officer",),
        filters=("kind", "field"),
        empty=_l("没有有问题的行。"),
        icon="check-circle",
        back=("imports", _l("名册导入")),
        about=get_import,
        listed=lambda one: one["state"] in ("checked", "importing", "import_stopped", "imported"),
        more=_next_step,
        template="portal/console/import.html",
        macros="portal/parts/import_rows.html",
    )
)  # fmt: skip


def _because(job: dict[str, Any]) -> str | None:
    """Return a text why the job has failed, None if it was cancelled."""
    return say(Problem.from_wire(job["error"])) if job["error"] else None


@PAGES.get("/console/imports/<uuid:import_id>/progress")
@only("officer")
def import_progress(import_id: UUID) -> Response:
    """Return the progress bar only; when the job has ended, the page is reloaded."""
    found = call(get_import, {"import_id": str(import_id)})
    response = make_response(render_template("portal/console/import_progress.html", one=found))
    if found["state"] not in WORKING:
        response.headers["HX-Refresh"] = "true"
    return response


@PAGES.post("/console/imports/<uuid:import_id>/mapping")
@only("officer")
def map_import(import_id: UUID) -> Response | tuple[str, int]:
    """Assign the columns and start the dry run."""
    return _carry_out(map_roster, import_id, {"mapping": chosen_columns()})


@PAGES.post("/console/imports/<uuid:import_id>/start")
@only("officer")
def begin_import(import_id: UUID) -> Response | tuple[str, int]:
    """Execute the import, as chosen and confirmed."""
    choices = {name: request.form[name] for name in DUPLICATES if request.form.get(name)}
    return _carry_out(start_import, import_id, {"choices": choices, "confirmed": "confirmed" in request.form})


def _carry_out(operation: Any, import_id: UUID, payload: dict[str, Any]) -> Response | tuple[str, int]:
    ref = {"import_id": str(import_id), "version": request.form.get("version", type=whole_number)}
    try:
        send(operation, {**payload, **ref})
    except PASSED_ON:
        raise
    except Problem as problem:
        wrong = mapping_words(problem, texts_of(ROSTER_FIELDS))
        if wrong:
            return IMPORT.show({"import_id": str(import_id)}, wrong=wrong), 422
        tell(problem)
    return go(url_for("portal.import_", import_id=import_id))


@PAGES.post("/console/imports/<uuid:import_id>/discard")
@only("officer")
def give_import_up(import_id: UUID) -> Response:
    """Erase the file and its rows."""
    done = gettext("名册内容已清除。")
    then = url_for("portal.import_", import_id=import_id)
    return act(discard_import, {"import_id": str(import_id)}, done=done, then=then)


@PAGES.post("/console/imports/<uuid:import_id>/problems.xlsx")
@only("officer")
def import_problem_file(import_id: UUID) -> Response:
    """Return the rows with problems and their reasons; the access is logged."""
    return file_response(problem_file(str(import_id)))
