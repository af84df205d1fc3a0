"""An officer uploads a roster, checks its columns, sees every bad row, confirms, and takes lists away as files."""

from __future__ import annotations

from pathlib import Path

from services.chassis.files.spreadsheets import read_rows
from tests.e2e.rosters import file_of, person


def test_a_roster_is_imported_in_the_browser(visitor, tmp_path):
    officer = visitor("officer")
    # The same test runs at both sizes on one union: people who have joined would be found to be members.
    first = 500 if officer.size == "phone" else 520
    file = tmp_path / "名册.xlsx"
    file.write_bytes(file_of([person(first), person(first + 1), person(first + 2, 手机号="12345"), person(first)]))
    officer.open("/console/imports")
    officer.page.get_by_label("名册文件").set_input_files(file)
    officer.press("上传")
    officer.must_see("对应列")
    assert officer.page.get_by_label("单位").input_value() == "unit"
    officer.finds_no_fault()
    officer.press("试运行")
    officer.page.get_by_label("我知道导入不能撤销").wait_for()
    officer.must_see("请填写有效的电话号码")
    officer.must_see("此人已在第 2 行出现")
    assert not officer.sees(person(first)["身份证号"])
    officer.finds_no_fault()
    with officer.page.expect_download() as download:
        officer.page.get_by_role("button", name="下载问题行").click()
    told = list(read_rows("p.xlsx", Path(download.value.path()).read_bytes()))
    assert [row["行号"] for _, row in told] == ["4", "5"]

    officer.page.get_by_label("我知道导入不能撤销").check()
    officer.press("开始导入")
    officer.page.get_by_text("已导入").first.wait_for()
    officer.must_see("未收入")
    officer.finds_no_fault()


def test_a_large_roster_is_read_first_and_what_breaks_a_rule_is_said_in_words(visitor, tmp_path):
    officer = visitor("officer")
    lines = "".join(f"张三,{place},01,在编,{'x' * 40}\n" for place in range(2_500))
    sound, trap = tmp_path / "大名册.csv", tmp_path / "有公式.csv"
    sound.write_text("姓名,身份证号,单位,用工形式,备注\n" + lines)
    trap.write_text(sound.read_text() + "=1+1,2\n")
    officer.open("/console/imports")
    officer.page.get_by_label("名册文件").set_input_files(sound)
    officer.press("上传")
    officer.page.get_by_role("heading", name="对应列").wait_for()
    officer.must_see("共 2,500 行")

    officer.open("/console/imports")
    officer.page.get_by_label("名册文件").set_input_files(trap)
    officer.press("上传")
    officer.page.get_by_text("单元格里有公式").wait_for()
    officer.must_see("读取停止")
    officer.must_see("重新上传")
    assert not officer.sees("继续时从停下的那一行接着做")
    officer.finds_no_fault()


def test_lists_are_taken_away_as_files(visitor):
    officer = visitor("officer")
    for path, heading in (("/console/members", "会员号"), ("/console/applications", "提交时间")):
        officer.open(path)
        panel = officer.unfold("导出")
        panel.get_by_label("用途").fill("核对名单")
        with officer.page.expect_download() as download:
            panel.get_by_role("button", name="导出").click()
        rows = list(read_rows(download.value.suggested_filename, Path(download.value.path()).read_bytes()))
        assert heading in rows[0][1]
    officer.finds_no_fault()
