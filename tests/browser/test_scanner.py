"""The scanner with each of its ways in: a camera, a hand scanner that types, a photo, and without scripts."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.visitor import Visitor
from tests.support.api import Api
from tests.support.code_pictures import code_picture, several_codes

CAMERA = """
window.detected = [];
window.BarcodeDetector = class {
  static getSupportedFormats() { return Promise.resolve(["qr_code"]); }
  detect() { const found = window.detected; window.detected = []; return Promise.resolve(found); }
};
navigator.mediaDevices.getUserMedia = async () => {
  if (window.cameraProblem) throw new DOMException("", window.cameraProblem);
  const canvas = document.createElement("canvas");
  canvas.getContext("2d").fillRect(0, 0, 300, 150);
  return canvas.captureStream(10);
};
"""
"""A browser that reads codes: what the camera sees is put into `window.detected`."""
NO_CAMERA = "delete window.BarcodeDetector;"


def card_of(union: Any, username: str = "member", **values: Any) -> str:
    token: str = Api(union.url).sign_in(username).get("/me/card", **values)["token"]
    return token


def scanner(visitor: Any, username: str, path: str, script: str = NO_CAMERA) -> Visitor:
    somebody: Visitor = visitor(username)
    somebody.page.add_init_script(script)
    somebody.open(path)
    return somebody


def result(somebody: Visitor, words: str) -> None:
    somebody.page.locator("#scan-result").get_by_text(words, exact=True).first.wait_for()


def picture(content: bytes, name: str = "photo.png") -> dict[str, Any]:
    return {"name": name, "mimeType": "image/png", "buffer": content}


def shows(somebody: Visitor, *texts: str) -> None:
    somebody.page.evaluate("texts => { window.detected = texts.map((rawValue) => ({ rawValue })); }", list(texts))


def test_the_camera_reads_a_code_once_and_is_put_off_again(visitor, union):
    member = scanner(visitor, "member", "/scan", CAMERA)
    member.page.get_by_role("button", name="打开摄像头").click()
    member.page.get_by_role("button", name="关闭摄像头").wait_for()
    address = f"{union.url}/verify/{card_of(union, 'chair')}"
    shows(member, address, address)
    result(member, "会籍有效")
    shows(member, address)
    shows(member, "WIFI:T:WPA;S:campus;P:secret;;")
    result(member, "不是本会的码")
    assert member.page.locator(".scan-list > li").count() == 2
    member.finds_no_fault()
    member.page.get_by_role("button", name="关闭摄像头").click()
    member.page.get_by_role("button", name="打开摄像头").wait_for()
    assert member.page.locator("video").evaluate("video => video.srcObject") is None


@pytest.mark.parametrize(
    ("problem", "words"), [("NotAllowedError", "没有获准使用摄像头"), ("NotFoundError", "没有可用的摄像头")]
)
def test_without_the_camera_the_page_says_what_to_do(visitor, problem, words):
    member = scanner(visitor, "member", "/scan", CAMERA + f"window.cameraProblem = '{problem}';")
    member.page.get_by_role("button", name="打开摄像头").click()
    member.page.get_by_role("alert").get_by_text(words).wait_for()


@pytest.mark.parametrize("size", ["desktop"])
def test_a_hand_scanner_types_faster_than_answers_come_and_nothing_is_lost(visitor, union):
    officer = scanner(visitor, "officer", "/console/scan")
    assert not officer.page.locator("#scan-live").is_visible()
    good, chair = card_of(union), card_of(union, "chair")
    scans = [
        good,
        f"{union.url}/verify/{chair}",
        "javascript:alert(1)",
        good[:-1] + ("A" if good[-1] != "A" else "B"),
    ] * 5
    for text in scans:
        officer.page.keyboard.insert_text(text)
        officer.page.keyboard.press("Enter")
    officer.page.locator(f".scan-list > li:nth-child({len(scans)})").wait_for()
    said = officer.page.locator(".scan-list > li").evaluate_all("items => items.map((item) => item.dataset.state)")
    assert said == ["altered", "foreign", "good", "good"] * 5
    assert officer.page.evaluate("document.activeElement.id") == "scan-text"
    result(officer, "不完整或被改动")
    officer.page.keyboard.insert_text(good)
    officer.page.keyboard.press("Enter")
    result(officer, "会籍有效")
    officer.finds_no_fault()
    with officer.page.expect_navigation():
        officer.page.get_by_role("link", name="打开会员档案").click()
    officer.must_see(Api(union.url).sign_in("member").get("/me/card")["number"])


@pytest.mark.parametrize("size", ["desktop"])
def test_more_scans_than_the_limit_wait_and_go_on_by_themselves(visitor, union):
    officer = scanner(visitor, "officer", "/console/scan")
    good = card_of(union)
    refused = []

    def once(route: Any) -> None:
        if refused:
            route.continue_()
            return
        refused.append(route.request.url)
        route.fulfill(status=429, headers={"Retry-After": "1"}, body="")

    officer.context.route("**/console/scan", once)
    for _ in range(2):
        officer.page.keyboard.insert_text(good)
        officer.page.keyboard.press("Enter")
    officer.page.get_by_text("扫得太快，1 秒后自动继续").wait_for()
    officer.page.locator(".scan-list > li:nth-child(2)").wait_for()
    result(officer, "会籍有效")
    officer.forgives(429)


def test_photos_are_read_by_the_server(visitor, union):
    member = scanner(visitor, "member", "/scan")
    file = member.page.get_by_label("拍照或选择照片")
    file.set_input_files(picture(code_picture(f"{union.url}/verify/{card_of(union, 'chair')}")))
    result(member, "会籍有效")
    file.set_input_files(picture(several_codes(card_of(union), card_of(union, "chair"), "hello")))
    result(member, "照片里有几个码，不知道要查哪一个。请每次只拍一个。")
    large = several_codes(card_of(union), size=(9_000, 6_700), kind="JPEG", quality=40)
    file.set_input_files({**picture(large, "photo.jpg"), "mimeType": "image/jpeg"})
    result(member, "会籍有效")
    file.set_input_files(picture(b"no photo"))
    result(member, "照片打不开：不是 JPEG、PNG 或 WebP，或文件已损坏。请重新拍一张。")
    member.forgives(409)
    member.finds_no_fault()


def test_without_scripts_photo_and_text_do_the_same(visitor, union):
    member = visitor("member", scripts=False)
    member.open("/scan")
    member.page.get_by_label("输入或用扫码枪扫描").fill(f"{union.url}/verify/{card_of(union, 'chair', paper=True)}")
    member.press("查验")
    member.must_see("会籍有效")
    member.page.get_by_label("拍照或选择照片").set_input_files(picture(code_picture(card_of(union, "chair"))))
    member.press("识别")
    member.must_see("会籍有效")
    member.page.get_by_label("输入或用扫码枪扫描").fill("\u202ehttps://other.example/verify/" + "A" * 46)
    member.press("查验")
    member.must_see("不是本会的码")


def test_a_revoked_card_says_so_and_the_open_page_shows_a_new_code(visitor, union):
    member = visitor("judge")
    member.open("/me/card")
    code = member.page.locator("#card-code .code-text")
    first = code.text_content()
    me = Api(union.url).sign_in("judge")
    me.post(f"/membership/members/{me.get('/me')['member_id']}/cards/revoke", {"reason": "不见了"})
    member.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    member.page.locator("#card-code .code-text").filter(has_not_text=first).wait_for(state="attached")
    second = code.text_content()
    officer = scanner(visitor, "officer", "/scan")
    for token, words in ((first, "已作废"), (second, "会籍有效")):
        officer.page.get_by_label("输入或用扫码枪扫描").fill(token)
        officer.page.get_by_role("button", name="查验").click()
        result(officer, words)
    member.finds_no_fault()
