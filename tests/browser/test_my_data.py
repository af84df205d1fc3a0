"""Members' data rights in the browser: a child with consent, a correction answered, the own data as a file."""

from __future__ import annotations

from datetime import timedelta

from services.chassis.clock import today
from tests.support.pictures import PDF
from tests.support.stack import PASSWORD


def test_a_child_is_stated_with_the_guardians_consent_and_erased(visitor):
    member = visitor("member")
    name = "安安" if member.size == "phone" else "宁宁"
    member.open("/me/family")
    member.page.get_by_label("关系").select_option("child")
    member.page.get_by_label("姓名").fill(name)
    member.page.get_by_label("出生日期").fill((today() - timedelta(days=2500)).isoformat())
    member.press("登记")
    member.must_see("须由监护人勾选单独同意")
    member.complaints.clear()
    member.page.get_by_label("孩子不满 14 周岁").check()
    member.press("登记")
    member.must_see(name)
    member.finds_no_fault()
    row = member.page.locator("li", has_text=name)
    row.locator("summary").click()
    member.press("确认删除", row)
    assert not member.sees(name)


def test_a_correction_is_asked_for_and_answered_and_everything_downloaded(visitor):
    member, officer = visitor("member"), visitor("officer")
    title = f"副研究员{member.size}"
    member.open("/me/corrections/new?field=professional_title")
    member.page.get_by_label("应为").fill(title)
    member.page.get_by_label("说明").fill("职称证书")
    paper = {"name": "职称证书.pdf", "mimeType": "application/pdf", "buffer": PDF}
    member.page.get_by_label("证明材料").set_input_files(paper)
    member.finds_no_fault()
    member.press("提交")
    member.must_see("待答复")
    officer.open("/console/corrections?state=asked")
    row = officer.page.locator("tr", has_text=title)
    officer.press("办理", row)
    officer.must_see("本次查看已记录")
    officer.finds_no_fault()
    with officer.page.expect_download() as evidence:
        officer.page.get_by_role("button", name="下载").click()
    assert evidence.value.suggested_filename == "职称证书.pdf"
    officer.press("同意并更正")
    officer.must_see("已答复")
    member.open("/me/corrections")
    member.must_see("已更正")

    member.open("/me/data/download")
    member.page.get_by_label("登录密码").fill("not-the-password")
    member.press("下载")
    member.complaints.clear()
    member.page.get_by_label("登录密码").fill(PASSWORD)
    with member.page.expect_download() as download:
        member.page.get_by_role("button", name="下载").click()
    assert download.value.suggested_filename.endswith(".zip")
