"""One import: columns, dry run with all invalid rows, choices, progress, result."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import make_response, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.form_fields import completed_fields
from gateway.portal.listing import asked, chosen, listing
from gateway.portal.mapping import chosen_columns, mapping_words
from gateway.portal.messages import say
from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.rosters import problem_file, why
from gateway.portal.service_calls import PASSED_ON, act, go, part, send, tell
from gateway.portal.steps import way
from gateway.portal.uploads import file_response
from gateway.portal.words import texts_of
from gateway.rpc.calls import call
from services.chassis.errors import Problem
from services.chassis.plain_text import whole_number
from services.contracts.membership.imports import (
    ALLOWED,
    DUPLICATES,
    REQUIRED,
    ROSTER_FIELDS,
    ProblemFilter,
    discard_import,
    get_import,
    list_import_problems,
    map_roster,
    start_import,
)

PAGES = PageTable()

FILTERS = completed_fields(("kind", "field"), ProblemFilter().fields, of_filter=True)
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


@PAGES.get("/console/imports/<uuid:import_id>")
@only("officer")
def import_(import_id: UUID) -> str:
    """Show the state of an import and its next step."""
    return _page(import_id)


def _page(import_id: UUID, wrong: str | None = None) -> str:
    ref = {"import_id": str(import_id)}
    found = call(get_import, ref)
    state = found["state"]
    values = chosen(FILTERS)
    lists = state in ("checked", "importing", "import_stopped", "imported")
    problems = listing(part(list_import_problems, asked(**ref, **values))) if lists else None
    counted = [name for name in DUPLICATES if found["counts"].get(name)]
    return render_template(
        "portal/console/import.html",
        one=found,
        steps=way(STEPS, _STEP_OF.get(state, state)),
        fields=texts_of(ROSTER_FIELDS),
        required=REQUIRED,
        problems=problems,
        filters=FILTERS,
        values=values,
        why=why,
        allowed={name: ALLOWED[name] for name in counted},
        may_map=state in ("uploaded", "check_stopped", "checked"),
        working=state in WORKING,
        stopped=state in STOPPED,
        because=_because(found["job"]) if state in STOPPED else None,
        # A file that breaks a rule would break it again.
        may_go_on=state != "read_stopped" or not (found["job"]["error"] or {}).get("rule"),
        wrong=wrong,
    )


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
            return _page(import_id, wrong=wrong), 422
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
