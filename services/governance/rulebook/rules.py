"""Rules about the dated rules themselves: whether a value has the form that its key requires, when a rule may end.

Pure: the definition of the key is an argument.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from services.chassis.rules.refusal import Refusal

_TOO_MUCH = Decimal(10) ** 12
_MOST_COUNT = 1200
_WORD = re.compile(r"[a-z][a-z0-9_]*")
_CODE = re.compile(r"[a-z0-9][a-z0-9_.-]{0,59}")
_LONGEST_TEXT = 60
_CURVE = {"base", "start", "step", "max"}
_EARLIEST = date(1949, 10, 1)
_YEARS_AHEAD = 10

Value = str | int | list[str] | dict[str, Any]


def read_value(key: str, kind: str, words: Collection[str], text: str) -> Value | Refusal:
    """Parse the text that an officer entered.

    Args:
        key: the rule's key.
        kind: `amount` in yuan, `number`, `count`, `fraction`, `words`, `texts`, `code` or `curve`.
        words: the allowed words; empty when all are.
        text: the entered text.
    """
    readers = {
        "amount": _amount, "number": _number, "count": _count, "fraction": _fraction, "texts": _texts,
        "code": _code, "curve": _curve,
    }  # fmt: skip
    value = _words(words, text) if kind == "words" else readers[kind](text.strip())
    if kind == "code" and words and value not in words:
        value = None
    if value is not None:
        return value
    details = {
        "amount": "Write an amount in yuan with at most two places.",
        "number": "Write a number that is not negative.",
        "count": f"Write a whole number from 0 to {_MOST_COUNT}.",
        "fraction": "Write a part of the whole, such as 1/3.",
        "words": f"Write one or more of {', '.join(words) or 'the words in use'}, with commas between.",
        "texts": f"Write texts of 2 to {_LONGEST_TEXT} characters, one a line.",
        "code": f"Write {', '.join(words) or 'a code of small letters, digits, dots and hyphens'}.",
        "curve": 'Write {"base": 60, "start": "1965-01", "step": 4, "max": 36}.',
    }
    return Refusal("rulebook.value_fits_key", details[kind], field="value", params={"key": key, "kind": kind})


def key_is_known(key: str, known: bool) -> Refusal | None:
    """The key is used by a decision; other rules would have no effect."""
    if known:
        return None
    return Refusal("rulebook.key_is_known", f"No decision asks for {key}.", field="key", params={"key": key})


def scope_fits_key(scope: str | None, scopes: Collection[str]) -> Refusal | None:
    """A rule has a scope only if decisions use scopes for its key."""
    if scope is None or scope in scopes:
        return None
    detail = f"This rule may be restricted to: {', '.join(scopes) or 'nothing'}."
    return Refusal("rulebook.scope_fits_key", detail, field="scope", params={"scopes": list(scopes)})


def qualifiers_fit_key(given: Mapping[str, str], allowed: Mapping[str, Collection[str]]) -> Refusal | None:
    """A rule is narrowed down only by qualifiers that decisions know for its key, and to words these may have."""
    unfit = [name for name, word in given.items() if word not in allowed.get(name, ())]
    if not unfit:
        return None
    told = "; ".join(f"{name}: {', '.join(words)}" for name, words in allowed.items())
    detail = f"This rule may be narrowed down by: {told or 'nothing'}."
    params = {"unfit": unfit, "qualifiers": list(allowed)}
    return Refusal("rulebook.qualifiers_fit_key", detail, field="qualifiers", params=params)


def basis_fits_key(basis: str | None, bases: Collection[str]) -> Refusal | None:
    """A value is counted by one of the bases that decisions can count by; none given is the usual one."""
    if basis is None or basis in bases:
        return None
    detail = f"This value is counted by: {', '.join(bases)}."
    return Refusal("rulebook.basis_fits_key", detail, field="basis", params={"bases": list(bases)})


def first_day_is_plausible(begins: date, ends: date | None, today: date) -> Refusal | None:
    """A rule begins after 1949 and within ten years, and does not end before it begins."""
    latest = date(today.year + _YEARS_AHEAD, 12, 31)
    params = {"earliest": _EARLIEST.isoformat(), "latest": latest.isoformat()}
    if not _EARLIEST <= begins <= latest:
        detail = f"A rule begins between {_EARLIEST} and {latest}."
        return Refusal("rulebook.first_day_is_plausible", detail, "valid_from", params)
    if ends is not None and ends < begins:
        return Refusal("rulebook.first_day_is_plausible", "The rule ends before it begins.", "valid_to", params)
    return None


def rule_is_own(ruleset: str, own: str) -> Refusal | None:
    """A shipped rule is not ended or withdrawn: the union sets its own, which takes precedence."""
    if ruleset == own:
        return None
    return Refusal("rulebook.rule_is_own", "This rule came with the system; set one of your own instead.")


def last_day_can_be_set(begins: date, last_day: date, today: date) -> Refusal | None:
    """A rule ends yesterday at the earliest, so that no past decision loses its rule, and after it began."""
    earliest = max(begins, today - timedelta(days=1))
    if last_day >= earliest:
        return None
    detail = f"The last day can be {earliest} at the earliest."
    return Refusal("rulebook.last_day_can_be_set", detail, "last_day", {"earliest": earliest.isoformat()})


def rule_can_be_withdrawn(begins: date, today: date) -> Refusal | None:
    """Only a rule that was not in force before today can be withdrawn; others get a last day."""
    if begins >= today:
        return None
    return Refusal("rulebook.rule_can_be_withdrawn", "This rule has held already; give it a last day instead.")


def _amount(text: str) -> str | None:
    amount = _decimal(text)
    return None if amount is None or amount != round(amount, 2) else text


def _number(text: str) -> str | None:
    return None if _decimal(text) is None else text


def _decimal(text: str) -> Decimal | None:
    if not re.fullmatch(r"[0-9]{1,12}(\.[0-9]{1,6})?", text):
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number < _TOO_MUCH else None


def _count(text: str) -> int | None:
    return int(text) if re.fullmatch(r"[0-9]{1,4}", text) and int(text) <= _MOST_COUNT else None


def _fraction(text: str) -> str | None:
    found = re.fullmatch(r"([0-9]{1,4})/([1-9][0-9]{0,3})", text)
    return text if found and int(found[1]) <= int(found[2]) else None


def _words(words: Collection[str], text: str) -> list[str] | None:
    found = list(dict.fromkeys(word.strip() for word in re.split(r"[,，、]", text)))
    known = all(word in words if words else _WORD.fullmatch(word) for word in found)
    return found if known else None


def _texts(text: str) -> list[str] | None:
    found = list(dict.fromkeys(one.strip() for one in re.split(r"[,，;；\n]", text) if one.strip()))
    fit = all(2 <= len(one) <= _LONGEST_TEXT for one in found)
    return found if found and fit else None


def _code(text: str) -> str | None:
    return text if _CODE.fullmatch(text) else None


def _curve(text: str) -> dict[str, Any] | None:
    try:
        curve = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(curve, dict) or set(curve) != _CURVE:
        return None
    if not re.fullmatch(r"(19|20)[0-9]{2}-(0[1-9]|1[0-2])", str(curve["start"])):
        return None
    numbers = [curve[name] for name in ("base", "step", "max")]
    return curve if all(type(number) is int and 0 < number <= 600 for number in numbers) else None
