"""A secret ballot from the call to the counted result, in browsers; the board is verified by the command."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from deploy.commands.ballot import ballot as command
from tests.support.api import Api, eventually

VOTERS = {"member": "赞成", "officer": "反对", "chair": "赞成"}
SCRUTINEERS = ("auditor", "delegate")


def called(union, title: str, **terms) -> tuple[Api, str]:
    """The officer and a secret ballot of twelve members, among them those of the demo's accounts."""
    officer = Api(union.url).sign_in("officer")
    named = [Api(union.url).sign_in(name).get("/me")["member_id"] for name in (*VOTERS, *SCRUTINEERS)]
    others = [one["id"] for one in officer.get("/membership/members", standing="active", limit=30)["items"]]
    ids = list(dict.fromkeys([*named, *others]))[:12]
    about = {"title": title, "kind": "yes_no", "secrecy": "secret", "body": "union", **terms}
    made = officer.post("/governance/ballots", {**about, "electorate": "list", "member_ids": ids}, status=201)
    return officer, made["id"]


def numbers_of(union, officer: Api) -> str:
    ids = [Api(union.url).sign_in(name).get("/me")["member_id"] for name in SCRUTINEERS]
    return "\n".join(officer.get(f"/membership/members/{one}")["number"] for one in ids)


def kinds_of_notices(union) -> list[str]:
    return [one["kind"] for one in Api(union.url).sign_in("member").get("/me/notices")["items"]]


def enrol(visitor, ballot_id: str, key: Path) -> None:
    visitor.open(f"/ballots/{ballot_id}/scrutineer")
    with visitor.page.expect_download() as got:
        visitor.page.get_by_role("button", name="生成我的密钥").click()
    got.value.save_as(key)
    visitor.page.get_by_label("我已保存密钥文件").check()
    visitor.finds_no_fault()
    visitor.press("登记公钥")
    visitor.must_see("您的密钥已登记" if visitor.sees("其他监票人都登记后") else "密钥已经备齐")


def vote(visitor, ballot_id: str, choice: str) -> str:
    """Fetch a token and cast a vote; return the tracker."""
    visitor.open(f"/ballots/{ballot_id}")
    visitor.page.get_by_role("button", name="领取凭证").click()
    visitor.page.get_by_role("link", name="去投票", exact=True).wait_for()
    visitor.finds_no_fault()
    sent = []
    visitor.page.on("request", lambda one: sent.append(one) if one.url.endswith("/sealed-votes") else None)
    visitor.page.get_by_role("link", name="去投票", exact=True).click()
    visitor.page.get_by_label(choice, exact=True).check()
    visitor.finds_no_fault()
    visitor.page.get_by_role("button", name="下一步").click()
    visitor.must_see(choice)
    visitor.page.get_by_role("button", name="确认投票").click()
    visitor.page.get_by_text("选票已收下").wait_for()
    visitor.finds_no_fault()
    headers = sent[0].all_headers()
    assert not {"cookie", "authorization", "referer"} & set(headers), "nothing says who votes"
    tracker = visitor.page.locator("[data-say=tracker]").inner_text()
    kept = visitor.page.evaluate("Object.values(localStorage).join()")
    assert tracker in kept
    assert not {"pair", "prepared", "choices"} & set(json.loads(kept)), "what opens the vote is forgotten"
    return tracker


def test_a_secret_ballot_from_the_call_to_the_verified_result(union, visitor, tmp_path):
    officer, ballot_id = called(union, "关于校园班车调整的无记名表决")
    desk = visitor("officer")
    desk.open(f"/console/ballots/{ballot_id}")
    desk.must_see("现在还不能开始")
    desk.page.get_by_role("link", name="指定监票人").click()
    desk.page.get_by_label("监票人").fill(numbers_of(union, officer))
    desk.finds_no_fault()
    desk.press("指定")
    desk.must_see("等待密钥")
    scrutineers = {name: visitor(name) for name in SCRUTINEERS}
    for name, one in scrutineers.items():
        one.waits_to_see("监票：登记密钥", "/home")
        enrol(one, ballot_id, tmp_path / f"{name}.json")
    desk.open(f"/console/ballots/{ballot_id}")
    desk.finds_no_fault()
    panel = desk.unfold("开始投票")
    desk.press("开始", panel)
    fingerprint = officer.get(f"/governance/ballots/{ballot_id}")["secret"]["fingerprint"]
    voters = {name: visitor(name) for name in VOTERS}
    eventually(lambda: fingerprint in json.dumps(Api(union.url).sign_in("member").get("/me/notices")))
    trackers = {name: vote(one, ballot_id, VOTERS[name]) for name, one in voters.items()}
    panel_open = voters["member"]
    panel_open.open(f"/ballots/{ballot_id}")
    panel_open.page.get_by_text("您在这台设备上已经投票").wait_for()
    desk.open(f"/console/ballots/{ballot_id}")
    desk.must_see("3 人已领凭证，共 12 人")
    desk.press("结束", desk.unfold("结束投票"))
    desk.must_see("等待监票人交出份额")
    desk.finds_no_fault()
    eventually(
        lambda: "voting_ended" in [one["kind"] for one in Api(union.url).sign_in("member").get("/me/notices")["items"]]
    )
    first, second = scrutineers.values()
    first.open(f"/ballots/{ballot_id}/scrutineer")
    first.finds_no_fault()
    first.press("交出我的份额")
    first.must_see("您的份额已交出")
    # On another device with the file alone.
    second.page.evaluate("localStorage.clear()")
    second.open(f"/ballots/{ballot_id}/scrutineer")
    second.page.locator("#key-file").set_input_files(tmp_path / "auditor.json")
    second.page.get_by_role("alert").filter(has_text="这不是您登记的密钥").wait_for()
    second.page.locator("#key-file").set_input_files(tmp_path / "delegate.json")
    second.page.get_by_role("button", name="交出我的份额").wait_for()
    second.press("交出我的份额")
    desk.waits_to_see("结果", f"/console/ballots/{ballot_id}")
    eventually(lambda: officer.get(f"/governance/ballots/{ballot_id}")["state"] == "closed")
    result = officer.get(f"/governance/ballots/{ballot_id}/result")
    assert {one["key"]: one["votes"] for one in result["options"]} == {"yes": 2, "no": 1, "abstain": 0}
    verified(visitor(), ballot_id, trackers, tmp_path / "board.json")


def verified(anybody, ballot_id: str, trackers: dict[str, str], file: Path) -> None:
    anybody.open(f"/ballot-board/{ballot_id}")
    anybody.finds_no_fault()
    with anybody.page.expect_download() as got:
        anybody.page.get_by_role("link", name="下载票榜").click()
    got.value.save_as(file)
    told = CliRunner().invoke(command, ["verify", str(file)])
    assert told.exit_code == 0, told.output
    assert "no: 1, yes: 2" in told.output
    asked = []
    anybody.page.on("request", lambda one: asked.append(one.url))
    for name, tracker in trackers.items():
        anybody.page.get_by_label("追踪号").fill(tracker)
        anybody.page.get_by_role("button", name="查找").click()
        found = anybody.page.locator("[data-when=found]")
        found.wait_for()
        assert VOTERS[name] in found.inner_text()
    assert not [url for url in asked if any(tracker in url for tracker in trackers.values())]
    anybody.page.get_by_label("追踪号").fill("0" * 20)
    anybody.page.get_by_role("button", name="查找").click()
    anybody.page.get_by_text("榜上还没有这个追踪号").wait_for()


def test_who_has_no_script_no_token_or_another_fingerprint_is_told(union, visitor):
    open_now = Api(union.url).sign_in("officer").get("/governance/ballots", secrecy="secret", state="open")["items"]
    box = f"/ballot-box/{open_now[0]['id']}"
    plain = visitor("member", scripts=False)
    plain.open(box)
    plain.must_see("需要打开 JavaScript")
    plain.open("/secret-ballots/how")
    plain.must_see("不能防什么")
    nobody = visitor()
    nobody.open(box)
    nobody.page.get_by_text("这台设备上没有这次投票的凭证").wait_for()
    nobody.finds_no_fault()
    nobody.page.evaluate(
        "id => localStorage.setItem(`gonghui-ballot-${id}`, JSON.stringify({ pair: {}, fingerprint: 0 }))",
        open_now[0]["id"],
    )
    nobody.open(box)
    nobody.page.get_by_text("投票指纹与领取凭证时的不一致").wait_for()
    nobody.finds_no_fault()
