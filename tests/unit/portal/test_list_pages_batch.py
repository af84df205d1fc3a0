"""List pages beyond plain columns: many items acted on at once, computed and optional columns, filters that hold."""

from __future__ import annotations

from types import SimpleNamespace
from unittest.mock import patch
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import flask
import pytest
from marshmallow import fields, validate

from gateway.portal import list_exports
from gateway.portal.columns import Column, cell, completed, in_file
from gateway.portal.form_fields import Field, completed_fields
from gateway.portal.list_pages import Batch, ListExport, ListPage
from gateway.portal.listing import Listing, listing
from gateway.portal.service_calls import Part
from gateway.portal.words import texts_of
from services.chassis.schema import OPERATIONS, Choice, Page, PageRequest, Schema, label, labelled, query
from services.chassis.vocabulary import VOCABULARIES, Vocabulary
from tests.unit.portal.test_every_list_page import somebody


class _Door(Schema):
    """A door."""

    id = fields.UUID(required=True)
    door_id = fields.UUID()
    name = fields.String(required=True, metadata=label("名称"))
    price = fields.Decimal(as_string=True, allow_none=True, metadata=label("金额"))
    shut = fields.Boolean(metadata=label("在用"))


class _DoorFilter(PageRequest):
    q = fields.String(load_default=None, metadata=label("名称"))
    year = fields.Integer(load_default=2026, metadata=label("年份"))
    sort = fields.String(validate=validate.OneOf(("name", "-name")), load_default="name")
    with_total = fields.Boolean(load_default=False)


@pytest.fixture
def doors():
    operation = query("membership", "list_doors", request=_DoorFilter, reply=Page(_Door), allow=("officer",), doc="D.")
    yield operation
    del OPERATIONS[operation.id]


@pytest.fixture
def colours():
    yield Vocabulary("test_colour", red="红", blue="蓝")
    del VOCABULARIES["test_colour"]


PAINT = Batch(
    "members", "door_ids", "刷漆", frozenset({"officer"}), takes=lambda item, values: not item["shut"], keeps=("year",)
)


def page_of(operation, **more):
    columns = more.pop("columns", ("name", Column("price", optional=True)))
    return ListPage("members", "/doors", operation, "门", columns, ("officer",), filters=("q", "year"), **more)


def shown(portal, page, items, address="/doors", roles=("officer",)):
    """Return the page with these items and what it asked for, shown to somebody with these roles."""
    asked = {}

    def found(operation, wanted):
        asked.update(wanted)
        return Part({"items": items})

    with (
        portal.test_request_context(address),
        patch("gateway.portal.list_pages.part", found),
        patch("gateway.portal.list_pages.current_principal", lambda: SimpleNamespace(roles=frozenset(roles))),
        patch("gateway.portal.list_pages.render_template", lambda template, **values: values),
    ):
        return page.show(), asked


def test_what_can_be_done_at_once_is_offered_to_who_may_where_an_item_takes_it(portal, doors):
    page = page_of(doors, batch=PAINT)
    open_door, shut_door = {"id": "1", "shut": False}, {"id": "2", "shut": True}
    assert shown(portal, page, [open_door, shut_door])[0]["batch"] is PAINT
    assert shown(portal, page, [shut_door])[0]["batch"] is None
    assert shown(portal, page, [open_door], roles=("auditor",))[0]["batch"] is None


def test_the_table_offers_a_tick_only_for_items_that_take_it(portal, doors):
    page = page_of(doors, batch=PAINT)
    items = [{"id": "1", "name": "东门", "shut": False}, {"id": "2", "name": "西门", "shut": True}]
    with portal.test_request_context("/doors"):
        macro = portal.jinja_env.get_template("portal/parts/tables.html").module.table
        html = str(macro(page, Listing(items), {}, {}, None, PAINT))
    assert html.count('name="door_ids"') == 1
    assert 'value="1" aria-label="选择东门"' in html
    assert html.count('class="tick"') == 3


def test_an_optional_column_is_left_out_where_no_item_has_a_value(doors):
    page = page_of(doors)
    assert [column.key for column in page.columns_for([{"price": None}])] == ["name"]
    assert [column.key for column in page.columns_for([{"price": None}, {"price": "0.00"}])] == ["name", "price"]


def test_the_total_is_asked_for_where_the_query_counts_and_what_the_address_names(portal, doors):
    page = page_of(doors, complete=lambda values: {"year": "2025", **values})
    assert shown(portal, page, [])[1] == {"limit": 20, "with_total": True, "year": 2025}
    values, asked = shown(portal, page, [], "/doors?q=a&year=2024")
    assert (asked["q"], asked["year"], values["values"]["year"]) == ("a", 2024, "2024")


def test_what_holds_without_a_choice_stays_when_the_list_is_ordered(portal, doors):
    page = page_of(doors, complete=lambda values: {"year": "2025", **values})
    with portal.test_request_context("/doors"):
        link = page.order_link(page.shown_columns[0], page.chosen())
    assert parse_qs(urlsplit(link).query) == {"year": ["2025"], "sort": ["name"]}


def test_the_next_page_is_found_with_what_holds_without_a_choice(portal, doors):
    page = page_of(doors, complete=lambda values: {"year": "2025"} if not flask.request.args else values)
    with portal.test_request_context("/doors"):
        following = urlsplit(listing(Part({"items": [], "next_cursor": "c"}), page.chosen()).next).query
    assert parse_qs(following)["year"] == ["2025"]
    with portal.test_request_context(f"/doors?{following}"):
        assert page.chosen() == {"year": "2025"}


def test_a_filter_offers_no_empty_choice_where_one_always_holds(doors):
    known = doors.request().fields
    choices = {"2025": "2025"}
    always, free = completed_fields(
        (Field("year", choices=choices), Field("q", choices=choices)), known, of_filter=True
    )
    assert (always.control, always.blank) == ("select", None)
    assert str(free.blank) == "全部"
    assert completed_fields(("q",), known, of_filter=True)[0].control == "search"


def test_a_field_that_nobody_names_is_refused(doors):
    with pytest.raises(LookupError, match="limit has no label"):
        completed_fields(("limit",), doors.request().fields)
    assert completed_fields((Field("cursor", control="hidden"),), doors.request().fields)[0].label is None


def test_a_page_of_an_item_is_found_by_the_id_its_address_takes(portal, doors):
    item = {"id": uuid4(), "activity_id": uuid4(), "service": "welfare"}
    with portal.test_request_context():
        flask.g.signed_in = somebody(("officer",))
        assert page_of(doors).address_of(item) is None
        found = page_of(doors, link="activity", argument="activity_id").address_of(item)
        assert found == f"/activities/{item['activity_id']}"
        found = page_of(doors, link="job", argument="job_id", along=("service",)).address_of(item)
        assert found == f"/console/jobs/{item['id']}?service=welfare"
        flask.g.signed_in = somebody(("member",))
        assert page_of(doors, link="job", argument="job_id", along=("service",)).address_of(item) is None


def test_a_computed_value_stands_on_the_page_and_in_the_file(portal, doors):
    page = page_of(
        doors, columns=("name", Column("size", "大小", value=lambda item: item["wide"] * item["high"])),
        export=ListExport(personal=False, name="gates", title="大门"),
    )  # fmt: skip
    item = {"name": "东门", "wide": 2, "high": 3, "secret": "x"}
    with portal.test_request_context():
        assert cell(page.all_columns[1], item, {}) == 6
        assert list_exports._values(page.exportable, [item]) == [{"name": "东门", "size": 6}]
    assert (page.export_name, page.exportable.title) == ("gates", "大门")


def test_a_list_of_words_is_written_in_words(portal, colours):
    class Painted(Schema):
        colours = fields.List(Choice(VOCABULARIES["test_colour"]), metadata=label("颜色"))

    column = completed(("colours",), Painted())[0]
    with portal.test_request_context():
        assert cell(column, {"colours": ["red", "blue"]}, {}) == in_file(column, ["red", "blue"], {}) == "红、蓝"
        assert (cell(column, {"colours": []}, {}), in_file(column, [], {})) == ("—", None)


def test_two_lists_of_equal_words_keep_their_texts(portal, colours):
    crayons = Vocabulary("test_crayon", red="红蜡笔", blue="蓝蜡笔")
    try:
        with portal.test_request_context():
            found = [str(texts_of(vocabulary)["red"]) for vocabulary in (VOCABULARIES["test_colour"], crayons)]
        assert found == ["红", "红蜡笔"]
    finally:
        del VOCABULARIES["test_crayon"]


def test_fields_are_called_what_a_vocabulary_says_of_their_names_unless_they_say_it_themselves(colours):
    @labelled(colours)
    class Painted(Schema):
        red = fields.Integer()
        blue = fields.Integer(metadata=label("天蓝"))
        green = fields.Integer()

    assert {name: field.metadata.get("title") for name, field in Painted().fields.items()} == {
        "red": "红", "blue": "天蓝", "green": None,
    }  # fmt: skip
