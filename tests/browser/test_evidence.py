"""Photos and papers of a visit: shrunk in the browser, sent with the progress, shown to few; also without scripts."""

from __future__ import annotations

import base64
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Route

from services.chassis.clock import today
from tests.browser.test_visit import somebody_nobody_visited
from tests.browser.visitor import SIZES
from tests.support.api import Api
from tests.support.pictures import PDF, picture
from tests.support.waiting import wait_until

PURPOSE = {"purpose": "look at what arrived"}


@pytest.fixture
def visit_id(union) -> str:
    """A visit to somebody of the chair's unit, about a birth."""
    api = Api(union.url).sign_in("chair")
    who = somebody_nobody_visited(api)
    event = {"member_id": who["id"], "occasion": "birth", "happened_on": today().isoformat()}
    return str(api.post("/welfare/life-events", event, status=201)["visit_id"])


def opened(union, visit_id: str, piece: dict[str, str]) -> Image.Image:
    """Return a kept picture, as the officer opens it."""
    officer = Api(union.url).sign_in("officer")
    answer = officer.send("POST", f"/welfare/visits/{visit_id}/evidence/{piece['id']}/open", json=PURPOSE)
    assert answer.status_code == 200, answer.text
    return Image.open(BytesIO(answer.content))


def evidence(union, visit_id: str) -> list[dict[str, str]]:
    return list(Api(union.url).sign_in("chair").get(f"/welfare/visits/{visit_id}")["evidence"])


def file(name: str, content: bytes, media_type: str) -> dict[str, object]:
    return {"name": name, "mimeType": media_type, "buffer": content}


@pytest.mark.parametrize("size", list(SIZES))
def test_photos_are_shrunk_before_they_are_sent_and_shown_to_the_visitor(visitor, union, visit_id: str) -> None:
    chair = visitor("chair")
    chair.open(f"/visits/{visit_id}")
    panel = chair.unfold("上传照片或材料")
    panel.get_by_label("种类").select_option("receipt")
    large = picture(3000, 2400)  # to be turned by a quarter, as its EXIF says
    panel.get_by_label("拍照").set_input_files([file("camera.jpg", large, "image/jpeg")])
    panel.get_by_label("或选择文件").set_input_files([file("sheet.pdf", PDF, "application/pdf")])
    panel.get_by_text("sheet.pdf").wait_for()
    assert panel.locator("canvas").count() == 1
    chair.finds_no_fault()
    chair.press("上传", panel)
    chair.page.wait_for_url(f"**/visits/{visit_id}")

    kept = {piece["media_type"]: piece for piece in evidence(union, visit_id)}
    assert set(kept) == {"image/jpeg", "application/pdf"}
    # A receipt is kept with every pixel that arrives: the browser has made it smaller, and upright.
    assert opened(union, visit_id, kept["image/jpeg"]).size == (1600, 2000)

    panel = chair.unfold("上传照片或材料")
    panel.get_by_label("照片里的人").select_option("none")
    panel.get_by_label("拍照").set_input_files([file("small.jpg", picture(400, 300), "image/jpeg")])
    panel.get_by_text("small.jpg").wait_for()
    chair.press("上传", panel)
    chair.page.wait_for_url(f"**/visits/{visit_id}")
    shown = chair.page.locator("img.evidence-thumbnail")
    shown.scroll_into_view_if_needed()
    wait_until(lambda: shown.evaluate("image => image.naturalWidth"), what="the small picture")
    assert shown.evaluate("image => [image.naturalWidth, image.naturalHeight]") == [240, 320]
    chair.finds_no_fault()


def test_an_officer_sees_a_photo_for_a_purpose_and_the_visitor_removes_it(visitor, union, visit_id: str) -> None:
    api = Api(union.url).sign_in("chair")
    upload = {"kind": "photo", "people_shown": "agreed", "name": "x.jpg", "media_type": "image/jpeg"}
    content = base64.b64encode(picture(600, 800)).decode()
    api.post(f"/welfare/visits/{visit_id}/evidence/files", {**upload, "content": content}, status=201)
    officer = visitor("officer")
    officer.open(f"/visits/{visit_id}")
    assert officer.page.locator("img.evidence-thumbnail").count() == 0
    panel = officer.unfold("打开文件")
    panel.get_by_label("用途").fill("核对走访凭证")
    officer.press("打开", panel)
    assert officer.page.locator("img.evidence-photo").evaluate("image => image.naturalWidth") == 800
    officer.must_see("本次查看已记录")
    officer.finds_no_fault()

    chair = visitor("chair")
    chair.open(f"/visits/{visit_id}")
    panel = chair.unfold("删除文件")
    panel.get_by_label("原因").fill("拍错了")
    chair.press("确认删除", panel)
    chair.must_see("文件已删除")
    officer.open(f"/visits/{visit_id}")
    officer.must_see("拍错了")


def test_a_visit_is_recorded_with_its_files_in_one_go(visitor, union, visit_id: str) -> None:
    chair = visitor("chair")
    chair.open(f"/visits/{visit_id}")
    panel = chair.unfold("登记走访")
    panel.get_by_label("走访记录").fill("已上门看望")
    panel.get_by_label("种类").select_option("signature")
    panel.get_by_label("或选择文件").set_input_files([file("sheet.pdf", PDF, "application/pdf")])
    panel.get_by_text("sheet.pdf").wait_for()
    chair.press("登记完成", panel)
    chair.must_see("走访已登记")
    assert [piece["kind"] for piece in evidence(union, visit_id)] == ["signature", "note"]


def test_what_is_refused_is_told_by_its_name_and_the_others_are_kept(visitor, union, visit_id: str) -> None:
    chair = visitor("chair")
    chair.open(f"/visits/{visit_id}")
    panel = chair.unfold("上传照片或材料")
    panel.get_by_label("种类").select_option("document")
    cut = file("cut.pdf", b"%PDF-1.7 cut", "application/pdf")
    panel.get_by_label("或选择文件").set_input_files([cut, file("whole.pdf", PDF, "application/pdf")])
    panel.get_by_text("whole.pdf").wait_for()
    panel.get_by_role("button", name="上传", exact=True).click()
    panel.get_by_role("alert").wait_for()
    assert "cut.pdf：材料打不开" in panel.get_by_role("alert").inner_text()
    assert panel.locator("[data-upload-list] li").count() == 1
    assert len(evidence(union, visit_id)) == 1
    chair.forgives(409, 422)

    panel.get_by_role("button", name="不传这个").click()
    panel.get_by_label("或选择文件").set_input_files(
        [file("large.pdf", b"x" * (10 * 1024 * 1024 + 1), "application/pdf")]
    )
    panel.get_by_text("不能超过 10 MB").wait_for()
    many = [file(f"{one}.pdf", PDF + str(one).encode(), "application/pdf") for one in range(13)]
    panel.get_by_label("或选择文件").set_input_files(many)
    panel.get_by_text("一次最多 12 个文件").wait_for()
    assert panel.locator("[data-upload-list] li").count() == 12


def test_a_connection_that_breaks_is_told_and_sending_again_sends_the_rest(visitor, union, visit_id: str) -> None:
    chair = visitor("chair")
    chair.open(f"/visits/{visit_id}")
    panel = chair.unfold("上传照片或材料")
    panel.get_by_label("种类").select_option("receipt")
    panel.get_by_label("或选择文件").set_input_files([file("sheet.pdf", PDF, "application/pdf")])
    panel.get_by_text("sheet.pdf").wait_for()

    def broken(route: Route) -> None:
        route.abort()

    chair.page.route("**/evidence/files", broken)
    panel.get_by_role("button", name="上传", exact=True).click()
    panel.get_by_text("没有传上去").wait_for()
    chair.page.unroute("**/evidence/files", broken)
    chair.complaints = []
    chair.press("上传", panel)
    assert [piece["kind"] for piece in evidence(union, visit_id)] == ["receipt"]


def test_without_scripts_the_originals_are_sent(visitor, union, visit_id: str, tmp_path: Path) -> None:
    chair = visitor("chair", scripts=False)
    chair.open(f"/visits/{visit_id}")
    panel = chair.unfold("上传照片或材料")
    panel.get_by_label("照片里的人").select_option("none")
    photo = file("camera.jpg", picture(3000, 2400), "image/jpeg")
    panel.get_by_label("或选择文件").set_input_files([photo, file("note.txt", b"not a picture", "text/plain")])
    chair.press("上传", panel)
    chair.must_see("已上传 1 个文件")
    (piece,) = evidence(union, visit_id)
    assert opened(union, visit_id, piece).size == (1600, 2000)
    panel = chair.unfold("上传照片或材料")
    chair.press("上传", panel)
    chair.must_see("请先选择文件")
    panel = chair.unfold("登记走访")
    panel.get_by_label("走访记录").fill("已上门看望")
    panel.get_by_label("种类").select_option("signature")
    panel.get_by_label("或选择文件").set_input_files([file("sheet.pdf", PDF, "application/pdf")])
    chair.press("登记完成", panel)
    chair.must_see("走访已登记")
