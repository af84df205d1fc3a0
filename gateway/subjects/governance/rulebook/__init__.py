"""The dated rules: which hold, setting and ending them."""

from pathlib import Path

from flask_babel import lazy_gettext as _l

from gateway.help import Help
from gateway.portal.people import OFFICE_ROLES
from gateway.search_kind import SearchKind
from gateway.subject import MenuItem, Subject
from gateway.subjects.governance.rulebook import api, finding, pages, rule_messages, sets_pages, topic_pages

SUBJECT = Subject(
    "rules",
    __doc__,
    rules=rule_messages.RULES,
    input_errors=rule_messages.INPUT_ERRORS,
    routes=api.ROUTES,
    pages=(pages.PAGES, sets_pages.PAGES, topic_pages.PAGES),
    menu=(
        MenuItem(
            "rules",
            _l("制度标准"),
            "sliders",
            "system",
            OFFICE_ROLES,
            also=("rule", "new_rule", "rule_sets", "rules_of_topic"),
        ),
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
    help=Help(
        _l("制度标准"),
        _l("慰问上限、会费比例、保存期限等标准，都写明依据的文件、条款和施行日期。"),
        (
            _l("校工会按文件设定，先预览会影响哪些事项。"),
            _l("没有标准的事项不会按别处的标准办，会提示先设定。"),
            _l("改标准不影响已经办完的事。"),
        ),
    ),
    templates=Path(__file__).parent / "templates",
)
