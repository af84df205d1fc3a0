"""Cards, photo and documents of members."""

from pathlib import Path

from flask_babel import lazy_gettext as _l

from gateway.jobs.sheets import keep
from gateway.read_models import timeline
from gateway.subject import JobKind, NewsKind, NoticeText, Reaction, Subject
from gateway.subjects.membership.cards import api, files_pages, member_pages, pages, rule_messages, sheets, verify_pages
from services.contracts.gateway.jobs import print_cards
from services.contracts.membership.card import CardsRevoked

SUBJECT = Subject(
    "cards",
    __doc__,
    rules=rule_messages.RULES,
    routes=api.ROUTES,
    pages=(pages.PAGES, member_pages.PAGES, files_pages.PAGES, verify_pages.PAGES),
    news={
        "cards_revoked": NewsKind(
            _l("您的会员卡已作废"),
            "ticket-perforated",
            "card",
            notice=NoticeText(_l("以前的会员卡二维码已失效，打开会员卡即是新的。")),
        ),
    },
    reactions=(Reaction(CardsRevoked, timeline.note_of_member),),
    jobs=(JobKind(sheets.KIND, _l("打印会员卡"), print_cards, sheets.draw, keep),),
    templates=Path(__file__).parent / "templates",
)
