"""The dated rules: which hold, setting and ending them."""

from pathlib import Path

from flask_babel import lazy_gettext as _l

from gateway.portal.people import OFFICE_ROLES
from gateway.search_kind import SearchKind
from gateway.subject import MenuItem, Subject
from gateway.subjects.governance.rulebook import api, finding, pages, rule_messages, sets_pages

SUBJECT = Subject(
    "rules",
    __doc__,
    rules=rule_messages.RULES,
    input_errors=rule_messages.INPUT_ERRORS,
    routes=api.ROUTES,
    pages=(pages.PAGES, sets_pages.PAGES),
    menu=(
        MenuItem("rules", _l("制度标准"), "sliders", "system", OFFICE_ROLES, also=("rule", "new_rule", "rule_sets")),
    ),
    search=(
        SearchKind(
            "rule",
            _l("制度标准"),
            "sliders",
            "/governance/rules/{key}",
            finding.shown,
            find=finding.find,
            roles=OFFICE_ROLES,
        ),
    ),
    templates=Path(__file__).parent / "templates",
)
