"""Papers once the unit has accepted, a batch with its outcomes, a card a stranger can check, files of the record."""

from __future__ import annotations

from tests.browser.test_newcomer import agrees, fills_in
from tests.e2e.stories import newcomer, unit_of
from tests.support.api import Api
from tests.support.pictures import PDF, picture

CONTRACT = {"name": "contract.pdf", "mimeType": "application/pdf", "buffer": PDF}
PHOTO = {"name": "me.jpg", "mimeType": "image/jpeg", "buffer": picture()}


def test_papers_follow_once_the_unit_has_accepted_and_a_batch_approves_it(visitor, union):
    chair = Api(union.url).sign_in("chair")
    person = newcomer(unit_of(chair), name="皇甫青", employment="contract")
    applicant = visitor()
    applicant.open("/join")
    fills_in(applicant, person)
    applicant.page.get_by_label("用户名").fill(person["username"])
    applicant.page.get_by_label("密码").fill(person["password"])
    agrees(applicant)
    applicant.must_see("现在不用上传")
    applicant.press("提交申请")
    applicant.must_see("可以在这里上传照片和材料")
    row = next(one for one in chair.all("/membership/applications", q="皇甫青") if one["state"] == "submitted")
    chair.post(f"/membership/applications/{row['id']}/review", {"decision": "accept"})

    applicant.open("/join/application")
    applicant.page.get_by_role("link", name="上传照片和材料").click()
    applicant.page.get_by_label("劳动合同").set_input_files(CONTRACT)
    applicant.page.get_by_label("照片", exact=True).set_input_files(PHOTO)
    applicant.page.get_by_label("我已阅读并同意《照片使用同意书》").check()
    applicant.press("上传")
    applicant.must_see("contract.pdf")
    applicant.finds_no_fault()

    officer = visitor("officer")
    officer.open(f"/console/applications/{row['id']}")
    assert officer.page.get_by_alt_text("申请人照片").evaluate("image => image.naturalWidth") > 0
    officer.must_see("演示规则")
    officer.open("/console/applications?state=unit_reviewed")
    panel = officer.asks("全部批准")
    officer.press("开始批准", panel)
    officer.waits_to_see("已完成", officer.page.url.removeprefix(union.url))
    officer.waits_to_see("皇甫青", f"{officer.page.url.removeprefix(union.url).partition('?')[0]}?outcome=approved")
    officer.finds_no_fault()


def test_a_card_is_shown_and_checked_and_the_record_takes_files(visitor, union):
    member = visitor("member")
    member.open("/me/card")
    assert member.page.get_by_role("img", name="会员卡二维码").locator("svg").count() == 1
    member.finds_no_fault()
    token = Api(union.url).sign_in("member").get("/me/card")["token"]
    stranger = visitor()
    stranger.open(f"/verify/{token}")
    stranger.must_see("会籍有效")
    stranger.open("/verify/" + "A" * 46, status=404)
    stranger.must_see("无法验证")
    member.open("/me/files")
    member.page.get_by_label("材料种类").select_option("identity")
    member.page.get_by_label("文件").set_input_files(CONTRACT)
    member.press("上传附件")
    member.must_see("contract.pdf")
    member.page.get_by_label("文件").set_input_files({**PHOTO, "name": "no.pdf", "mimeType": "application/pdf"})
    member.page.get_by_label("材料种类").select_option("other")
    member.press("上传附件")
    member.must_see("文件内容与格式不符")
    member.forgives(422)
    member.finds_no_fault()
