"""Vocabularies of examinations: kinds, states, what fields are called. None of them says what was found."""

from services.chassis.schema import Vocabulary
from services.contracts.membership.person import GENDERS as GENDERS

EXAMINATION_KINDS = Vocabulary("examination_kind", general="年度体检", women="女职工专项检查")
"""The special examination of women is a campaign of its own, so that it keeps its own interval."""
EXAMINATION_STATES = Vocabulary(
    "examination", draft="筹备中", listing="生成名单中", open="预约中", closed="已结束", cancelled="已取消",
)  # fmt: skip
EXAMINEE_STATES = Vocabulary(
    "examinee", listed="未预约", booked="已预约", attended="已到检", no_show="未到检", cancelled="已取消预约",
    withdrawn="已离会",
)  # fmt: skip
NOT_BOOKED = ("listed", "cancelled", "no_show")
"""States of who has no appointment and was not examined."""
MARKS = EXAMINEE_STATES.only("attended", "no_show")
"""What is marked at the desk: whether somebody came, nothing else."""

COVERAGE_ORDERS = Vocabulary(
    "examination_coverage_order",
    {"percent": "覆盖率低的在前", "-percent": "覆盖率高的在前", "-unbooked": "未预约多的在前",
     "-eligible": "应检多的在前"},
)  # fmt: skip

EXAMINATION_FIELDS = Vocabulary(
    "examination_field", title="名称", year="年度", kind="类别", funding="经费来源", as_of="年龄计算日",
    book_until="预约截止", state="状态", name="名称", address="地址", sex="适用性别", age_from="最小年龄",
    age_to="最大年龄", price="每人费用", hospital_id="医院", hospital="医院", starts_at="开始时间", ends_at="结束时间",
    capacity="名额", booked="已约", free="剩余", note="时段提示", member_id="会员", unit_id="分工会", package_id="套餐",
    package="套餐", slot_id="时段", slot="时段", purpose="用途", in_use="可用", eligible="应检", attended="已检",
    no_show="未到检", unbooked="未预约", percent="覆盖率", mark="到检情况", reminded="提醒轮次", reason="原因",
)  # fmt: skip
