"""An officer charges, takes a payment and reads the chart; the member sees what it cost and why."""

from __future__ import annotations

from itertools import islice
from typing import Any

from services.chassis.clock import today
from tests.support.api import Api
from tests.support.dues import unpaid

MONTH = f"{today():%Y-%m}"


def nth_unpaid(url: str, place: int, *, last_first: bool = False) -> dict[str, Any]:
    return next(islice(unpaid(Api(url).sign_in("officer"), MONTH, last_first=last_first), place, None))


def test_an_officer_takes_a_payment_and_the_ledger_shows_it(visitor, union):
    officer = visitor("officer")
    row = nth_unpaid(union.url, 2 if officer.size == "phone" else 3)
    officer.open("/console/dues")
    officer.must_see("近 12 个月")
    officer.must_see(f"{MONTH} 各分工会")
    officer.open(f"/console/dues/members/{row['id']}")
    panel = officer.unfold("登记缴费")
    assert panel.get_by_label("金额").input_value() == row["owed"]
    panel.get_by_label("收据号或备注").fill(f"收据 {officer.size}")
    officer.press("登记", panel)
    officer.must_see("缴费已登记")
    officer.must_see(f"收据 {officer.size}")
    officer.finds_no_fault()
    officer.waits_to_see(f"{MONTH} 会费（单笔缴纳，1 笔）", "/console/funds?source=dues")


def test_a_file_is_checked_before_it_is_posted(visitor, union):
    officer = visitor("officer")
    row = nth_unpaid(union.url, 0, last_first=officer.size != "phone")
    officer.open("/console/dues/files")
    panel = officer.unfold("上传文件")
    panel.get_by_label("工资代扣").check()
    content = f"会员号,金额\n{row['number']},{row['owed']}\nM999999,1\n".encode()
    panel.locator("input[type=file]").set_input_files(
        {"name": f"工资-{officer.size}.csv", "mimeType": "text/csv", "buffer": content}
    )
    officer.press("上传并核对", panel)
    officer.must_see("文件已上传")
    officer.waits_to_see("查无此会员", officer.page.url.removeprefix(union.url))
    officer.finds_no_fault()
    officer.press("确认入账")
    officer.waits_to_see("已完成", officer.page.url.removeprefix(union.url))


def test_a_member_sees_what_each_month_cost_and_by_which_rule(visitor):
    member = visitor("member")
    member.open("/me/dues")
    member.must_see("工发〔1978〕101号")
    member.must_see(MONTH)
    member.finds_no_fault()


def test_the_columns_of_a_file_are_named_on_a_page_of_their_own(visitor, union):
    officer = visitor("officer")
    row = nth_unpaid(union.url, 1, last_first=officer.size != "phone")
    officer.open("/console/dues/files")
    panel = officer.unfold("上传文件")
    panel.get_by_label("工资代扣").check()
    content = f"职工会员号{officer.size},姓名,代扣\n{row['number']},{row['name']},{row['owed']}\n".encode()
    panel.locator("input[type=file]").set_input_files(
        {"name": f"代扣-{officer.size}.csv", "mimeType": "text/csv", "buffer": content}
    )
    officer.press("上传并核对", panel)
    officer.must_see("请先对应列")
    officer.finds_no_fault()
    officer.page.get_by_label("代扣").select_option(label="金额 *")
    officer.press("核对")
    officer.must_see("还没有对应到列：会员号")
    officer.forgives(422)
    officer.page.get_by_label("代扣").select_option(label="金额 *")
    officer.page.get_by_label(f"职工会员号{officer.size}").select_option(label="会员号")
    officer.press("核对")
    officer.waits_to_see("正好缴清", officer.page.url.removeprefix(union.url))
    officer.finds_no_fault()
