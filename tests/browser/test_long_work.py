"""Lists and cards too long for one answer become files in the task centre."""

from __future__ import annotations

import zipfile

from tests.support.api import Api, eventually


def test_the_cards_of_a_list_are_laid_out_in_the_background(visitor):
    officer = visitor("officer")
    officer.open("/console/members")
    officer.press("排版并下载", officer.asks("打印会员卡"))
    officer.must_see("正在后台排版")
    officer.finds_no_fault()
    job, api = officer.page.url.rpartition("/")[2], Api(officer.url).sign_in("officer")
    eventually(lambda: api.get(f"/gateway/jobs/{job}")["state"] == "done")
    officer.open(f"/console/jobs/{job}")
    with officer.page.expect_download() as download:
        officer.page.get_by_role("link", name="下载结果").click()
    with zipfile.ZipFile(download.value.path()) as archive:
        assert all(name.endswith(".pdf") for name in archive.namelist())
    officer.open("/console/jobs")
    officer.must_see("导出与打印")
    officer.must_see("打印会员卡")
    officer.finds_no_fault()


def test_the_cards_of_a_unit_come_at_once(visitor):
    chair = visitor("chair")
    chair.open("/console/members")
    with chair.page.expect_download() as download:
        chair.asks("打印会员卡").get_by_role("button", name="排版并下载").click()
    assert download.value.suggested_filename.endswith(".pdf")
