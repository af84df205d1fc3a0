"""Refused expenses: the rule, checking again, an officer's override if there is no rule."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from flask import request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.benefit_names import benefit_words
from gateway.portal.columns import Column, only_in_file
from gateway.portal.list_pages import ListExport, ListPage, Shown
from gateway.portal.look_ups import decisions_to_cite
from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.phrases import refusal_words
from gateway.portal.refusals import name_of_rule
from gateway.portal.service_calls import act, carry_out, part, tell
from gateway.rpc.calls import call
from services.chassis.clock import today
from services.chassis.errors import Problem
from services.chassis.schema import Operation
from services.contracts.governance.funds.budget import get_fund_summary
from services.contracts.governance.funds.operations import (
    list_refusals,
    override_refusal,
    retry_refusal,
    retry_refusals,
)
from services.contracts.governance.rulebook.keys import rule_key

PAGES = PageTable()

MOST_CALLS = 25
"""How many calls check refused expenses again when an officer asks for all; each checks some hundred."""


def _open(shown: Shown) -> dict[str, Any]:
    """Return how many refused expenses are open, None while that can't be asked, and what one of them may cite."""
    found = part(get_fund_summary, {"year": today().year})
    citing = any(one["overridable"] for one in shown.found.items)
    return {"open": found.data["refusals_open"] if found.data else None, "cited": decisions_to_cite() if citing else {}}


REFUSALS = PAGES.add_list(
    ListPage(
        "fund_refusals", "/console/funds/refusals", list_refusals, _l("未予入账的支出"),
        columns=only_in_file(
            "source_type", "amount", Column("benefit_key", value=lambda item: benefit_words(item["benefit_key"])),
            Column("rule", value=lambda item: name_of_rule(item["rule"]) or item["rule"]),
            Column("detail", value=refusal_words), "unit_id", "spent_on", "state",
        ),
        roles=("officer", "auditor"),
        filters=("state", "source"),
        lead=_l("不符合规则的支出不入账。改正原因后可以重新核对；没有现行规则的，由干部凭决定特批。"),
        empty=_l("没有未予入账的支出。"),
        icon="check-circle",
        complete=lambda values: values if request.args else {"state": "open"},
        more=_open,
        template="portal/console/refusals.html",
        export=ListExport(personal=False),
    )
)  # fmt: skip


@PAGES.post("/console/funds/refusals/retry")
@only("officer")
def retry_all() -> Response:
    """Check every open refused expense again, or those that one rule refused; then the page of the rule is next."""
    rule = request.form.get("rule") or None
    then = url_for("portal.rule", key=rule) if rule and rule_key(rule) else url_for("portal.fund_refusals")
    return carry_out(partial(_every_one_again, rule), done=_outcomes, then=then)


def _every_one_again(rule: str | None) -> dict[str, Any]:
    once = request.form.get("once", "")[:40]
    recorded, refused, after = 0, 0, None
    for turn in range(MOST_CALLS):
        key = f"{once}.{retry_refusals.name}.{turn}" if once else None
        reply = call(retry_refusals, {"after": after, "rule": rule}, idempotency_key=key)
        recorded, refused, after = recorded + reply["recorded"], refused + reply["refused"], reply["after"]
        if after is None:
            break
    return {"recorded": recorded, "refused": refused}


def _outcomes(reply: dict[str, int]) -> str:
    if not reply["refused"]:
        return gettext("已入账 %(count)s 笔。", count=reply["recorded"])
    return gettext("已入账 %(recorded)s 笔，仍未予入账 %(refused)s 笔。", **reply)


@PAGES.post("/console/funds/refusals/<uuid:refusal_id>/retry")
@only("officer")
def retry(refusal_id: UUID) -> Response:
    """Check a refused expense again."""
    return _again(retry_refusal, {"refusal_id": str(refusal_id)})


@PAGES.post("/console/funds/refusals/<uuid:refusal_id>/override")
@only("officer")
def override(refusal_id: UUID) -> Response:
    """Record an expense for which no rule exists, with the reason and the decision behind it."""
    payload = {
        "refusal_id": str(refusal_id),
        "reason": request.form.get("reason", "").strip(),
        "decision": request.form.get("decision", "").strip(),
        "decision_id": request.form.get("decision_id") or None,
    }
    return _again(override_refusal, payload)


def _again(operation: Operation, payload: dict[str, Any]) -> Response:
    return act(operation, payload, done=_outcome, then=url_for("portal.fund_refusals"))


def _outcome(reply: dict[str, Any]) -> str | None:
    """Return what is said of a recorded expense; one that is refused again is told with its rule."""
    if reply["outcome"] == "recorded":
        return gettext("已入账。")
    tell(Problem(refusal_words(reply["refusal"]), rule=reply["refusal"]["rule"]))
    return None
