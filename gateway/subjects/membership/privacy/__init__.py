"""One's own data: consents, the own copy, corrections; and for officers what the law asks of the union."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from gateway.help import Help
from gateway.portal.people import OFFICE_ROLES
from gateway.portal.words import texts_of, words
from gateway.subject import JobKind, MenuItem, NewsKind, NoticeText, Reaction, Subject, TodoDetails, TodoKind, each
from gateway.subjects.membership.privacy import (
    api,
    corrections_pages,
    facts_pages,
    forgetting,
    member_pages,
    own_corrections_pages,
    projections,
    retention_pages,
    rule_messages,
)
from services.contracts.membership.consents import PURPOSES
from services.contracts.membership.corrections import CorrectionAsked, CorrectionEnded, list_corrections
from services.contracts.membership.privacy import ConsentWithdrawn
from services.contracts.membership.record.fields import MEMBER_FIELDS
from services.contracts.membership.retention import MemberAnonymised


def _withdrawn(params: Mapping[str, Any]) -> str | None:
    if params.get("purpose") not in PURPOSES:
        return None
    purpose = texts_of(PURPOSES)[params["purpose"]]
    return gettext("您撤回了同意：%(purpose)s。以此为依据的使用已停止", purpose=purpose)


SUBJECT = Subject(
    "privacy",
    __doc__,
    rules=rule_messages.RULES,
    input_errors=rule_messages.INPUT_ERRORS,
    routes=api.ROUTES,
    pages=(
        member_pages.PAGES,
        own_corrections_pages.PAGES,
        corrections_pages.PAGES,
        retention_pages.PAGES,
        facts_pages.PAGES,
    ),
    menu=(
        MenuItem("my_data", _l("我的数据"), "shield-lock", "own_record"),
        MenuItem("corrections", _l("更正申请"), "pencil-square", "privacy", OFFICE_ROLES, also=("correction",)),
        MenuItem("retention", _l("信息保存期限"), "clock-history", "privacy", OFFICE_ROLES),
        MenuItem("breach", _l("泄露通知名单"), "shield-lock", "privacy", frozenset({"officer"})),
        MenuItem("fact_uses", _l("会员信息的使用"), "shield-check", "privacy", OFFICE_ROLES),
    ),
    todos={
        "correction": TodoKind(
            "pencil-square",
            "corrections",
            "/membership/corrections?state=asked",
            notice=NoticeText(_l("有会员要求更正个人信息，请在期限内答复。")),
            roles=frozenset({"officer"}),
            details=TodoDetails(
                list_corrections, member="member_id", facts=lambda asked: (words(asked["field"], MEMBER_FIELDS.name),)
            ),
        ),
    },
    news={
        "correction_ended": NewsKind(
            _l("您的更正申请有了答复"), "pencil-square", "my_corrections", notice=NoticeText(_l("答复在“我的数据”里。"))
        ),
        "consent_withdrawn": NewsKind(
            _l("您撤回了一项同意"),
            "shield-check",
            "my_data",
            shade=_withdrawn,
            notice=NoticeText(_l("撤回的同意可以随时重新给出。")),
        ),
    },
    reactions=(
        Reaction(ConsentWithdrawn, projections.note_withdrawal),
        *each(projections.note_correction, CorrectionAsked, CorrectionEnded),
        Reaction(MemberAnonymised, forgetting.forget),
    ),
    jobs=(JobKind("breach_list", _l("泄露通知名单")),),
    help=Help(
        _l("个人信息"),
        _l("会员可以下载、更正自己的信息，查看谁看过；离会后按期限删除。"),
        (
            _l("本人提出更正，校工会答复。"),
            _l("到期的信息由系统删除，保存期限在“制度标准”里设定。"),
        ),
        _l("个人信息保护法第四十五条至第四十七条"),
    ),
    templates=Path(__file__).parent / "templates",
)
