"""Pictures as they are drawn: well-formed, named for screen readers, without inline style, with their table."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pytest
from flask import Flask, render_template_string

from gateway.portal import assets, pictures
from gateway.portal.pictures import base

STATE = pictures.Series("Held", "done")
LONG = "A branch union with a name so long that it takes several lines on a phone, 某某学院与研究院联合分工会"
TABLE = pictures.Table(("Unit", "Paid"), ((LONG, "¥1"), ("<b>b</b>", "¥2")), ("/units/1", None))
COMMON = {"title": "Dues & more", "description": "What was paid.", "table": TABLE}
BARS = pictures.Bars(
    name="bars", **COMMON, series=(pictures.Series("Paid"),), whole_label="Due", mark_label="Expected",
    rows=[pictures.BarRow(LONG, [150], "¥150 / ¥100", whole=100, mark=50, address="/x?a=1&b=2", warns=True)],
)  # fmt: skip
COLUMNS = pictures.Columns(
    name="columns", **COMMON, series=(pictures.Series("This year"),), labels=("1", "2"), parts=((1,), (2,)),
    texts=("1", "2"), said=("January: 1", "February: 2"), past=(2, 1), past_series=pictures.Series("2025", "past"),
)  # fmt: skip
RING = pictures.Ring(name="ring", **COMMON, shares=[pictures.Share(STATE, 3, "3 people", "/held")], centre="3")
PROGRESS = pictures.ProgressRing(name="progress", **COMMON, value=13, whole=10, text="13 of 10", address="/plan")
SPARK = pictures.Sparkline(name="spark", **COMMON, values=(1, 2))
MONTH = pictures.MonthGrid(
    name="month", **COMMON, year=2026, month=11, values={date(2026, 11, 2): 3}, unit="visits",
    addresses={date(2026, 11, 2): "/visits"}, today=date(2026, 11, 29),
)  # fmt: skip
MATRIX = pictures.Matrix(
    name="matrix", title="Plan", columns=("Jan", "Feb"), series=(STATE,), now=1, whole_label="All year",
    rows=[pictures.MatrixRow("Part", ((pictures.Cell("Choir", STATE, "/item"),), ()), (pictures.Cell("Duty", STATE),))],
)  # fmt: skip
GANTT = pictures.Gantt(
    name="gantt", title="Plan", year=2026, months=[str(month) for month in range(1, 13)], series=(STATE,),
    rows=[
        pictures.GanttRow(
            "Choir", date(2026, 3, 1), date(2026, 4, 30), STATE, 50, "50%",
            (pictures.Moment(date(2026, 4, 2), "Held", "done"),), "/item",
        )
    ], today=date(2026, 5, 1),
)  # fmt: skip
ALL = (BARS, COLUMNS, RING, PROGRESS, SPARK, MONTH, MATRIX, GANTT)
IMAGES = (COLUMNS, RING, PROGRESS, SPARK)


def drawn(app: Flask, it: pictures.Picture) -> ElementTree.Element:
    source = '{% from "portal/parts/pictures.html" import picture %}{{ picture(it) }}'
    with app.test_request_context("/"):
        return ElementTree.fromstring(render_template_string(source, it=it))


def texts(element: ElementTree.Element) -> str:
    return " ".join(text.strip() for text in element.itertext() if text.strip())


@pytest.mark.parametrize("it", ALL, ids=lambda it: it.kind)
def test_a_picture_is_well_formed_and_needs_no_inline_style(app_with_portal: Flask, it: pictures.Picture) -> None:
    figure = drawn(app_with_portal, it)

    ids = [element.get("id") for element in figure.iter() if element.get("id")]
    named = {name for element in figure.iter() for name in (element.get("aria-labelledby") or "").split()}
    assert len(ids) == len(set(ids))
    assert named
    assert named <= set(ids)
    assert not [element.tag for element in figure.iter() if element.get("style") or element.get("onclick")]
    for drawing in figure.iter("svg"):
        assert drawing.get("aria-hidden") == "true" or drawing.get("role")


@pytest.mark.parametrize("it", IMAGES, ids=lambda it: it.kind)
def test_an_image_has_a_name_and_a_description(app_with_portal: Flask, it: pictures.Picture) -> None:
    image = next(one for one in drawn(app_with_portal, it).iter("svg") if one.get("role"))

    assert image.get("role") == "img"
    assert image.find("title").text == "Dues & more"  # type: ignore[union-attr]
    assert image.find("desc").text == "What was paid."  # type: ignore[union-attr]


def test_the_table_stands_behind_a_disclosure_once(app_with_portal: Flask) -> None:
    figure = drawn(app_with_portal, BARS)

    (details,) = figure.iter("details")
    assert details.get("open") is None
    assert [texts(cell) for cell in details.iter("td")] == ["¥1", "¥2"]
    assert [link.get("href") for link in details.iter("a")] == ["/units/1"]
    assert "<b>b</b>" in texts(details)


def test_bars_show_their_figures_and_link_their_labels(app_with_portal: Flask) -> None:
    rows = next(one for one in drawn(app_with_portal, BARS).iter("ul") if one.get("class") == "bar-rows")

    assert texts(rows) == f"{LONG} ¥150 / ¥100"
    assert [link.get("href") for link in rows.iter("a")] == ["/x?a=1&b=2"]
    assert [one.get("class") for one in rows.iter("line")] == ["lane-limit", "lane-mark"]


def test_columns_with_links_are_a_group_of_links(app_with_portal: Flask) -> None:
    linked = replace(COLUMNS, addresses=("/jan", "/feb"))
    image = next(one for one in drawn(app_with_portal, linked).iter("svg") if one.get("role"))

    assert image.get("role") == "group"
    assert [(one.get("href"), one.get("aria-label")) for one in image.iter("a")] == [
        ("/jan", "January: 1"),
        ("/feb", "February: 2"),
    ]


def test_a_ring_over_the_whole_says_so(app_with_portal: Flask) -> None:
    assert "130%" in texts(drawn(app_with_portal, PROGRESS))


def test_marks_of_a_matrix_are_links_that_say_item_and_state(app_with_portal: Flask) -> None:
    figure = drawn(app_with_portal, MATRIX)

    assert [(texts(link), link.get("href")) for link in figure.iter("a")] == [("Choir：Held", "/item")]
    assert [one.get("class") for one in figure.iter("th") if one.get("aria-current")] == ["now"]


def test_a_mark_with_actions_opens_a_panel_with_them(app_with_portal: Flask) -> None:
    cell = pictures.Cell("Choir", STATE, "/item", "Sports", (("Schedule", "/new"), ("Open", "/item")))
    figure = drawn(app_with_portal, replace(MATRIX, rows=[pictures.MatrixRow("Part", ((cell,), ()))]))

    (panel,) = figure.iter("dialog")
    assert panel.get("aria-label") == "Choir"
    assert [(texts(link), link.get("href")) for link in panel.iter("a")] == [("Schedule", "/new"), ("Open", "/item")]
    assert "Choir：Held" in texts(next(figure.iter("summary")))


def test_what_has_nothing_to_show_says_so_instead(app_with_portal: Flask) -> None:
    blank = pictures.Bars(
        name="b", title="Spent", note="To scale", series=(STATE,), rows=(), empty="Nothing yet.", table=TABLE
    )
    figure = drawn(app_with_portal, blank)

    assert texts(figure) == "Spent Nothing yet."
    assert not list(figure.iter("svg"))


def test_every_tone_has_a_style() -> None:
    sheet = assets.asset("portal.css").content.decode()

    assert [tone for tone in base.TONES if not re.search(rf"\.tone-{tone} {{", sheet)] == []
