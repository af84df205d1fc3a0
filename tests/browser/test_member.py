"""An officer corrects a record and looks at a sensitive field; the member sees both."""

from __future__ import annotations

from tests.e2e.stories import newcomer, unit_of
from tests.support.api import Api


def test_a_look_needs_a_purpose_and_the_member_sees_it(visitor, union):
    member_id = Api(union.url).sign_in("member").get("/me")["member_id"]
    officer = visitor("officer")
    officer.open(f"/console/members/{member_id}")
    panel = officer.unfold("查看明文")
    panel.get_by_label("查看哪一项").select_option("phone")
    panel.get_by_label("用途").fill(f"核对联系方式（{officer.size}）")
    officer.press("查看", panel)
    officer.must_see("本次查看已记录")

    officer.open(f"/console/members/{member_id}/edit")
    officer.page.get_by_label("手机号").fill("13800000001" if officer.size == "phone" else "13800000002")
    officer.page.get_by_label("修改原因").fill(f"本人来电更正（{officer.size}）")
    officer.press("保存")
    officer.must_see("档案已更新")
    officer.must_see(f"本人来电更正（{officer.size}）")
    officer.finds_no_fault()

    member = visitor("member")
    member.open("/me/record?tab=changes")
    member.must_see(f"核对联系方式（{officer.size}）")
    member.must_see(f"本人来电更正（{officer.size}）")
    member.finds_no_fault()


def test_a_unit_proposes_its_newcomers_together(visitor, union):
    unit_id = unit_of(Api(union.url).sign_in("chair"))
    people = [newcomer(unit_id, name=name) for name in ("东方明", "东方亮")]
    lines = [f"{one['name']},女,{one['id_number']},{one['phone']},合同制,{one['hired_on']}" for one in people]
    chair = visitor("chair")
    chair.open("/console/applications/newcomers")
    chair.page.get_by_label("分工会").select_option(unit_id)
    chair.page.get_by_label("名单上的每个人").check()
    chair.page.get_by_label("新教工名单").fill(f"{lines[0]}\n{lines[1].replace(people[1]['phone'], '12')}")
    chair.press("提交名单")
    chair.must_see("第 2 行：手机号")
    chair.complaints.clear()
    chair.page.get_by_label("已核验").check()
    chair.page.get_by_label("新教工名单").fill("\n".join(lines))
    chair.press("提交名单")
    chair.must_see("已提交 2 人的申请")
    chair.finds_no_fault()
    officer = visitor("officer")
    officer.open("/console/applications?state=unit_reviewed&q=东方")
    for one in people:
        officer.must_see(one["name"])
    officer.page.get_by_label("全选本页").check()
    officer.press("批准勾选的申请")
    officer.must_see("批准 2 份入会申请")
    officer.press("确认批准 2 份")
    officer.must_see("已批准")
