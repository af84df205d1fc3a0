"""The dated rules: those in force with their documents, missing ones, the union's own figures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.identity.current import current_principal
from gateway.portal.columns import Column
from gateway.portal.figure_words import as_typed, figure, typed, value_fields
from gateway.portal.forms import Field, Form
from gateway.portal.list_pages import ListExport, ListPage, PageLink, Values
from gateway.portal.listing import ALL
from gateway.portal.look_ups import line_choices
from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.refusals import name_of_rule
from gateway.portal.rule_messages.figures import TOPICS
from gateway.portal.rules_in_force import ASKED
from gateway.portal.service_calls import Part, act, go, part, submit
from gateway.portal.words import texts_of, words
from gateway.rpc.calls import call
from gateway.subjects.governance.rulebook import preview
from gateway.subjects.governance.rulebook.missing import missing_rules, topic_of
from gateway.subjects.governance.rulebook.settable import DOCUMENT, keys_named, settable_keys
from services.chassis.clock import today
from services.chassis.errors import InvalidInput, Refused
from services.chassis.plain_text import whole_number
from services.chassis.rules.qualifiers import read as read_qualifiers
from services.chassis.rules.qualifiers import written
from services.contracts.governance.funds.operations import list_refusals
from services.contracts.governance.rulebook.keys import RuleKey, rule_key, uses_of
from services.contracts.governance.rulebook.operations import (
    SetRule,
    end_rule,
    get_rule,
    list_rules,
    set_rule,
    withdraw_rule,
)
from services.contracts.governance.rulebook.vocabulary import BASES, QUALIFIER_NAMES, QUALIFIERS, SERVICE_OF_USE
from services.contracts.vocabulary import EMPLOYMENTS

PAGES = PageTable()

_A_PAGE = 100


def _request(values: Values) -> dict[str, Any]:
    return {**values, "named": keys_named(values.get("q", "")), "limit": _A_PAGE}


def _uses(item: Mapping[str, Any]) -> str:
    """Return what is decided by a rule, of the services that use it."""
    uses = (use for use in uses_of(item["key"]) if SERVICE_OF_USE[use] in item["used_by"])
    return gettext("、").join(str(words(use, "rule_use")) for use in uses)


RULES = PAGES.add_list(
    ListPage(
        "rules", "/console/rules", list_rules, _l("制度标准"),
        columns=(
            Column("key", value=lambda item: name_of_rule(item["key"]) or item["key"], macro="named"),
            Column("value", _l("数值"), value=lambda item: figure(item["key"], item["value"]), macro="value"),
            Column("basis", on_page=False),
            Column("scope", on_page=False),
            Column("qualifiers", on_page=False),
            Column("document", _l("依据"), macro="source"),
            Column("number", on_page=False),
            Column("article", on_page=False),
            Column("valid_from", _l("起止"), macro="days"),
            Column("valid_to", on_page=False),
            Column("ruleset", macro="origin"),
            Column("used_by", how="text", value=_uses),
        ),
        roles=("officer", "auditor"),
        filters=(
            Field("topic", control="select", choices=TOPICS, blank=ALL),
            "ruleset",
            Field("service"),
            "on",
            Field("q", control="search", hint=_l("名称、文件或文件号")),
        ),
        lead=_l(
            "系统按这里的标准作出决定：每项都有文件依据和起止日期。本会设定的优先于省和国家的标准；没有标准的事项，"
            "系统不会自行套用别处的数字。"
        ),
        empty=_l("这个范围还没有标准。"),
        icon="sliders",
        links=(
            PageLink("new_rule", _l("设定标准"), "plus-lg", frozenset({"officer"}), first=True),
            PageLink("rule_sets", _l("省级标准")),
        ),
        payload=_request,
        more=lambda shown: missing_rules(shown.values.get("topic")),
        template="portal/console/rules.html",
        macros="portal/parts/rules.html",
        export=ListExport(personal=False),
    )
)  # fmt: skip


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
        row["decided"] = _uses(row)
        rows.setdefault(topic_of(row["key"]), []).append(row)
    return rows


@PAGES.get("/console/rules/new")
@only("officer")
def new_rule() -> str | Response:
    """Choose the key to set a figure for."""
    key = request.args.get("key", "")
    if rule_key(key):
        return go(url_for("portal.rule", key=key))
    choices: dict[str, dict[str, str]] = {}
    for key in settable_keys():
        choices.setdefault(str(TOPICS[topic_of(key)]), {})[key] = name_of_rule(key) or key
    field = Field("key", _l("要设定的标准"), "select", choices=choices, blank=_l("请选择"), wide=True, required=True)
    return render_template("portal/console/rule_new.html", form=Form(None, [field]))


@PAGES.route("/console/rules/<key>", methods=["GET", "POST"])
@only("officer", "auditor")
def rule(key: str) -> str | Response | tuple[str, int]:
    """Show one rule: the present figure, earlier ones with dates and reasons; an officer can set a new one."""
    if request.method != "POST":
        return _shown(key)
    known, story = _known(key)
    form = _form(known, story, request.form)
    change = {**_typed(known, form), "key": key}
    if "preview" in request.form:
        return _previewed(key, {"set": change}, form)
    if submit(form, set_rule, filled=change, version=_version()) is None:
        return _shown(key, form=form), 422
    flash(gettext("已设定。用到它的各个服务会在几秒内按新标准办理。"), "done")
    return go(url_for("portal.rule", key=key))


@PAGES.post("/console/rules/<key>/effects")
@only("officer")
def effects_of_rule_change(key: str) -> str | Response | tuple[str, int]:
    """Show what ending or withdrawing a rule would alter."""
    given = _posted_rule()
    if request.form.get("preview") == "end":
        change = {"end": {"rule_id": given["rule_id"], "last_day": request.form.get("last_day", "")}}
    else:
        change = {"withdraw": {"rule_id": given["rule_id"]}}
    return _previewed(key, change, None)


def _previewed(key: str, change: dict[str, Any], form: Form | None) -> str | tuple[str, int]:
    """Show what a change would alter; where it would be refused, show the refusal beside its field."""
    known, _ = _known(key)
    try:
        effects = preview.effects_of(known, change)
    except InvalidInput as wrong:
        shown = form or Form(SetRule, [])
        shown.take(preview.without_its_name(wrong))
        return _shown(key, form=form, problem=None if form else wrong), 422
    except Refused as refused:
        if form is not None:
            form.take(refused)
        return _shown(key, form=form, problem=None if form else refused), 422
    return _shown(key, form=form, effects=effects)


def _known(key: str) -> tuple[RuleKey, dict[str, Any]]:
    story = call(get_rule, {"key": key})
    known = rule_key(key)
    assert known is not None
    return known, story


def _shown(key: str, form: Form | None = None, **more: Any) -> str:
    known, story = _known(key)
    asked = {service: part(ASKED[service]) for service in known.used_by}
    deciding = [row for row in _deciding(asked).get(topic_of(key), []) if row["key"] == key]
    return render_template(
        "portal/console/rule.html",
        **{
            "key": key, "story": story, "form": form or _form(known, story, None),
            "today": today().isoformat(), "deciding": deciding, "effects": None, "problem": None,
            "refused": _refused_by(key), **more,
        },
    )  # fmt: skip


def _refused_by(key: str) -> int:
    """Return how many open expenses this rule refuses, or refused while it had no figure; 0 when nobody can say."""
    if not current_principal().has("officer"):
        return 0
    return part(list_refusals, {"rule": key, "state": "open", "limit": 1, "with_total": True}).total or 0


def _form(known: RuleKey, story: dict[str, Any], posted: Any) -> Form:
    fields = value_fields(known, line_choices() if known.unit == "budget line" else {})
    if len(known.bases) > 1:
        fields.append(Field("basis", choices=BASES.only(*known.bases)))
    if known.scopes:
        scopes = {scope: texts_of(EMPLOYMENTS).get(scope, scope) for scope in known.scopes}
        fields.append(Field("scope", choices=scopes, blank=_l("所有人")))
    fields += [
        Field(f"qualifier_{name}", texts_of(QUALIFIER_NAMES)[name], "select", choices=QUALIFIERS[name], blank=ALL)
        for name in known.qualifiers
    ]
    own = next((one for one in story["items"] if one["ruleset"] == "own" and not one["withdrawn"]), None)
    decides = next((one["basis"] for one in story["items"] if one["decides"]), None)
    values: dict[str, Any] = {"valid_from": today().isoformat(), "basis": decides or known.bases[0]}
    if own is not None:
        kept = {name: own[name] for name in ("scope", "document", "number", "article", "basis")}
        qualifiers = {f"qualifier_{name}": word for name, word in read_qualifiers(own["qualifiers"]).items()}
        values = {**values, **kept, **qualifiers, **as_typed(known, own["value"])}
    return Form(SetRule, [*fields, *DOCUMENT], values=values, posted=posted)


def _typed(known: RuleKey, form: Form) -> dict[str, Any]:
    """Return the form's payload as the contract takes it."""
    payload = typed(known, form.payload())
    chosen = {name: payload.pop(f"qualifier_{name}", None) for name in known.qualifiers}
    return {**payload, "qualifiers": written({name: word for name, word in chosen.items() if word})}


def _version() -> int | None:
    return whole_number(request.form.get("version", ""))


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
