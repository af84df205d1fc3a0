"""The gateway's own long work: how far it is, stopping it, the files it has made."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from gateway.api import jobs
from gateway.portal.pages.console import exports as exports_pages
from gateway.portal.pages.console import jobs as jobs_pages
from gateway.subject import MenuItem, Subject
from gateway.subjects.roles import ALL

SUBJECT = Subject(
    "jobs",
    "The gateway's own long work: how far it is, stopping it, the files it has made.",
    routes=jobs.ROUTES,
    pages=(
        jobs_pages.PAGES,
        exports_pages.PAGES,
    ),
    menu=(MenuItem("jobs", _l("任务中心"), "list-task", "system", ALL | {"ops"}, also=("job",)),),
)
