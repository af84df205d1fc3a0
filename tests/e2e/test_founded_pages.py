"""The portal of a union that was just founded: nothing leads nowhere, and figures of one document are set together."""

from __future__ import annotations

import flask

from gateway.portal import init_app
from gateway.subject import install
from gateway.subjects import SUBJECTS
from tests.e2e import founding
from tests.e2e.founded_welfare import browser_of, day
from tests.support.crawler import Crawl
from tests.support.in_process import in_process_union
from tests.support.stack import EmbeddedStack


def test_figures_that_stand_in_one_document_are_set_together(fresh, founder):
    browser = browser_of(fresh)
    page = browser.open("/console/rules/topics/joining")
    assert "一起设定" in browser.open("/console/rules").text
    assert "未经确认的入会申请失效前的天数" in page.text
    sent = {"key": "joining.unconfirmed_days", "joining.unconfirmed_days/value": "30", "valid_from": day()}
    refused = browser.send("/console/rules/topics/joining", **sent, document="")
    assert refused.status_code == 422
    assert "请填写此项。" in refused.text
    done = browser.send("/console/rules/topics/joining", **sent, document="本校入会办法")
    assert done.status_code == 303
    assert founder.get("/governance/rules/joining.unconfirmed_days")["items"][0]["document"] == "本校入会办法"


def test_no_page_of_a_union_without_plan_and_figures_leads_nowhere(tmp_path_factory):
    folder = tmp_path_factory.mktemp("empty")
    founding.found(EmbeddedStack(folder, members=0))
    app = flask.Flask("portal", static_folder=None)
    install(app, SUBJECTS)
    init_app(app)
    with in_process_union(folder, tmp_path_factory.mktemp("crawled")) as union:
        starts = ("/start", "/home", "/me", "/console")
        found = Crawl(union.url, app.url_map.bind("localhost"), lambda: browser_of(union).http, starts).walk()
    assert not found.dead, "\n".join(sorted(found.dead))
    assert len(found.pages) > 100
