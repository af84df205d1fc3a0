"""Visits (走访, 五必访): operations on life events and the visits they require.

The reason of a visit is health or family data: `occasion`, `relation`, `note` and the text of evidence are null in all
answers except the list of one's own; an officer unmasks one of them for a purpose, which is logged. Answers of commands
also leave out fields that hint at it (`benefit`, `refused_rule`, `cancel_reason`); `get_visit` has them.
"""

from services.chassis.schema import SYSTEM, Page, command, query
from services.contracts.welfare.visits.requests import (
    AddVisitEvidence,
    AssignVisit,
    CancelVisit,
    ClaimVisitAgain,
    CompleteVisit,
    ListLifeEventAccesses,
    ListLifeEvents,
    ListVisits,
    ListVisitStatistics,
    MyVisits,
    ReportLifeEvent,
    UnmaskEvidence,
    UnmaskLifeEvent,
    VisitFiguresRequest,
    VisitRef,
)
from services.contracts.welfare.visits.shapes import (
    LifeEvent,
    LifeEventAccess,
    Plain,
    Visit,
    VisitDetail,
    VisitFigures,
    VisitsOfUnitAndMonth,
)

_SCOPED = ("officer", "chair", "auditor")
_VISITORS = ("officer", "chair", "member")

report_life_event = command(
    "welfare", "report_life_event", request=ReportLifeEvent, reply=LifeEvent,
    allow=("officer", "chair", "member"), doc="Report a life event; the visit it calls for becomes due.",
    title="登记慰问事由",
)  # fmt: skip
list_life_events = query(
    "welfare", "list_life_events", request=ListLifeEvents, reply=Page(LifeEvent),
    allow=(*_SCOPED, "member"), doc="Life events without their occasion, newest first; a member's own with it.",
    title="查看慰问事由列表",
)  # fmt: skip
unmask_life_event = command(
    "welfare", "unmask_life_event", request=UnmaskLifeEvent, reply=Plain, allow=("officer",),
    doc="One protected field in plain, for a purpose that is logged.", title="查看慰问事由的敏感项",
)  # fmt: skip
list_life_event_accesses = query(
    "welfare", "list_life_event_accesses", request=ListLifeEventAccesses, reply=Page(LifeEventAccess),
    allow=("officer", "auditor", "member"), doc="Who looked at a life event; members: their own.",
    title="查看谁看过慰问事由",
)  # fmt: skip
list_visits = query(
    "welfare", "list_visits", request=ListVisits, reply=Page(Visit), allow=(*_SCOPED, SYSTEM),
    doc="Visits by due time, a chair's own unit; never why.", title="查看走访列表",
)  # fmt: skip
my_visits = query(
    "welfare", "my_visits", request=MyVisits, reply=Page(Visit), allow=("member", "chair", "officer"),
    doc="Visits the caller is to make.", title="查看交办的走访", reach={"officer": "own", "chair": "own"},
)  # fmt: skip
get_visit = query(
    "welfare", "get_visit", request=VisitRef, reply=VisitDetail, allow=(*_SCOPED, "member", SYSTEM),
    doc="One visit with its evidence, steps and what may be given.", title="查看走访",
)  # fmt: skip
visit_figures = query(
    "welfare", "visit_figures", request=VisitFiguresRequest, reply=VisitFigures, allow=(*_SCOPED, SYSTEM),
    doc="How many visits are open, due, overdue, escalated, refused, closed.", title="查看走访统计",
)  # fmt: skip
list_visit_statistics = query(
    "welfare", "list_visit_statistics", request=ListVisitStatistics, reply=Page(VisitsOfUnitAndMonth), allow=_SCOPED,
    doc="Visits made in a year and those in time, by unit and month.", title="查看走访分月统计",
)  # fmt: skip
assign_visit = command(
    "welfare", "assign_visit", request=AssignVisit, reply=VisitDetail, allow=("officer", "chair"),
    doc="Say who is to make a visit.", title="指派走访",
)  # fmt: skip
complete_visit = command(
    "welfare", "complete_visit", request=CompleteVisit, reply=VisitDetail, allow=_VISITORS,
    doc="A visit was made: when, evidence, what was given.", title="登记走访",
)  # fmt: skip
add_visit_evidence = command(
    "welfare", "add_visit_evidence", request=AddVisitEvidence, reply=VisitDetail, allow=_VISITORS,
    doc="Add a piece of evidence, also late.", title="补充走访凭据",
)  # fmt: skip
unmask_evidence = command(
    "welfare", "unmask_evidence", request=UnmaskEvidence, reply=Plain, allow=("officer", "auditor"),
    doc="The text of one piece of evidence, for a purpose that is logged.", title="查看走访凭据",
)  # fmt: skip
claim_visit_again = command(
    "welfare", "claim_visit_again", request=ClaimVisitAgain, reply=VisitDetail, allow=("officer", "chair"),
    doc="Put a refused or reversed claim to the funds again.", title="重新申报慰问金",
)  # fmt: skip
cancel_visit = command(
    "welfare", "cancel_visit", request=CancelVisit, reply=VisitDetail, allow=("officer", "chair"),
    doc="No visit will be made, and why.", title="取消走访",
)  # fmt: skip
