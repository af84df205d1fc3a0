"""Mutual aid: plans of providers, cover periods with units' lists, claims with sealed documents."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from gateway.help import Help
from gateway.portal.people import CONSOLE_ROLES
from gateway.subject import MenuItem, NewsKind, NoticeText, Reaction, Subject, TodoKind
from gateway.subjects.welfare.mutual_aid import (
    api,
    claim_pages,
    enrolment_pages,
    member_pages,
    pages,
    projections,
    rule_messages,
)
from services.contracts.welfare.mutual_aid.events import (
    MutualAidClaimChanged,
    MutualAidClaimDue,
    MutualAidCoverChanged,
)

_CONSOLE_PAGES = (
    "mutual_aid_plans", "new_mutual_aid_plan", "new_cover_period", "cover_period", "enrol_in_period", "enrol_checked",
    "coverage", "mutual_aid_claims", "mutual_aid_claim", "new_mutual_aid_claim",
)  # fmt: skip


def _cover_now(params: Mapping[str, Any]) -> str | None:
    return {
        "covered": gettext("您已参加职工互助保障"),
        "withdrawn": gettext("您已退出职工互助保障"),
        "ended": gettext("您的职工互助保障已提前终止"),
    }.get(str(params.get("state")))


def _claim_now(params: Mapping[str, Any]) -> str | None:
    return {
        "forwarded": gettext("您的互助保障申领已转交校工会"),
        "sent_on": gettext("您的互助保障申领已报承办单位"),
        "paid": gettext("您的互助保障申领已赔付"),
        "refused": gettext("您的互助保障申领未获赔付"),
    }.get(str(params.get("state")))


_LOOK = NoticeText(_l("请在“互助保障”里查看详情。"))

SUBJECT = Subject(
    "mutual_aid",
    __doc__,
    rules=rule_messages.RULES,
    input_errors=rule_messages.INPUT_ERRORS,
    routes=api.ROUTES,
    pages=(pages.PAGES, enrolment_pages.PAGES, claim_pages.PAGES, member_pages.PAGES),
    menu=(
        MenuItem("my_mutual_aid", _l("互助保障"), "shield-check", "own_benefits"),
        MenuItem("mutual_aid", _l("互助保障"), "shield-check", "welfare", CONSOLE_ROLES, also=_CONSOLE_PAGES),
    ),
    todos={
        projections.KIND: TodoKind(
            "shield-check",
            "mutual_aid_claim",
            "/welfare/mutual-aid/claims/{}",
            "claim_id",
            notice=NoticeText(_l("有申领需要在期限前转交或报送。")),
            roles=frozenset({"chair", "officer"}),
        ),
    },
    news={
        "mutual_aid_cover_changed": NewsKind(
            _l("职工互助保障有变化"), "shield-check", "my_mutual_aid", shade=_cover_now, notice=_LOOK
        ),
        "mutual_aid_claim_changed": NewsKind(
            _l("互助保障申领有进展"), "shield-check", "my_mutual_aid_claim", "claim_id", shade=_claim_now, notice=_LOOK
        ),
    },
    reactions=(
        Reaction(MutualAidCoverChanged, projections.note_covers, batch=True),
        Reaction(MutualAidClaimChanged, projections.on_claim),
        Reaction(MutualAidClaimDue, projections.on_due),
    ),
    help=Help(
        _l("互助保障"),
        _l("组织会员参加职工互助保障，出险后经分工会、校工会向承办单位申领。"),
        (
            _l("校工会登记保障计划和保障期，分工会按名单给会员参保，每人每期一份。"),
            _l("会员出险后在期限内提出申领并上传材料，材料只有本人和校工会经办人可以查看。"),
            _l("分工会转交，校工会报送承办单位，并登记赔付结果。"),
        ),
        _l("承办单位的互助保障计划条款，见各计划的依据文件"),
    ),
    templates=Path(__file__).parent / "templates",
)
