"""The rule sets of provinces that ship with a release: what they say, and adopting one."""

from __future__ import annotations

from flask import render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.service_calls import act, part
from services.contracts.governance.rulebook.operations import adopt_rule_set
from services.contracts.governance.rulebook.sets import list_rule_sets

PAGES = PageTable()

NOT_OFFERED = ("national", "demo")
"""Sets that are never adopted here: the national one always holds, the demonstration's amounts are nobody's."""


@PAGES.get("/console/rules/sets")
@only("officer", "auditor")
def rule_sets() -> str:
    """List the sets of provinces."""
    found = part(list_rule_sets)
    sets = [one for one in found.items if one["ruleset"] not in NOT_OFFERED]
    return render_template("portal/console/rule_sets.html", found=found, sets=sets)


@PAGES.post("/console/rules/sets/<ruleset>/adopt")
@only("officer")
def adopt(ruleset: str) -> Response:
    """Adopt a province's set."""
    done = gettext("已采用。用到它的各个服务会在几秒内按这些标准办理。")
    return act(adopt_rule_set, {"ruleset": ruleset}, done=done, then=url_for("portal.rule_sets"))
