"""The page of the union's profile, with a preview; and the style sheet that its colour makes."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

from flask import Response, abort, flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from gateway.portal.forms import Field, Form
from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.service_calls import ask_again, attempt, carry_out, go
from gateway.portal.uploads import takes_file, upload_of
from gateway.subjects.own.union_profile.answers import answer
from gateway.union_profile import colours, profile
from services.chassis.plain_text import whole_number
from services.contracts.gateway.union_profile import (
    IS_COLOUR,
    LARGEST_EMBLEM,
    ChangeUnionProfile,
    change_union_profile,
    remove_union_emblem,
    set_union_emblem,
)

PAGES = PageTable()

FIELDS = (
    Field("name", wide=True, hint=_l("不填就用组织架构里校工会的名称。")),
    Field("name_en", wide=True),
    Field("short_name", hint=_l("显示在每一页的页头，最多 12 个字。")),
    "short_name_en",
    Field("colour", control="colour", hint=_l("用于按钮、链接和进度条；深色外观自动取较浅的同色。")),
    Field("office", wide=True, hint=_l("以下联系方式显示在首页，不填就不显示。")),
    Field("hours", wide=True),
    Field("phone", control="tel"),
    "email",
)


@PAGES.route("/console/system/profile", methods=["GET", "POST"])
@only("officer")
def union_profile() -> str | tuple[str, int] | AnyResponse:
    """Show and set the union's profile; the button for the preview sets nothing."""
    now = profile.current()
    values = {**now.texts, "colour": now.colour}
    form = Form(ChangeUnionProfile, FIELDS, values=values, posted=request.form if request.method == "POST" else None)
    version = request.form.get("version", now.version, type=whole_number)
    wanted = form.payload()
    saves = form.posted is not None and "preview" not in request.form
    if saves and attempt(form, lambda: answer(change_union_profile, {**wanted, "version": version})) is not None:
        flash(gettext("工会形象已保存。"), "done")
        return go(url_for("portal.union_profile"))
    shown = replace(now, texts={**now.texts, **wanted})
    page = render_template("portal/console/union_profile.html", form=form, version=version, **_preview(shown))
    return page if form.problem is None else (page, 422)


@PAGES.post("/console/system/profile/emblem")
@takes_file(LARGEST_EMBLEM)
@only("officer")
def set_emblem() -> AnyResponse:
    """Set the emblem."""
    then, picture = url_for("portal.union_profile"), upload_of("emblem")
    if picture is None:
        ask_again(gettext("请先选择会徽图片。"))
        return go(then)
    return carry_out(lambda: answer(set_union_emblem, picture), done=gettext("会徽已更换。"), then=then)


@PAGES.post("/console/system/profile/emblem/remove")
@only("officer")
def remove_emblem() -> AnyResponse:
    """Remove the emblem."""
    then = url_for("portal.union_profile")
    return carry_out(lambda: answer(remove_union_emblem, {}), done=gettext("会徽已移除。"), then=then)


@PAGES.get("/union/emblems/<digest>.png")
def union_emblem(digest: str) -> Response:
    """Serve the emblem; its address changes with the picture."""
    picture = profile.emblem(digest)
    if picture is None:
        abort(404)
    response = Response(picture, mimetype="image/png")
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


@PAGES.get("/union/colours/<colour>.css")
def union_colours(colour: str) -> Response:
    """Serve the style sheet that a colour makes; it never changes."""
    if not IS_COLOUR.match(f"#{colour}") or not colours.is_readable(f"#{colour}"):
        abort(404)
    response = Response(style_sheet(f"#{colour}"), mimetype="text/css")
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


@lru_cache(maxsize=16)
def style_sheet(colour: str) -> str:
    """Return the rules that give the brand's tokens their values, for light and dark pages."""
    found = colours.tokens(colour)
    return "".join(
        f"{selector}{{{''.join(f'--{name}:{value};' for name, value in found[theme].items())}}}\n"
        for theme, selector in (("light", ':root,[data-bs-theme="light"]'), ("dark", '[data-bs-theme="dark"]'))
    )


def _preview(shown: profile.Profile) -> dict[str, Any]:
    """Return what the preview draws: both looks of a readable colour, else only what is wrong with it."""
    if not IS_COLOUR.match(shown.colour):
        return {"shown": shown, "looks": {}, "nearest": None}
    nearest = None if colours.is_readable(shown.colour) else colours.readable(shown.colour)
    return {"shown": shown, "looks": colours.tokens(nearest or shown.colour), "nearest": nearest}
