"""Global names of templates; each can be set only once, because a second one would hide the first."""

from __future__ import annotations

from typing import Any

from flask import Flask


def add_globals(app: Flask, **values: Any) -> None:
    """Add global names for templates. Raises `ValueError` when a name is used already."""
    known = app.jinja_env.globals
    taken = [name for name, value in values.items() if known.get(name, value) is not value]
    if taken:
        raise ValueError(f"template globals set twice: {', '.join(taken)}")
    known.update(values)
