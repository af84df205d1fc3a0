"""Cards, photo and documents of members."""

import re
from pathlib import Path

from flask_babel import lazy_gettext as _l

from gateway.code_kind import CodeKind
from gateway.help import Help
from gateway.jobs.sheets import keep
from gateway.read_models import timeline
from gateway.subject import JobKind, MenuItem, NewsKind, NoticeText, Reaction, Subject
from gateway.subjects.membership.cards import api, files_pages, member_pages, pages, rule_messages, sheets
from services.contracts.gateway.jobs import print_cards
from services.contracts.membership.card import CardsRevoked, read_card

SUBJECT = Subject(
    "cards",
    __doc__,
    menu=(
        MenuItem("card", _l("会员卡与二维码"), "ticket-perforated", "own_record"),
        MenuItem("my_files", _l("照片与附件"), "file-earmark-text", "own_record"),
    ),
    rules=rule_messages.RULES,
    routes=api.ROUTES,
    pages=(pages.PAGES, member_pages.PAGES, files_pages.PAGES),
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
    codes=(
        CodeKind(
            "card",
            _l("会员卡"),
            read_card,
            "/membership/members/{}",
            pages.record_page,
            titles={"good": _l("会籍有效"), "ended": _l("会籍已终止")},
            former=re.compile("[A-Za-z0-9_-]{46}"),
        ),
    ),
    help=Help(
        _l("会员卡"),
        _l("会员卡证明会籍：扫二维码即可查验，不用看证件。"),
        (
            _l("会员在手机上出示会员卡，二维码每隔几分钟更换一次。"),
            _l("校工会和分工会可以成批打印会员卡。"),
            _l("挂失后，以前的二维码立即失效。"),
        ),
    ),
    templates=Path(__file__).parent / "templates",
)
