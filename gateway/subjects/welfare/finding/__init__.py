"""Welfare in the search: rounds, trips, examinations, drives, plans, purchases, campaigns, requests."""

from flask_babel import lazy_gettext as _l

from gateway.search_kind import SearchKind
from gateway.subject import Subject
from gateway.subjects.welfare.finding import api, finding

SUBJECT = Subject(
    "welfare_search",
    __doc__,
    routes=api.ROUTES,
    search=(SearchKind("welfare", _l("福利事项"), "gift", "{api_path}", finding.shown, find=finding.find),),
)
