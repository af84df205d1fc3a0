"""The members in pictures: by unit, employment, gender and age."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import render_template
from flask_babel import gettext

from gateway.portal import member_pictures
from gateway.portal.page_table import PageTable
from gateway.portal.people import CONSOLE_ROLES, only
from gateway.portal.pictures import Columns, Series
from gateway.portal.service_calls import part
from services.contracts.membership.organisation.operations import unit_figures
from services.contracts.membership.record.ages import member_ages

PAGES = PageTable()


@PAGES.get("/console/members/figures")
@only(*CONSOLE_ROLES)
def members_figures() -> str:
    """Show the members in figures: of all units that the reader may see."""
    units, ages = part(unit_figures), part(member_ages)
    shown = units.items
    return render_template(
        "portal/console/members_figures.html",
        units=units,
        ages=ages,
        by_unit=member_pictures.by_unit(shown),
        by_employment=member_pictures.by_employment(shown),
        by_gender=member_pictures.by_gender(shown),
        by_age=by_age(ages.items, (ages.data or {}).get("least", 0)),
    )


def by_age(items: Sequence[Mapping[str, Any]], least: int) -> Columns:
    """Return a column for each age group; a group of too few people has none, and says so."""
    labels = [_group_words(item) for item in items]
    texts = ["…" if item["members"] is None else f"{item['members']:,}" for item in items]
    hidden = any(item["members"] is None for item in items)
    return Columns(
        name="members-ages",
        title=gettext("年龄"),
        note=gettext("… 表示人数太少（不足 %(least)s 人或可由此推算），不列。", least=least) if hidden else None,
        description=gettext("按周岁分组的在册会员人数。"),
        series=(Series(gettext("会员")),),
        labels=labels,
        parts=[(item["members"] or 0,) for item in items],
        texts=texts,
        said=[
            gettext("%(group)s：%(count)s 人", group=label, count=text)
            for label, text in zip(labels, texts, strict=True)
        ],
        empty=gettext("还没有会员。") if not hidden else None,
    )


def _group_words(item: Mapping[str, Any]) -> str:
    if not item["from_age"]:
        return gettext("%(age)s 岁以下", age=item["to_age"])
    if item["to_age"] is None:
        return gettext("%(age)s 岁以上", age=item["from_age"])
    return gettext("%(first)s–%(last)s 岁", first=item["from_age"], last=item["to_age"] - 1)
