"""Vocabulary of children's classes."""

from __future__ import annotations

from services.chassis.schema import Vocabulary

CHILD_STATES = Vocabulary("child_registration", confirmed="已录取", waiting="候补中", withdrawn="已退出")
LIVE = ("confirmed", "waiting")
CHILD_STEPS = Vocabulary("child_registration_step", withdraw="退出")
CHILD_CAUSES = Vocabulary(
    "child_cause", by_guardian="监护人退出", by_officer="校工会退出", not_reached="候补未轮到", no_member="会籍终止",
)  # fmt: skip
FEE_STATES = Vocabulary("child_fee", owed="待缴", paid="已缴", free="免缴")
ATTENDANCE = Vocabulary("child_attendance", present="到", absent="缺席", excused="请假", none="不登记")
RELATIONS = Vocabulary(
    "pick_up_relation", parent="父母", grandparent="祖父母或外祖父母", relative="其他亲属", carer="其他受托人"
)
CLASS_PHASES = Vocabulary("class_phase", coming="即将报名", open="报名中", closed="报名已截止", over="已结束")
CLASS_ORDERS = Vocabulary("children_class_order", {"-starts_on": "学期，新的在前", "name": "名称"})
REGISTRATION_ORDERS = Vocabulary("child_registration_order", {"ticket": "报名先后", "-ticket": "报名先后，倒序"})

CHILD_FIELDS = Vocabulary(
    "child_field", name="名称", term_id="学期", term_name="学期", starts_on="开始日期", ends_on="结束日期",
    opens_at="报名开始", closes_at="报名截止", about="介绍", place="地点", times="上课时间",
    age_from="年龄下限（周岁，含）", age_to="年龄上限（周岁，含）", places="名额", fee="费用（元）",
    phase="报名", confirmed="已录取", waiting="候补",
    class_id="班级", class_name="班级", child_name="孩子姓名", born_on="出生日期", age="年龄", health_note="健康提示",
    phone="紧急联系电话", pick_up="接孩子的人", relation="关系", member_id="监护人", unit_id="分工会", state="状态",
    position="候补顺位", registered_at="报名时间", confirmed_at="录取时间", ended_at="退出时间", cause="退出原因",
    note="说明", fee_state="缴费", fee_note="缴费说明", consent_version="同意书版本", consents="监护人同意",
    days_present="到课次数", day="日期", purpose="用途", attendance="出勤", text="同意书内容", sort="排序",
    reason="原因", erased="资料已删除",
)  # fmt: skip
