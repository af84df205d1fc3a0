"""List pages: what a declaration makes of a query's answer, on the page and as a file."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from marshmallow import fields, validate
from werkzeug.datastructures import MultiDict

from gateway.portal import assets
from gateway.portal.columns import Column, actions, cell, completed, in_file
from gateway.portal.forms import Field, Form
from gateway.portal.list_pages import ListExport, ListPage
from gateway.subjects import SUBJECTS
from services.chassis.schema import (
    OPERATIONS,
    Choice,
    Money,
    Page,
    PageRequest,
    Schema,
    Text,
    Timestamp,
    label,
    query,
)
from services.chassis.vocabulary import VOCABULARIES, Vocabulary


class _Filter(PageRequest):
    state = fields.String(
        validate=validate.OneOf(("open", "shut")), load_default=None, allow_none=True, metadata=label("状态")
    )
    sort = fields.String(validate=validate.OneOf(("name", "-name", "opened_at")), load_default="name")


class _Door(Schema):
    """A door."""

    id = fields.UUID(required=True)
    name = Text(20, required=True, metadata=label("名称"))
    unit_id = fields.UUID(metadata=label("分工会"))
    member_id = fields.UUID(metadata=label("会员"))
    opened_at = Timestamp(metadata=label("时间"))
    opened_on = fields.Date(metadata=label("日期"))
    price = Money(metadata=label("金额"))
    places = fields.Integer(metadata=label("人数"))
    fire = fields.Boolean(metadata=label("是"))
    secret = Text(20)


ALL = ("name", "unit_id", "member_id", "opened_at", "opened_on", "price", "places", "fire")


@pytest.fixture
def doors():
    operation = query("membership", "list_doors", request=_Filter, reply=Page(_Door), allow=("officer",), doc="Doors.")
    yield operation
    del OPERATIONS[operation.id]


@pytest.fixture
def states():
    yield Vocabulary("test_door", open="开", shut="关")
    del VOCABULARIES["test_door"]


def page_of(operation, **more):
    return ListPage("doors", "/doors", operation, "Doors", ("name", "opened_at"), ("officer",), **more)


def test_columns_take_headings_and_kinds_from_the_contract():
    found = completed(ALL, _Door())
    assert [str(column.heading) for column in found[:2]] == ["名称", "分工会"]
    assert [column.how for column in found] == ["text", "unit", "member", "stamp", "day", "money", "number", "yes"]
    assert [column.css for column in found[4:7]] == ["nowrap", "number", "number"]


def test_what_a_column_says_itself_stands():
    own = completed((Column("name", "门", "number", wide=True), actions("open")), _Door())
    assert (own[0].heading, own[0].how, own[0].css) == ("门", "number", "number wide-cell")
    assert (own[1].how, own[1].in_file) == ("actions", False)


def test_a_column_that_would_show_an_id_is_refused_at_the_start():
    with pytest.raises(LookupError, match="the column id would show an id"):
        completed((Column("id", "门"),), _Door())
    assert completed((Column("id", "门", "member"),), _Door())[0].how == "member"


@pytest.mark.parametrize("column", ["colour", "secret"])
def test_a_column_without_a_field_or_a_heading_is_refused_at_the_start(column):
    with pytest.raises(LookupError, match=column):
        completed((column,), _Door())


def test_a_cell_reads_as_people_read_it(portal):
    row = {
        "name": None, "member_id": "m1", "opened_at": "2026-03-01T01:30:00+00:00", "opened_on": "2026-03-01",
        "price": "1200.50", "places": 1234, "fire": False,
    }  # fmt: skip
    with portal.test_request_context():
        shown = [cell(column, row, {"m1": "李四"}) for column in completed(ALL[:1] + ALL[2:], _Door())]
    assert shown == ["—", "李四", "2026-03-01 09:30", "2026-03-01", "¥1,200.50", "1,234", "否"]


def test_a_cell_of_a_file_keeps_amounts_and_days(portal):
    columns = {column.key: column for column in completed(ALL, _Door())}
    with portal.test_request_context():
        assert in_file(columns["price"], "1200.50", {}) == Decimal("1200.50")
        assert in_file(columns["opened_on"], "2026-03-01", {}).isoformat() == "2026-03-01"
        assert in_file(columns["places"], 0, {}) == 0
        assert in_file(columns["name"], "", {}) is None


def test_a_word_of_a_vocabulary_is_shown_by_its_text(portal, states):
    class Gate(Schema):
        state = Choice(states, metadata=label("状态"))

    column = completed((Column("state", state=True),), Gate())[0]
    with portal.test_request_context():
        assert str(cell(column, {"state": "shut"}, {})) == in_file(column, "shut", {}) == "关"
        with pytest.raises(KeyError, match="ajar"):
            cell(column, {"state": "ajar"}, {})


def test_a_form_takes_labels_controls_and_choices_from_the_contract(portal, states):
    class Opening(Schema):
        state = Choice(states.only("open"), required=True, metadata=label("状态"))
        opened_at = Timestamp(metadata=label("时间"))
        opened_on = fields.Date(metadata=label("日期"))
        price = Money(metadata=label("金额"))
        note = Text(20, metadata=label("说明"))

    with portal.test_request_context():
        form = Form(
            Opening, ("state", "opened_at", "opened_on", Field("price", hint="x"), Field("note", "另注", "textarea"))
        )
        assert [spec.control for spec in form.specs] == ["select", "moment", "date", "money", "textarea"]
        assert [str(spec.label) for spec in form.specs] == ["状态", "时间", "日期", "金额", "另注"]
        assert {key: str(text) for key, text in form["state"].choices.items()} == {"open": "开"}
        assert str(form["state"].spec.blank) == "请选择"
    filled = Form(Opening, ("state", "note"), posted=MultiDict({"state": "open", "note": " 一 "}))
    assert filled.payload() == {"state": "open", "note": "一"}


def test_filters_take_the_same_and_offer_all(portal, doors):
    page = page_of(doors, filters=("state",))
    with portal.test_request_context("/doors?state=open"):
        assert [(str(one.label), one.control) for one in page.filter_fields] == [("状态", "text")]
        assert page.chosen() == {"state": "open"}


def test_headings_order_the_list_where_the_query_offers_it(portal, doors):
    page = page_of(doors, filters=("state",))
    name, opened = page.shown_columns
    with portal.test_request_context("/doors?state=open&sort=name"):
        values = page.chosen()
        assert values == {"state": "open", "sort": "name"}
        assert page.order_link(name, values) == "/doors?state=open&sort=-name"
        assert page.order_link(opened, values) == "/doors?state=open&sort=opened_at"
        assert (page.order_of(name, values), page.order_of(opened, values)) == ("ascending", None)
    with portal.test_request_context("/doors?sort=colour"):
        assert page.chosen() == {}


def test_a_list_that_can_be_had_as_a_file_says_for_whom(doors):
    assert page_of(doors).exportable is None
    exported = page_of(doors, export=ListExport(personal=False)).exportable
    assert (exported.roles, exported.personal, exported.operation) == (frozenset({"officer"}), False, doors)
    assert [column.key for column in exported.columns] == ["name", "opened_at"]


def test_the_clock_of_a_cell_is_chinas(portal):
    column = completed(("opened_at",), _Door())[0]
    with portal.test_request_context():
        assert (
            cell(column, {"opened_at": datetime(2026, 2, 28, 16, 5, tzinfo=UTC).isoformat()}, {}) == "2026-03-01 00:05"
        )


LISTS = [page for subject in SUBJECTS for table in subject.pages for page in table.lists]


@pytest.mark.parametrize("page", LISTS, ids=lambda page: page.endpoint)
def test_every_declared_list_is_whole(portal, page):
    """Headings and labels are there, what it links to exists, and each macro is in its template."""
    with portal.test_request_context(page.address.replace("<", "").replace(">", "")):
        assert all(str(column.heading) for column in page.all_columns if column.how != "actions")
        assert all(str(spec.label) for spec in page.filter_fields)
        assert page.empty is not None
        assert page.icon in assets.ICONS
        endpoints = {f"portal.{link.endpoint}" for link in page.links} | (
            {f"portal.{page.link}"} if page.link else set()
        )
        assert endpoints <= set(portal.view_functions)
        macros = {column.macro for column in page.all_columns if column.macro}
        module = portal.jinja_env.get_template(page.macros).make_module({}) if page.macros else None
        assert [name for name in macros if not callable(getattr(module, name, None))] == []
        assert page.exportable is None or page.exportable.roles <= frozenset(page.roles)
