"""Joining: applications with their files, wordings of consent, rules of membership."""

from pathlib import Path

from flask_babel import lazy_gettext as _l

from gateway.help import Help
from gateway.portal.people import CONSOLE_ROLES
from gateway.portal.words import words
from gateway.read_models import applications, timeline
from gateway.subject import (
    JobKind,
    MenuItem,
    NewsKind,
    NoticeText,
    Reaction,
    Subject,
    TodoBatch,
    TodoDetails,
    TodoKind,
    each,
)
from gateway.subjects.membership.joining import (
    api,
    applications_pages,
    approvals_pages,
    approve_many_pages,
    files_pages,
    follow_pages,
    join_pages,
    newcomers_pages,
    rule_messages,
    settings_pages,
    unconfirmed_pages,
)
from services.contracts.membership.joining.operations import (
    ApplicationRejected,
    ApplicationReturned,
    ApplicationReviewed,
    ApplicationSubmitted,
    ApplicationWithdrawn,
    MemberJoined,
    list_applications,
)

_APPLICANT = TodoDetails(
    list_applications, name="name", facts=lambda application: (words(application["employment"], "employment"),)
)

SUBJECT = Subject(
    "joining",
    __doc__,
    rules=rule_messages.RULES,
    input_errors=rule_messages.INPUT_ERRORS,
    routes=api.ROUTES,
    pages=(
        join_pages.PAGES,
        follow_pages.PAGES,
        files_pages.PAGES,
        applications_pages.PAGES,
        unconfirmed_pages.PAGES,
        newcomers_pages.PAGES,
        approvals_pages.PAGES,
        approve_many_pages.PAGES,
        settings_pages.PAGES,
    ),
    menu=(
        MenuItem(
            "applications",
            _l("入会审核"),
            "person-plus",
            "members",
            CONSOLE_ROLES,
            also=(
                "application",
                "propose",
                "approval_run",
                "confirm_run",
                "joining",
                "new_wording",
                "new_series",
                "unconfirmed_applications",
            ),
        ),
    ),
    todos={
        "application_review": TodoKind(
            "person-plus",
            "application",
            "/membership/applications/{}",
            "application_id",
            notice=NoticeText(_l("有一份入会申请等分工会审核。")),
            roles=frozenset({"chair", "officer"}),
            details=_APPLICANT,
        ),
        "application_approval": TodoKind(
            "person-plus",
            "application",
            "/membership/applications/{}",
            "application_id",
            notice=NoticeText(_l("有一份入会申请已通过分工会审核，等校工会批准。")),
            roles=frozenset({"officer"}),
            details=_APPLICANT,
            batch=TodoBatch("approve_many", "application_ids", _l("批准勾选的申请")),
        ),
        "application_returned": TodoKind(
            "pencil-square",
            "edit_application",
            "/membership/applications/{}",
            notice=NoticeText(_l("请按退回的意见修改入会申请，再次提交。")),
            roles=frozenset({"applicant"}),
        ),
    },
    news={
        "member_joined": NewsKind(
            _l("您已成为会员"), "person-badge", "me", notice=NoticeText(_l("欢迎加入工会，会员卡在“我的”里。"))
        ),
        "application_submitted": NewsKind(
            _l("入会申请已提交"),
            "file-earmark-text",
            "my_application",
            notice=NoticeText(_l("入会申请已收到，审核有结果会在这里告诉您。")),
        ),
        "application_reviewed": NewsKind(
            _l("入会申请已通过分工会审核"),
            "file-earmark-text",
            "my_application",
            notice=NoticeText(_l("入会申请等校工会批准。")),
        ),
        "application_returned": NewsKind(
            _l("入会申请被退回修改"),
            "file-earmark-text",
            "my_application",
            notice=NoticeText(_l("请按退回的意见修改入会申请，再次提交。")),
        ),
        "application_rejected": NewsKind(
            _l("入会申请未通过"),
            "file-earmark-text",
            "my_application",
            notice=NoticeText(_l("不予通过的原因写在入会申请里。")),
        ),
        "application_withdrawn": NewsKind(
            _l("入会申请已撤回"),
            "file-earmark-text",
            "my_application",
            notice=NoticeText(_l("入会申请已按您的要求撤回，可以重新提交。")),
        ),
    },
    reactions=(
        Reaction(MemberJoined, applications.note_approved, batch=True),
        Reaction(MemberJoined, timeline.note_joined, batch=True),
        *each(
            applications.note,
            ApplicationSubmitted,
            ApplicationReviewed,
            ApplicationReturned,
            ApplicationRejected,
            ApplicationWithdrawn,
        ),
    ),
    jobs=(JobKind("approve_applications", _l("批量批准入会"), page="applications"),),
    help=Help(
        _l("入会申请"),
        _l("教职工申请加入工会，由分工会审核、校工会批准，批准后编发会员号。"),
        (
            _l("本人在网上填写申请；集体入会由分工会代填。"),
            _l("分工会主席核对信息和材料，通过、退回修改或不通过，并写明理由。"),
            _l("校工会批准，可以逐份，也可以把待批准的一起批准。"),
        ),
        _l("工会法第三条、中国工会章程第一条"),
    ),
    templates=Path(__file__).parent / "templates",
)
