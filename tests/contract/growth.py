"""When a committed JSON Schema may replace the one before: it grew by optional fields and by nothing else.

Readers of yesterday's schema then understand tomorrow's events, and yesterday's events, stored or still under way, are
understood by tomorrow's readers. A word added to a list of words is growth too: readers take an unknown word as such.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_SAYS_NOTHING = frozenset({"$schema", "$id", "title", "description", "default", "examples", "readOnly"})
_MAY_GO = frozenset({"pattern", "additionalProperties"})
_LEAST = frozenset({"minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"})
_MOST = frozenset({"maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"})


def breaks(old: dict[str, Any], new: dict[str, Any], where: str = "") -> list[str]:
    """Return what a reader of `old` would stumble over in `new`, one sentence each; an empty list allows the change.

    Args:
        old: the schema others rely on.
        new: the schema that is to replace it.
        where: the field the two describe, for the sentences.
    """
    return [*_fields(old, new, where), *_words(old, new, where), *_limits(old, new, where), *_rest(old, new, where)]


def _fields(old: dict[str, Any], new: dict[str, Any], where: str) -> Iterator[str]:
    before, after = old.get("properties", {}), new.get("properties", {})
    must, must_now = set(old.get("required", ())), set(new.get("required", ()))
    for name in sorted(before):
        if name not in after:
            yield f"{_path(where, name)}: removed"
        else:
            yield from breaks(before[name], after[name], _path(where, name))
    yield from (f"{_path(where, name)}: no longer required" for name in sorted(must - must_now) if name in after)
    yield from (f"{_path(where, name)}: newly required" for name in sorted(must_now - must))
    if "items" in old and "items" in new:
        yield from breaks(old["items"], new["items"], _path(where, "[]"))


def _words(old: dict[str, Any], new: dict[str, Any], where: str) -> Iterator[str]:
    if "enum" not in old:
        if "enum" in new:
            yield f"{where}: limited to a list of words"
        return
    gone = [word for word in old["enum"] if word not in new.get("enum", old["enum"])]
    yield from (f"{where}: the word {word!r} removed" for word in gone)


def _limits(old: dict[str, Any], new: dict[str, Any], where: str) -> Iterator[str]:
    for limit in sorted((_LEAST | _MOST) & new.keys()):
        sign = 1 if limit in _MOST else -1
        if limit not in old or sign * new[limit] < sign * old[limit]:
            yield f"{where}: {limit} narrowed from {old.get(limit, 'none')} to {new[limit]}"


def _rest(old: dict[str, Any], new: dict[str, Any], where: str) -> Iterator[str]:
    """Compare what may not change at all: type, format, whatever else a schema says."""
    compared = {"properties", "required", "enum", "items", *_SAYS_NOTHING, *_LEAST, *_MOST}
    for name in sorted((old.keys() | new.keys()) - compared):
        if name in _MAY_GO and name not in new:
            continue
        before, after = _in_order(old.get(name)), _in_order(new.get(name))
        if before != after:
            yield f"{where}: {name} changed from {before!r} to {after!r}"


def _in_order(value: Any) -> Any:
    return sorted(value, key=str) if isinstance(value, list) else value


def _path(where: str, name: str) -> str:
    return f"{where}.{name}" if where else name
