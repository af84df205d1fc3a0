"""Awards: commendations of members and units."""

from pathlib import Path

from flask_babel import lazy_gettext as _l

from gateway.help import Help
from gateway.portal.people import OFFICE_ROLES
from gateway.read_models import awards as award_views
from gateway.search_kind import SearchKind
from gateway.subject import MenuItem, NewsKind, NoticeText, Subject, each
from gateway.subjects.governance.awards import api, finding, pages, projections, rule_messages
from services.contracts.governance.awards import AwardGranted, AwardRevoked

SUBJECT = Subject(
    "awards",
    __doc__,
    rules=rule_messages.RULES,
    input_errors=rule_messages.INPUT_ERRORS,
    routes=api.ROUTES,
    pages=(pages.PAGES,),
    menu=(MenuItem("awards", _l("荣誉表彰"), "award", "members", OFFICE_ROLES, also=("new_award", "new_honour")),),
    news={
        "award_granted": NewsKind(
            _l("您获得了荣誉"), "award", "my_record", notice=NoticeText(_l("“%(title)s”已记入您的档案。"))
        ),
        "award_revoked": NewsKind(
            _l("您的一项荣誉已撤销"),
            "award",
            "my_record",
            notice=NoticeText(_l("“%(title)s”已从您的荣誉中撤销，原因可向工会查询。")),
        ),
    },
    reactions=(
        *each(projections.note, AwardGranted, AwardRevoked),
        *each(award_views.note, AwardGranted, AwardRevoked, batch=True),
    ),
    search=(
        SearchKind(
            "award",
            _l("荣誉表彰"),
            "award",
            "/governance/awards/{id}",
            finding.shown,
            indexed=award_views.SEARCHED,
            roles=OFFICE_ROLES,
        ),
    ),
    help=Help(
        _l("荣誉表彰"),
        _l("记录会员和分工会获得的荣誉，写明级别、依据和日期。"),
        (
            _l("校工会登记，会员在自己的档案里看到。"),
            _l("登记有误的撤销并写明原因，不删除。"),
        ),
    ),
    templates=Path(__file__).parent / "templates",
)
