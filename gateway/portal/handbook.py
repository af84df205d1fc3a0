"""Help where one stands, and the handbook: both show what the subjects declare of themselves."""

from __future__ import annotations

from flask import Flask, render_template, request

from gateway.help import Help
from gateway.portal.page_table import PageTable
from gateway.portal.template_globals import add_globals
from gateway.subject import installed

PAGES = PageTable()


@PAGES.get("/handbook")
def handbook() -> str:
    """Show what every subject is for, and who does what in it."""
    return render_template("portal/handbook.html", chapters=installed().help)


def help_here() -> tuple[str, Help] | None:
    """Return name and help of the subject that the page belongs to; None for other pages."""
    name = installed().help_of_page.get((request.endpoint or "").removeprefix("portal."))
    return (name, installed().help[name]) if name else None


def set_up(app: Flask) -> None:
    """Make the help known to the templates."""
    add_globals(app, help_here=help_here)
