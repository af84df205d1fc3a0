"""Standing care: what is due this month by kind, giving it out, children's day."""

from pathlib import Path

from flask_babel import lazy_gettext as _l

from gateway.help import Help
from gateway.subject import MenuItem, NewsKind, NoticeText, Reaction, Subject
from gateway.subjects.welfare.care import api, pages, projections, rule_messages
from services.contracts.welfare.care import CareGiftGiven

SUBJECT = Subject(
    "care",
    __doc__,
    rules=rule_messages.RULES,
    routes=api.ROUTES,
    pages=(pages.PAGES,),
    menu=(
        MenuItem(
            "care", _l("定时关怀"), "gift", "welfare", frozenset({"officer", "auditor"}), also=("confirm_giving",)
        ),
    ),
    news={
        "care_gift_given": NewsKind(
            _l("工会给您的一份关怀已发放"), "gift", "my_benefits", notice=NoticeText(_l("请在“我的福利”里查看。"))
        ),
    },
    reactions=(Reaction(CareGiftGiven, projections.on_given, batch=True),),
    help=Help(
        _l("定时关怀"),
        _l("新婚、生育、退休和六一的慰问，由日期或事件自动列入名单，每件只发一次。"),
        (
            _l("哪些慰问不经走访发放，由“制度标准”里的规则定；没有规则的随走访发放。"),
            _l("登记婚育、办理退休后自动列入名单；六一名单按家庭登记的子女生成。"),
            _l("核对名单后按类别发放，同时报账；超出标准的不予入账，更正后可重新发放。"),
        ),
        _l("总工办发〔2017〕32号"),
    ),
    templates=Path(__file__).parent / "templates",
)
