"""Checks of an approval and refusals of single lines, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext

from gateway.portal import refusals
from gateway.portal.messages import say_rule
from gateway.rpc.calls import names_of
from services.chassis.errors import Problem


def check_words(check: Mapping[str, Any]) -> str:
    """Return what a check asserts, or where it does not hold, what is wrong."""
    return (refusals.name_of_rule(check["rule"]) or check["rule"]) if check["holds"] else refusal_words(check)


def refusal_words(refused: Mapping[str, Any]) -> str:
    """Return why something was refused, from its rule and figures."""
    return say_rule(refused["rule"], refused["params"])


def first_hand(problem: Problem) -> str | None:
    """Return by whom goods asked for again were handed out; None where it was no member, or for another refusal."""
    by = problem.params.get("by") if problem.rule == "programmes.goods_are_handed_out_once" else None
    name = names_of([by]).get(by) if by else None
    return gettext("第一次由%(name)s登记发放。", name=name) if name else None


def why_excluded(item: Mapping[str, Any]) -> str:
    """Return why somebody is not on a list."""
    return say_rule(item["reason"], item["params"])
