"""Vocabularies of charity drives: states, ways of giving, what fields are called."""

from services.chassis.schema import Vocabulary

DRIVE_STATES = Vocabulary(
    "drive", draft="未发布", open="进行中", closed="已结束", handed_over="已移交", disclosed="已公开",
    cancelled="已取消",
)  # fmt: skip
PUBLISHED_STATES = DRIVE_STATES.only("open", "closed", "handed_over", "disclosed")
"""States of a drive that everybody who is signed in can see."""

GIFT_WAYS = Vocabulary("gift_way", cash="现金", payroll="工资代扣", transfer="自行转账", goods="物品")
OWN_WAYS = GIFT_WAYS.only("payroll", "transfer")
"""Ways that only the giver records."""
LISTED_WAYS = GIFT_WAYS.only("cash", "goods")
"""Ways that a unit's chair or an officer records."""
GIFT_STATES = Vocabulary("gift", noted="待确认", confirmed="已确认", withdrawn="已撤回")
RECEIPT_STATES = Vocabulary("gift_receipt", none="未要求", asked="待开具", given="已开具")

CHARITY_MARKS = Vocabulary(
    "charity_mark", name="慈善组织名称", credit_code="统一社会信用代码", certificate="公开募捐资格证书编号",
)  # fmt: skip
"""What a drive must name of the charity whose books carry the money."""

GIFT_ORDERS = Vocabulary(
    "gift_order", {"given_on": "日期", "-given_on": "日期，最近的在前", "entered_at": "登记顺序"},
)  # fmt: skip
"""There is no order by amount: gifts are not ranked."""
DRIVE_ORDERS = Vocabulary("drive_order", {"-opens_on": "开始日期，最近的在前", "opens_on": "开始日期"})

CHARITY_FIELDS = Vocabulary(
    "charity_field", title="名称", year="年度", purpose="用途", charity_name="慈善组织",
    credit_code="统一社会信用代码", certificate="公开募捐资格证书编号", opens_on="开始日期", closes_on="结束日期",
    wording="工资代扣同意书", wording_version="同意书版本", plan_item_id="计划事项", state="状态",
    drive_id="捐赠活动", unit_id="分工会", member_id="捐赠人", anonymous="匿名", way="捐赠方式", amount="金额",
    goods="物品", quantity="数量", given_on="捐赠日期", reference="凭证号", receipt="票据", receipt_number="票据号",
    receipt_on="开具日期",
    receipt_title="票据抬头", reason="原因", handed_on="移交日期", handed_amount="移交金额",
    difference="差额说明", charity_receipt="慈善组织收据号", report="使用情况", counted="点钞金额",
    q="凭证号、票据号或物品",
    charity="慈善组织名称或活动名称", deducted_on="扣款日期", code="认领码", entered_at="登记时间",
)  # fmt: skip
