"""A statement in words: what each line is about, its finer state, and why something was refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext

from gateway.portal import words
from gateway.portal.benefit_names import benefit_words
from gateway.portal.formats import name_of
from gateway.portal.messages import say_rule
from gateway.portal.refusals import name_of_rule
from services.contracts.welfare.statement import STATEMENT_KINDS, STATEMENT_STATES

_STEPS = {"trip": "trip_application", "aid": "aid_application", "mutual_aid": "mutual_aid_claim"}
"""The vocabulary of the finer state, by kind of line."""
_TURN = "turn"
STATES_IN_ORDER = ("expiring", "pending", "given", "used", "lapsed", "refused")
"""The states of the lists, in the order in which they stand on a page; what remains is a picture."""


def title_of(line: Mapping[str, Any]) -> str:
    """Return what a line is about."""
    params = line["params"]
    if params.get("step") == _TURN:
        span = f"{params['period_from']}—{params['period_to']}"
        span = span if params["period_from"] != params["period_to"] else str(params["period_from"])
        return gettext("疗休养名额（%(years)s 年）", years=span)
    if line["kind"] == "visit":
        return _occasion(params)
    if line["title"]:
        return str(line["title"])
    named = benefit_words(params["benefit_key"]) if params.get("benefit_key") else _kind(line)
    return gettext("%(year)s 年%(benefit)s", year=params["year"], benefit=named) if params.get("year") else named


def step_of(line: Mapping[str, Any]) -> str:
    """Return the finer state of a line, empty where its state says all."""
    step = line["params"].get("step")
    vocabulary = _STEPS.get(line["kind"], line["kind"])
    return str(words.words(step, vocabulary)) if step and step != _TURN else ""


def why(line: Mapping[str, Any]) -> str | None:
    """Return why a line was refused, or which rule is missing; None where there is nothing to say."""
    reason = line["reason"]
    if not reason:
        return None
    if line["params"].get("missing"):
        return gettext("没有现行标准：%(rule)s。", rule=name_of_rule(reason) or reason)
    told = say_rule(reason, line["params"])
    return told if told != reason else name_of_rule(reason) or reason


def sections(lines: list[dict[str, Any]]) -> list[tuple[str, str, list[dict[str, Any]]]]:
    """Return the lists of a statement: state, heading and lines in words; empty ones are left out."""
    told = [{**line, "title": title_of(line), "step": step_of(line), "words": why(line)} for line in lines]
    found = ((state, [line for line in told if line["state"] == state]) for state in STATES_IN_ORDER)
    return [(state, str(words.words(state, STATEMENT_STATES.name)), listed) for state, listed in found if listed]


def _kind(line: Mapping[str, Any]) -> str:
    return str(words.words(line["kind"], STATEMENT_KINDS.name))


def _occasion(params: Mapping[str, Any]) -> str:
    named = {"name": params.get("occasion_name"), "name_en": params.get("occasion_name_en")}
    return name_of(named) if named["name"] else str(words.words(params["occasion"], "occasion"))
