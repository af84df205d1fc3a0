"""Somebody with several roles works in one of them, and in all again."""

from __future__ import annotations


def test_somebody_with_several_roles_works_in_one_of_them(visitor, pictures):
    chair = visitor("chair")
    chair.open("/me/roles")
    member = chair.page.get_by_role("listitem").filter(has_text="会员").filter(has=chair.page.get_by_role("button"))
    chair.press("只以此身份工作", member.first)
    chair.must_see("正在只以")
    assert chair.page.get_by_role("link", name="工作台").count() == 0
    chair.finds_no_fault(pictures)
    chair.press("恢复全部身份")
    chair.must_see("已恢复全部身份")
