"""By which calendar one's own birthday is celebrated."""

from __future__ import annotations

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from gateway.portal.forms import Field, Form
from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.service_calls import go, part, submit
from services.contracts.membership.birthdays import (
    ChooseBirthdayCalendar,
    choose_birthday_calendar,
    my_birthday_calendar,
)

PAGES = PageTable()


@PAGES.route("/me/birthday", methods=["GET", "POST"])
@only("member")
def own_birthday() -> str | Response | tuple[str, int]:
    """Show the calendar of one's own birthday, and choose another from the next year on."""
    standing = part(my_birthday_calendar)
    chosen = {"calendar": (standing.data or {}).get("chosen")}
    posted = request.form if request.method == "POST" else None
    form = Form(ChooseBirthdayCalendar, [Field("calendar", control="radios")], values=chosen, posted=posted)
    page = {"form": form, "standing": standing}
    if posted is None:
        return render_template("portal/member/birthday.html", **page)
    told = submit(form, choose_birthday_calendar)
    if told is None:
        return render_template("portal/member/birthday.html", **page), 422
    flash(gettext("已保存，自 %(year)s 年起按新的选择。", year=told["from_year"]), "done")
    return go(url_for("portal.own_birthday"))
