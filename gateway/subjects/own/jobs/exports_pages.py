"""Any list of the console as a file, with the filters of its page."""

from __future__ import annotations

from flask import flash, request, url_for
from flask_babel import gettext
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from gateway.identity.current import current_principal
from gateway.portal.list_exports import file_or_job
from gateway.portal.page_table import PageTable
from gateway.portal.people import CONSOLE_ROLES, only
from gateway.portal.service_calls import PASSED_ON, go, tell
from gateway.portal.uploads import file_response
from gateway.subject import installed
from services.chassis.errors import NotAllowed, Problem
from services.contracts.files import TABLE_FORMATS

PAGES = PageTable()

_OWN = {"csrf_token", "once", "kind", "purpose", "back"}


@PAGES.post("/console/export/<name>")
@only(*CONSOLE_ROLES, "ops")
def export_list(name: str) -> Response:
    """Answer with the file of a list; a refusal is shown on the page of the list."""
    what = installed().exports.get(name)
    if what is None:
        raise NotFound
    if not current_principal().roles & what.roles:
        raise NotAllowed("This list belongs to another role.", rule="role_allows")
    # The page's own filter may be called kind too: it comes as filter-kind.
    values = {key: value for key, value in request.form.items() if key not in _OWN and value}
    filters = {key.removeprefix("filter-"): value for key, value in values.items()}
    kind = request.form.get("kind", "xlsx")
    try:
        kind = kind if kind in TABLE_FORMATS else "xlsx"
        file, job_id = file_or_job(name, filters, kind, request.form.get("purpose", "").strip())
    except PASSED_ON:
        raise
    except Problem as problem:
        tell(problem)
    else:
        if file is not None:
            return file_response(file)
        flash(gettext("名单较长，正在后台生成，好了在这里下载。"), "done")
        return go(url_for("portal.job", job_id=job_id))
    back = request.form.get("back", "")
    return go(back if back.startswith("/console") else "/console")
