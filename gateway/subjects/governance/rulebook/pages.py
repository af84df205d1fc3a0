"""The dated rules: those in force with their documents, missing ones, the union's own figures."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.benefit_names import benefit_choices
from gateway.portal.figure_words import as_typed, figure, typed, value_fields
from gateway.portal.forms import Field, Form
from gateway.portal.listing import ALL, chosen
from gateway.portal.look_ups import line_choices
from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.refusals import name_of_rule
from gateway.portal.rule_messages.figures import TOPICS
from gateway.portal.service_calls import Part, act, go, part, submit
from gateway.portal.words import texts_of
from gateway.rpc.calls import call
from services.chassis.clock import today
from services.contracts.governance.rulebook.keys import RULE_KEYS, RuleKey, rule_key
from services.contracts.governance.rulebook.operations import (
    SetRule,
    end_rule,
    get_rule,
    list_rules_in_force,
    set_rule,
    withdraw_rule,
)
from services.contracts.membership.rulebook import list_membership_rules
from services.contracts.vocabulary import EMPLOYMENTS
from services.contracts.welfare.rulebook import list_welfare_rules

PAGES = PageTable()

_ASKED = {
    "membership": list_membership_rules,
    "welfare": list_welfare_rules,
    "governance": list_rules_in_force,
}
"""The services that use dated rules, with the query for those in force."""
FILTERS = (Field("topic", _l("范围"), "select", choices=TOPICS, blank=ALL),)
_DOCUMENT = (
    Field("document", wide=True, hint=_l("文件或会议决定的名称。")),
    "number",
    "article",
    "valid_from",
    Field("valid_to", hint=_l("不填就一直施行，到下一次设定为止。")),
)


@PAGES.get("/console/rules")
@only("officer", "auditor")
def rules() -> str:
    """List the rules that apply today, by subject, and keys without rule."""
    values = chosen(FILTERS)
    asked = {service: part(operation) for service, operation in _ASKED.items()}
    rows, missing = _deciding(asked), _missing(asked)
    topic = values.get("topic")
    return render_template(
        "portal/console/rules.html",
        topics={key: name for key, name in TOPICS.items() if topic in (None, key)},
        rows=rows,
        missing=[key for key in missing if topic in (None, _topic(key))],
        problem=next((found.problem for found in asked.values() if found.problem), None),
        filters=FILTERS,
        values=values,
    )


def _deciding(asked: dict[str, Part]) -> dict[str, list[dict[str, Any]]]:
    """Return the rules by subject: one row if the services that use a key apply the same rule, else several."""
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    for service, answer in asked.items():
        for item in answer.items:
            known = rule_key(item["key"])
            if known is None or service not in known.used_by:
                continue
            said = figure(item["key"], item["value"])
            identity = (said, *(item[name] for name in ("key", "scope", "ruleset", "valid_from")))
            row = found.setdefault(identity, {**item, "used_by": []})
            row["used_by"].append(service)
    rows: dict[str, list[dict[str, Any]]] = {}
    for row in sorted(found.values(), key=lambda row: (row["key"], row["scope"] or "")):
        rows.setdefault(_topic(row["key"]), []).append(row)
    return rows


def _missing(asked: dict[str, Part]) -> list[str]:
    named = {key for answer in asked.values() for key in (answer.data or {}).get("missing", [])}
    return sorted(key for key in named if rule_key(key))


def _topic(key: str) -> str:
    return key.partition(".")[0]


@PAGES.get("/console/rules/new")
@only("officer")
def new_rule() -> str | Response:
    """Choose the key to set a figure for."""
    key = request.args.get("key", "")
    if rule_key(key):
        return go(url_for("portal.rule", key=key))
    choices = {key: name_of_rule(key) or key for key in _settable_keys()}
    field = Field("key", _l("要设定的标准"), "select", choices=choices, blank=_l("请选择"), wide=True, required=True)
    return render_template("portal/console/rule_new.html", form=Form(None, [field]))


def _settable_keys() -> list[str]:
    """Return every key that can be set, with one for each benefit of the shipped and of the union's own."""
    return [key for known in RULE_KEYS for key in _keys_of(known, benefit_choices())]


def _keys_of(known: RuleKey, benefits: Iterable[str]) -> list[str]:
    return [known.key.replace("*", benefit) for benefit in benefits] if "*" in known.key else [known.key]


@PAGES.route("/console/rules/<key>", methods=["GET", "POST"])
@only("officer", "auditor")
def rule(key: str) -> str | Response | tuple[str, int]:
    """Show one rule: the present figure, earlier ones with dates and reasons; an officer can set a new one."""
    story = call(get_rule, {"key": key})
    known = rule_key(key)
    assert known is not None
    posted = request.form if request.method == "POST" else None
    form = _form(known, story, posted)
    asked = {service: part(_ASKED[service]) for service in known.used_by}
    page = {
        "key": key, "story": story, "form": form, "today": today().isoformat(),
        "deciding": [row for row in _deciding(asked).get(_topic(key), []) if row["key"] == key],
    }  # fmt: skip
    if posted is None:
        return render_template("portal/console/rule.html", **page)
    if submit(form, set_rule, filled=typed(known, form.payload()), key=key) is None:
        return render_template("portal/console/rule.html", **page), 422
    flash(gettext("已设定。用到它的各个服务会在几秒内按新标准办理。"), "done")
    return go(url_for("portal.rule", key=key))


def _form(known: RuleKey, story: dict[str, Any], posted: Any) -> Form:
    fields = value_fields(known, line_choices() if known.key == "benefit.*.line" else {})
    if known.scopes:
        scopes = {scope: texts_of(EMPLOYMENTS).get(scope, scope) for scope in known.scopes}
        fields.append(Field("scope", choices=scopes, blank=_l("所有人")))
    own = next((one for one in story["items"] if one["ruleset"] == "own" and not one["withdrawn"]), None)
    values: dict[str, Any] = {"valid_from": today().isoformat()}
    if own is not None:
        kept = {name: own[name] for name in ("scope", "document", "number", "article")}
        values = {**values, **kept, **as_typed(known, own["value"])}
    return Form(SetRule, [*fields, *_DOCUMENT], values=values, posted=posted)


@PAGES.post("/console/rules/<key>/end")
@only("officer")
def end_own_rule(key: str) -> Response:
    """Set the last day of a rule of the union's own."""
    payload = {**_posted_rule(), "last_day": request.form.get("last_day", "")}
    return act(end_rule, payload, done=gettext("已设定最后一天。"), then=url_for("portal.rule", key=key))


@PAGES.post("/console/rules/<key>/withdraw")
@only("officer")
def withdraw_own_rule(key: str) -> Response:
    """Withdraw a rule that was set by mistake."""
    return act(withdraw_rule, _posted_rule(), done=gettext("已撤回。"), then=url_for("portal.rule", key=key))


def _posted_rule() -> dict[str, Any]:
    given = request.form.get("rule_id", "")
    try:
        given = str(UUID(given))
    except ValueError:
        given = "-"
    return {"rule_id": given, "reason": request.form.get("reason", "").strip()}
