"""The form that assigns columns of an uploaded table, shared by rosters and files of dues."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import request
from flask_babel import gettext

from services.chassis.errors import Problem


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
    missing = problem.params.get("missing") if problem.rule == "dues.file_has_columns" else None
    text = str((problem.params.get("errors") or {}).get("mapping") or "")
    if not missing and not text:
        return None
    named = [str(label) for name, label in fields.items() if (name in missing if missing else f" {name}" in text)]
    if "Two columns" in text:
        return gettext("有两列对应了同一项：%(fields)s。", fields=gettext("、").join(named))
    return gettext("还没有对应到列：%(fields)s。", fields=gettext("、").join(named))
