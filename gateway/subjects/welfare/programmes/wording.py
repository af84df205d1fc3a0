"""Checks of an approval and refusals of single lines, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gateway.portal import refusals
from gateway.portal.messages import say
from services.chassis.errors import Refused


def check_words(check: Mapping[str, Any]) -> str:
    """Return what a check asserts, or where it does not hold, what is wrong."""
    return (refusals.name_of_rule(check["rule"]) or check["rule"]) if check["holds"] else refusal_words(check)


def refusal_words(refused: Mapping[str, Any]) -> str:
    """Return why something was refused, from its rule and figures."""
    return say(Refused(refused["rule"], rule=refused["rule"], params=refused["params"]))


def why_excluded(item: Mapping[str, Any]) -> str:
    """Return why somebody is not on a list."""
    return say(Refused(item["reason"], rule=item["reason"], params=item["params"]))
