"""Names that every template knows, each set once: a second function of the same name would hide the first."""

from __future__ import annotations

from typing import Any

from flask import Flask


def add_globals(app: Flask, **values: Any) -> None:
    """Make values known to the templates. Raises `ValueError` when a name stands for something else already."""
    known = app.jinja_env.globals
    taken = [name for name, value in values.items() if known.get(name, value) is not value]
    if taken:
        raise ValueError(f"template globals set twice: {', '.join(taken)}")
    known.update(values)
