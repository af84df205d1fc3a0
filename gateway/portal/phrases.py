"""Phrases templates need that depend on data: whom an activity is for, what a rule says, a device."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask, g
from flask_babel import gettext

from gateway.identity.providers.configuration import providers
from gateway.portal.audience_words import audience_words, basis_words
from gateway.portal.benefit_names import benefit_words
from gateway.portal.formats import is_english, name_of
from gateway.portal.messages import say
from gateway.portal.refusals import name_of_rule, words_of
from gateway.portal.service_calls import part
from gateway.portal.template_globals import add_globals
from gateway.portal.words import texts_of
from services.chassis.clock import today
from services.chassis.errors import Refused
from services.contracts.governance.funds.budget import list_budget_lines
from services.contracts.governance.funds.events import REASON_CODES
from services.contracts.welfare.visits.types import list_visit_types
from services.contracts.welfare.vocabulary import OCCASIONS

_DEVICES = (
    ("MicroMessenger", "微信"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"),
    ("Macintosh", "Mac"), ("Linux", "Linux"),
)  # fmt: skip
_BROWSERS = (("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))


def refusal_words(refusal: Mapping[str, Any]) -> str:
    """Return the text of a refusal that is part of an answer."""
    if refusal.get("reason_code") in REASON_CODES:
        return str(texts_of(REASON_CODES)[refusal["reason_code"]])
    return say(Refused(refusal["detail"], rule=refusal.get("rule"), params=refusal.get("params")))


def missing_rules(terms: Mapping[str, Any]) -> str:
    """Return the names of the rules that terms of employment lack; a service of an older release names no keys."""
    keys = terms.get("missing_rules") or terms["missing"]
    return gettext("、").join(name_of_rule(key) or key for key in keys)


def line_name(code: str | None) -> str:
    """Return the name of a budget line by its code; the code if the line is not in this year's budget."""
    if not code:
        return "—"
    if "portal_lines" not in g:
        found = part(list_budget_lines, {"year": today().year})
        g.portal_lines = {line["code"]: line for line in found.items}
    return name_of(g.portal_lines[code]) if code in g.portal_lines else code


def occasion_words(occasion: str) -> str:
    """Return the name of an occasion of visits; those of the union's own are looked up."""
    if occasion in OCCASIONS:
        return str(texts_of(OCCASIONS)[occasion])
    known = part(list_visit_types, {"occasion": occasion}).items
    return name_of(known[0]) if known else occasion


def rule_words(rule: str) -> str:
    """Return the text for a missing rule."""
    return str(words_of(rule) or name_of_rule(rule) or rule)


def device_words(agent: str | None) -> str:
    """Return a short name of a browser or program."""
    agent = agent or ""
    device = next((name for mark, name in _DEVICES if mark in agent), None)
    browser = next((name for mark, name in _BROWSERS if mark in agent), None)
    return " · ".join(part for part in (device, browser) if part) or agent[:40] or gettext("未知设备")


def provider_name(key: str) -> str:
    """Return the name of an identity provider; its key where it is not configured any more."""
    found = next((provider for provider in providers() if provider.key == key), None)
    if found is None:
        return key
    return found.name_en if is_english() else found.name


def set_up(app: Flask) -> None:
    """Make the phrases known to the templates."""
    functions = (
        audience_words, basis_words, benefit_words, refusal_words, device_words, rule_words, line_name,
        missing_rules, occasion_words, provider_name,
    )  # fmt: skip
    add_globals(
        app,
        rule_name=name_of_rule,
        sign_on_providers=providers,
        **{function.__name__: function for function in functions},
    )
