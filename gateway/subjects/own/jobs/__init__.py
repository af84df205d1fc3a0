"""The gateway's own long work: how far it is, stopping it, the files it has made."""

from __future__ import annotations

from pathlib import Path

from flask_babel import lazy_gettext as _l

from gateway.portal.people import CONSOLE_ROLES
from gateway.subject import MenuItem, Subject
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
    templates=Path(__file__).parent / "templates",
)
