"""Birthday care (生日慰问): the month's list, vouchers issued from it, and their collection."""

from __future__ import annotations

from marshmallow import fields, validate

from services.chassis.schema import (
    SYSTEM,
    Choice,
    Event,
    Money,
    Page,
    PageRequest,
    Schema,
    Text,
    Timestamp,
    Vocabulary,
    command,
    labelled,
    query,
)
from services.contracts.days import Day
from services.contracts.vocabulary import BENEFIT_FORMS
from services.contracts.welfare.vocabulary import CLAIM_STATES, RuleInForceExplained

GRANT_STATES = Vocabulary("grant", listed="待发放", issued="已发放", collected="已领取", withdrawn="已撤下")
GRANT_FIELDS = Vocabulary(
    "grant_field", member_id="会员", unit_id="分工会", celebrated_on="生日", amount="慰问", form="形式",
    issued_at="发放时间", collected_at="领取时间", claim_state="入账", state="状态",
)  # fmt: skip

RUN_STATES = Vocabulary("run", running="进行中", done="已完成", stopped="已停止")

Year = validate.Range(min=2000, max=2100)
Month = validate.Range(min=1, max=12)


@labelled(GRANT_FIELDS)
class BirthdayGrant(Schema):
    """生日慰问 One member's birthday care in one year. `claim_state` is the answer of the funds."""

    id = fields.UUID(required=True)
    member_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True)
    year = fields.Integer(required=True)
    month = fields.Integer(required=True)
    celebrated_on = fields.Date(required=True)
    state = Choice(GRANT_STATES, required=True)
    amount = Money(allow_none=True, load_default=None)
    form = Choice(BENEFIT_FORMS, allow_none=True, load_default=None)
    issued_at = Timestamp(allow_none=True, load_default=None)
    collect_by = fields.Date(allow_none=True, load_default=None)
    collected_at = Timestamp(allow_none=True, load_default=None)
    claim_state = Choice(CLAIM_STATES, required=True)
    refused_rule = fields.String(allow_none=True, load_default=None)


class MyBirthdayGrant(BirthdayGrant):
    """One's own birthday care, with the one-time code for collecting it."""

    code = fields.String(allow_none=True, load_default=None)


class BirthdayMonth(Schema):
    """A year's month."""

    year = fields.Integer(required=True, validate=Year)
    month = fields.Integer(required=True, validate=Month)


class BirthdayList(BirthdayMonth):
    """生日名单 A month's list: when it was last drawn up, how many grants are listed, issued, collected, refused."""

    drawn_up_at = Timestamp(allow_none=True, load_default=None)
    added = fields.Integer(load_default=0)
    listed = fields.Integer(required=True)
    issued = fields.Integer(required=True)
    collected = fields.Integer(required=True)
    withdrawn = fields.Integer(required=True)
    refused = fields.Integer(required=True)
    cap = Money(allow_none=True, load_default=None)
    forms = fields.List(Choice(BENEFIT_FORMS), load_default=list)
    rule = fields.Nested(RuleInForceExplained, allow_none=True, load_default=None)
    why_not = fields.String(allow_none=True, load_default=None)
    missing_rule = fields.String(allow_none=True)


@labelled(GRANT_FIELDS)
class ListBirthdayGrants(PageRequest):
    """A month's birthday care by day; a chair sees the own unit."""

    year = fields.Integer(required=True, validate=Year)
    month = fields.Integer(required=True, validate=Month)
    unit_id = fields.UUID(load_default=None, allow_none=True)
    state = Choice(GRANT_STATES, load_default=None, allow_none=True)


class IssueBirthdayVouchers(BirthdayMonth):
    """Issue to the whole month's list, or to the grants named. Checked against the birthday rules of today.

    `expected`: how many were seen on the list; another number is refused.
    """

    amount = Money(required=True, validate=validate.Range(min=0, min_inclusive=False, max=100_000))
    form = Choice(BENEFIT_FORMS, load_default="voucher")
    grant_ids = fields.List(fields.UUID(), load_default=None, allow_none=True, validate=validate.Length(1, 500))
    collect_by = Day(years_ahead=2, load_default=None, allow_none=True)
    expected = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(min=0))


class BirthdayRun(Schema):
    """发放任务 One issue of vouchers and how far it is; `percent` is 100 when done."""

    id = fields.UUID(required=True)
    year = fields.Integer(required=True)
    month = fields.Integer(required=True)
    state = Choice(RUN_STATES, required=True)
    total = fields.Integer(required=True)
    done = fields.Integer(required=True)
    percent = fields.Integer(required=True)
    amount = Money(required=True)
    form = Choice(BENEFIT_FORMS, required=True)
    collect_by = fields.Date(allow_none=True, load_default=None)
    rule = fields.Nested(RuleInForceExplained, required=True)
    started_at = Timestamp(required=True)
    finished_at = Timestamp(allow_none=True, load_default=None)


class BirthdayRunRef(Schema):
    """One issue of vouchers by id."""

    run_id = fields.UUID(required=True)


class ListBirthdayRuns(PageRequest):
    """Issues of vouchers, newest first."""

    year = fields.Integer(load_default=None, allow_none=True, validate=Year)
    month = fields.Integer(load_default=None, allow_none=True, validate=Month)


class CollectBirthdayVoucher(Schema):
    """Record that a voucher was collected: by the code the member shows, once."""

    code = Text(20, 8, required=True)


class WithdrawBirthdayGrant(Schema):
    """Remove a member from the list before a voucher was issued, with the reason."""

    grant_id = fields.UUID(required=True)
    reason = Text(200, 2, required=True)


class BenefitGrantedData(Schema):
    """Data of a granted benefit for the funds; `beneficiary` is a pseudonym, the same for one member in a year.

    The rules of the day `granted_on` apply (of visits: `completed_on`). `claim` as in visit_completed. `cycle_id`: the
    cycle of goods whose reservation pays.
    """

    grant_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True)
    benefit_key = fields.String(required=True)
    amount = Money(required=True)
    form = Choice(BENEFIT_FORMS, required=True)
    granted_on = fields.Date(required=True)
    beneficiary = fields.String(required=True)
    rule_key = fields.String(allow_none=True, load_default=None)
    claim = fields.Integer(load_default=1)
    cycle_id = fields.UUID(allow_none=True, load_default=None)


class BenefitGranted(Event, source="welfare"):
    """A benefit was granted without a visit, such as a birthday voucher; it is a claim on the funds."""

    subject = "grant/{grant_id}"
    data = BenefitGrantedData
    example = {
        "grant_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0111", "unit_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0001",
        "benefit_key": "birthday", "amount": "200.00", "form": "voucher", "granted_on": "2023-03-01",
        "beneficiary": "6f1c2e0d9b8a47563c4d5e6f7a8b9c0d", "rule_key": "benefit.birthday.cap", "claim": 1,
        "cycle_id": None}  # fmt: skip


draw_up_birthday_list = command(
    "welfare", "draw_up_birthday_list", request=BirthdayMonth, reply=BirthdayList, allow=("officer", SYSTEM),
    doc="Put the month's birthdays on the list, once each per member and year; again adds only who is new.",
    title="生成生日名单",
)  # fmt: skip
get_birthday_list = query(
    "welfare", "get_birthday_list", request=BirthdayMonth, reply=BirthdayList,
    allow=("officer", "chair", "auditor", SYSTEM), doc="How a month's birthday care stands.", title="查看生日慰问进度",
)  # fmt: skip
list_birthday_grants = query(
    "welfare", "list_birthday_grants", request=ListBirthdayGrants, reply=Page(BirthdayGrant),
    allow=("officer", "chair", "auditor"), doc="A month's birthday care by day.", title="查看生日名单",
)  # fmt: skip
my_birthday_grants = query(
    "welfare", "my_birthday_grants", request=PageRequest, reply=Page(MyBirthdayGrant), allow=("member",),
    doc="One's own birthday care with the code to collect it by.", title="查看生日慰问",
)  # fmt: skip
issue_birthday_vouchers = command(
    "welfare", "issue_birthday_vouchers", request=IssueBirthdayVouchers, reply=BirthdayRun, allow=("officer",),
    doc="Issue vouchers to a month's list, in batches.", title="发放生日券",
)  # fmt: skip
get_birthday_run = query(
    "welfare", "get_birthday_run", request=BirthdayRunRef, reply=BirthdayRun, allow=("officer", "auditor"),
    doc="How far an issue of vouchers is.", title="查看一次发券",
)  # fmt: skip
list_birthday_runs = query(
    "welfare", "list_birthday_runs", request=ListBirthdayRuns, reply=Page(BirthdayRun),
    allow=("officer", "auditor"), doc="Issues of vouchers, newest first.", title="查看发券批次",
)  # fmt: skip
stop_birthday_run = command(
    "welfare", "stop_birthday_run", request=BirthdayRunRef, reply=BirthdayRun, allow=("officer",),
    doc="Stop an issue of vouchers; what was issued stays.", title="停止发券",
)  # fmt: skip
collect_birthday_voucher = command(
    "welfare", "collect_birthday_voucher", request=CollectBirthdayVoucher, reply=BirthdayGrant,
    allow=("officer", "chair"), doc="Hand over a voucher by the code the member shows, once.", title="核销生日券",
)  # fmt: skip
withdraw_birthday_grant = command(
    "welfare", "withdraw_birthday_grant", request=WithdrawBirthdayGrant, reply=BirthdayGrant, allow=("officer",),
    doc="Take a member off the list before a voucher was issued.", title="移出生日名单",
)  # fmt: skip
