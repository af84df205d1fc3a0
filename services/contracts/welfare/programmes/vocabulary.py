"""Vocabulary of programmes of goods."""

from __future__ import annotations

from services.chassis.schema import Vocabulary

CYCLE_STATES = Vocabulary(
    "cycle", draft="筹备中", computed="名单待批准", approved="已批准", choosing="选择中", handing_out="发放中",
    closed="已结束", cancelled="已取消",
)  # fmt: skip
"""`approved`: members are being told; then they choose, then goods are handed out, then what is left goes back."""

CYCLE_STAGES = CYCLE_STATES.only("draft", "computed", "approved", "choosing", "handing_out", "closed")

GOODS_STATES = Vocabulary(
    "goods", entitled="待选择", chosen="待领取", collected="已领取", expired="逾期未领", withdrawn="已撤下",
)  # fmt: skip

HAND_OUT_METHODS = Vocabulary(
    "hand_out", signature="本人签收", proxy="他人代领", signed_list="纸质签收表",
)  # fmt: skip

PACKAGE_ORDERS = Vocabulary(
    "package_order", {"name": "按名称", "-stock": "库存多的在前", "-chosen": "选的人多的在前"},
)  # fmt: skip
CYCLE_FIELDS = Vocabulary(
    "cycle_field", name="名称", benefit_key="福利项目", festival="节日", funding="经费来源", year="年度", title="标题",
    as_of="名单截止日期", price="每人标准（元）", choose_until="选择截止日期", collect_from="领取开始日期",
    collect_until="领取截止日期", unit_ids="限定分工会", employments="限定用工形式", standings="会籍状态",
    joined_by="此日及之前入会", contents="内容", stock="数量", is_default="默认选择",
    paired_aid="其中消费帮扶金额（元）", point="领取地点", starts_at="开始时间", ends_at="结束时间",
    capacity="可领人数",
    state="状态", number="序号", member_id="会员", unit_id="分工会", package="礼包", slot="领取时段", entitled="人数",
    chosen="已选", collected="已领取", signature="签收人", reason="不符合的规则", sheet="签收表编号", method="领取方式",
    collected_at="领取时间", assigned="名单上", handed_out="已领", left="应剩", agrees="一致", q="礼包名称",
)  # fmt: skip
