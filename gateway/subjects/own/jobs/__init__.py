"""Long work of all services: how far it is, stopping it, letting it go on, the files it has made."""

from pathlib import Path

from flask_babel import lazy_gettext as _l

from gateway.portal import list_exports
from gateway.portal.people import CONSOLE_ROLES
from gateway.subject import JobKind, MenuItem, Subject
from gateway.subjects.own.jobs import api, exports_pages, pages

SUBJECT = Subject(
    "jobs",
    __doc__,
    routes=api.ROUTES,
    pages=(
        pages.PAGES,
        exports_pages.PAGES,
    ),
    menu=(MenuItem("jobs", _l("任务中心"), "list-task", "system", CONSOLE_ROLES | {"ops"}, also=("job",)),),
    jobs=(JobKind("export_list", _l("导出列表"), None, list_exports.read, list_exports.keep),),
    templates=Path(__file__).parent / "templates",
)
