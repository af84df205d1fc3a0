"""Committed event schemas only grow by optional fields, compared with what stands on main and with the last release."""

from __future__ import annotations

import copy
import json
import subprocess

import pytest

from tests.contract.growth import breaks
from tests.contract.promises import DOCS, ROOT

# Events that were announced as retired in CHANGELOG.md and whose window is over: `membership/name.v1.json`.
RETIRED: frozenset[str] = frozenset()

SEATS = {
    "type": "object",
    "required": ["seats", "state"],
    "properties": {
        "seats": {"type": "integer", "minimum": 0, "maximum": 100},
        "state": {"type": "string", "enum": ["open", "full"]},
        "note": {"type": ["string", "null"], "maxLength": 10, "pattern": "^[a-z]*$"},
        "units": {
            "type": "array",
            "items": {"type": "object", "properties": {"id": {"type": "string"}}},
            "additionalProperties": False,
        },
    },
}


def changed(path, value):
    """SEATS with one place changed; None takes it out."""
    schema = node = copy.deepcopy(SEATS)
    *parents, last = path.split("/")
    for part in parents:
        node = node[part]
    if value is None:
        del node[last]
    else:
        node[last] = value
    return schema


def test_a_schema_does_not_break_itself():
    assert breaks(SEATS, copy.deepcopy(SEATS)) == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("properties/waiting", {"type": "integer"}),
        ("properties/units/items/properties/name", {"type": "string"}),
        ("properties/state/enum", ["open", "full", "closed"]),
        ("properties/seats/maximum", 200),
        ("properties/seats/maximum", None),
        ("properties/seats/minimum", -1),
        ("properties/note/pattern", None),
        ("properties/units/additionalProperties", None),
        ("properties/note/type", ["null", "string"]),
        ("properties/seats/description", "Seats of the hall."),
        ("required", ["state", "seats"]),
    ],
)
def test_growth_is_allowed(path, value):
    assert breaks(SEATS, changed(path, value)) == []


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        ("properties/note", None, "note: removed"),
        ("required", ["seats"], "state: no longer required"),
        ("required", ["seats", "state", "note"], "note: newly required"),
        ("properties/seats/type", "number", "seats: type changed from 'integer' to 'number'"),
        ("properties/note/type", "string", "note: type changed from ['null', 'string'] to 'string'"),
        ("properties/state/enum", ["open"], "state: the word 'full' removed"),
        ("properties/note/enum", ["a"], "note: limited to a list of words"),
        ("properties/seats/maximum", 50, "seats: maximum narrowed from 100 to 50"),
        ("properties/seats/minimum", 1, "seats: minimum narrowed from 0 to 1"),
        ("properties/note/minLength", 1, "note: minLength narrowed from none to 1"),
        ("properties/seats/format", "int32", "seats: format changed from None to 'int32'"),
        ("properties/units/items/properties/id", None, "units.[].id: removed"),
        ("properties/units/items/required", ["id"], "units.[].id: newly required"),
        ("properties/units/items/additionalProperties", False, "units.[]: additionalProperties changed from None to"),
    ],
)
def test_a_break_is_named(path, value, sentence):
    found = breaks(SEATS, changed(path, value))

    assert len(found) == 1
    assert found[0].startswith(sentence)


def test_events_and_schemas_only_grow():
    broken = [
        f"{name} since {commit[:9]}: {sentence}"
        for commit in _relied_upon()
        for name, old in _schemas_at(commit).items()
        if name not in RETIRED
        for sentence in _sentences(name, old)
    ]

    assert broken == [], "a break is a new version of the event, both published for a while"


def _sentences(name, old):
    path = DOCS / "schemas" / name
    return breaks(old, json.loads(path.read_text(encoding="utf-8"))) if path.exists() else ["the event is gone"]


def _relied_upon():
    """Commits whose schemas others rely on: where this branch left main, and the last release; none outside git."""
    if not (ROOT / ".git").exists():
        return []
    mains = [name for name in ("origin/main", "main") if _git("rev-parse", "--verify", "--quiet", name)]
    left = _git("merge-base", "HEAD", mains[0]) if mains else ""
    release = _git("describe", "--tags", "--abbrev=0", "--match", "v*", "HEAD")
    return [commit for commit in (left, release) if commit]


def _schemas_at(commit):
    listed = _git("ls-tree", "-r", "--name-only", commit, "docs/schemas").splitlines()
    return {
        name.removeprefix("docs/schemas/"): json.loads(_git("show", f"{commit}:{name}"))
        for name in listed
        if name.endswith(".json")
    }


def _git(*arguments):
    """What git answers; empty when what was asked for does not exist."""
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True)
    assert "dubious ownership" not in done.stderr, done.stderr
    return done.stdout.strip() if done.returncode == 0 else ""
