"""The form that assigns columns of an uploaded table, shared by rosters and files of dues."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import request
from flask_babel import gettext

from services.chassis.errors import Problem
from services.chassis.input_errors import InputError


def chosen_columns() -> dict[str, str]:
    """Return the field chosen for each heading of the posted form; columns passed over are left out."""
    headings = request.form.getlist("heading")
    chosen = ((heading, request.form.get(f"column-{place}")) for place, heading in enumerate(headings))
    return {heading: field for heading, field in chosen if field}


def mapping_words(problem: Problem, fields: Mapping[str, Any]) -> str | None:
    """Return a text for an invalid mapping, None for other problems.

    Args:
        problem: what the service answered.
        fields: the names of what a column may hold.
    """
    errors = (problem.params.get("errors") or {}).get("mapping") or []
    about = {error.code: error.params.get("fields") for error in errors if isinstance(error, InputError)}
    twice = about.get("imports.column_taken_twice")
    if twice:
        return gettext("有两列对应了同一项：%(fields)s。", fields=_named(twice, fields))
    missing = about.get("imports.column_missing") or problem.params.get("missing")
    return gettext("还没有对应到列：%(fields)s。", fields=_named(missing, fields)) if missing else None


def _named(names: Sequence[str], fields: Mapping[str, Any]) -> str:
    return gettext("、").join(str(label) for name, label in fields.items() if name in names)
