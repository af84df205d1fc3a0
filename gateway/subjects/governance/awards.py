"""Awards: commendations of members and units."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from gateway.portal.pages.console import awards as awards_pages
from gateway.read_models import honours
from gateway.subject import MenuItem, NewsKind, Subject, each
from gateway.subjects.roles import OFFICE
from services.contracts.governance.awards import AwardGranted, AwardRevoked

SUBJECT = Subject(
    "awards",
    "Awards: commendations of members and units.",
    pages=(awards_pages.PAGES,),
    menu=(MenuItem("awards", _l("荣誉表彰"), "award", "members", OFFICE, also=("new_award", "new_honour")),),
    news={
        "award_granted": NewsKind(_l("您获得了荣誉"), "award", "my_record"),
        "award_revoked": NewsKind(_l("您的一项荣誉已撤销"), "award", "my_record"),
    },
    reactions=each(honours.note, AwardGranted, AwardRevoked),
)
