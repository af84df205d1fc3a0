"""Life events, visits and their types, and the rules welfare decides by."""

from pathlib import Path

from flask_babel import lazy_gettext as _l

from gateway.help import Help
from gateway.portal.formats import money
from gateway.portal.people import CONSOLE_ROLES
from gateway.portal.words import words
from gateway.subject import MenuItem, NewsKind, NoticeText, Reaction, Subject, TodoDetails, TodoKind, each
from gateway.subjects.welfare.visits import (
    api,
    evidence_pages,
    life_event_pages,
    one_visit_pages,
    pages,
    projections,
    rule_messages,
    visit_types_pages,
)
from services.contracts.welfare.visits.events import (
    VisitAssigned,
    VisitCancelled,
    VisitClaimRefused,
    VisitClosed,
    VisitCompleted,
    VisitDueSoon,
    VisitEscalated,
    VisitOverdue,
    VisitRequired,
)
from services.contracts.welfare.visits.operations import list_visits, my_visits

_VISITED = TodoDetails(list_visits, member="member_id", facts=lambda visit: (words(visit["state"], "visit"),))
_TO_VISIT = TodoDetails(my_visits, member="member_id")
_CLAIMED = TodoDetails(list_visits, member="member_id", facts=lambda visit: (money(visit["amount"]),))

SUBJECT = Subject(
    "visits",
    __doc__,
    rules=rule_messages.RULES,
    input_errors=rule_messages.INPUT_ERRORS,
    routes=api.ROUTES,
    pages=(
        pages.PAGES,
        one_visit_pages.PAGES,
        evidence_pages.PAGES,
        visit_types_pages.PAGES,
        life_event_pages.PAGES,
    ),
    menu=(
        MenuItem("my_events", _l("走访慰问"), "heart-pulse", "own_benefits"),
        MenuItem(
            "visits",
            _l("走访"),
            "heart-pulse",
            "welfare",
            CONSOLE_ROLES,
            also=(
                "visit",
                "visit_sheet",
                "visit_statistics",
                "report_event",
                "visit_types",
                "new_visit_type",
                "edit_visit_type",
            ),
        ),
    ),
    todos={
        "visit_due": TodoKind(
            "heart-pulse",
            "visit",
            "/welfare/visits/{}",
            "visit_id",
            notice=NoticeText(_l("有会员需要走访，请在期限前安排。")),
            roles=frozenset({"chair", "officer"}),
            details=_VISITED,
        ),
        "visit_escalated": TodoKind(
            "exclamation-triangle",
            "visit",
            "/welfare/visits/{}",
            "visit_id",
            notice=NoticeText(_l("有走访逾期未办，请校工会处理。")),
            roles=frozenset({"officer"}),
            details=_VISITED,
        ),
        "visit_assigned": TodoKind(
            "heart-pulse",
            "visit",
            "/welfare/visits/{}",
            "visit_id",
            notice=NoticeText(_l("请在期限前完成走访并登记。")),
            details=_TO_VISIT,
        ),
        "claim_refused": TodoKind(
            "cash-stack",
            "visit",
            "/welfare/visits/{}",
            "visit_id",
            notice=NoticeText(_l("走访的支出没有入账，请更正后重新申报。")),
            roles=frozenset({"chair", "officer"}),
            details=_CLAIMED,
        ),
    },
    news={
        "visit_assigned": NewsKind(
            _l("您被指派走访"), "heart-pulse", "visit", "visit_id", notice=NoticeText(_l("请在期限前完成走访并登记。"))
        ),
    },
    reactions=(
        Reaction(VisitRequired, projections.on_required),
        Reaction(VisitAssigned, projections.on_assigned),
        Reaction(VisitDueSoon, projections.on_due_soon),
        Reaction(VisitOverdue, projections.on_late),
        Reaction(VisitEscalated, projections.on_escalated),
        Reaction(VisitClaimRefused, projections.on_claim_refused),
        *each(projections.on_over, VisitCompleted, VisitClosed, VisitCancelled),
    ),
    help=Help(
        _l("走访慰问"),
        _l("会员生育、住院、亲属去世等，工会按规定及时走访慰问。"),
        (
            _l("本人、家属或同事登记慰问事由。"),
            _l("按走访层级由分工会或校工会指派走访人，默认四十八小时内走访。"),
            _l("走访人登记慰问品和凭证，系统按标准核对后报账。"),
        ),
        _l("基层工会经费收支管理办法，本校慰问标准见“制度标准”"),
    ),
    templates=Path(__file__).parent / "templates",
)
