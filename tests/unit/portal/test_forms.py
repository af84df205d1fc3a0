"""Forms: what was typed becomes the payload a contract takes; what was refused stands beside its field."""

from __future__ import annotations

import pytest
from marshmallow import fields
from werkzeug.datastructures import MultiDict

from gateway.http.request_parsing import check
from gateway.portal.forms import Field, Form
from gateway.subjects.activities.activities.pages import WHAT
from services.chassis.errors import InvalidInput, Refused
from services.chassis.identifiers import uuid7
from services.chassis.input_codes import OF_SCHEMA
from services.chassis.input_errors import REQUIRED
from services.chassis.schema import Choice, Schema, label
from services.chassis.vocabulary import VOCABULARIES
from services.contracts.activities.calendar.operations import ScheduleActivity, UpdateActivity
from services.contracts.files import Content
from services.contracts.welfare.requests.types import AddRequestType


def form(schema, fields, **posted):
    return Form(schema, fields, posted=MultiDict(posted))


def test_times_are_chinese_times():
    filled = form(ScheduleActivity, WHAT, starts_at="2026-03-08T14:00").payload()
    assert filled["starts_at"] == "2026-03-08T14:00:00+08:00"


def test_what_is_no_time_goes_on_as_it_is_and_is_refused_by_the_contract():
    assert form(ScheduleActivity, WHAT, starts_at="tomorrow").payload()["starts_at"] == "tomorrow"


def test_what_was_left_empty_is_left_out_or_null():
    filled = form(UpdateActivity, WHAT, title="", place="").payload()
    assert "title" not in filled
    assert filled["place"] is None


def test_what_stood_and_was_cleared_is_null_so_that_the_contract_asks_for_it():
    stood = {"title": "春游", "place": "东湖"}
    cleared = Form(UpdateActivity, WHAT, values=stood, posted=MultiDict({"title": "", "place": ""})).payload()
    assert cleared["title"] is None
    assert cleared["place"] is None
    untouched = Form(UpdateActivity, WHAT, values=stood, posted=MultiDict({"place": "西湖"})).payload()
    assert "title" not in untouched
    with pytest.raises(InvalidInput) as refused:
        check(UpdateActivity(), {"activity_id": str(uuid7()), "version": 1, **cleared})
    assert "title" in refused.value.params["errors"]


def test_a_box_not_ticked_says_no():
    assert form(ScheduleActivity, WHAT).payload()["waiting_list"] is False


def test_money_may_be_typed_with_its_sign_and_commas():
    assert form(ScheduleActivity, WHAT, fee=" ¥1,200.50 ").payload()["fee"] == "1200.50"


def test_limits_and_what_is_required_come_from_the_contract():
    control = form(ScheduleActivity, WHAT)["title"]
    assert control.required
    assert control.attributes["maxlength"] == 120
    assert form(ScheduleActivity, WHAT)["capacity"].attributes["min"] == 1


def test_an_error_stands_beside_the_field_it_names(portal):
    with portal.test_request_context():
        wrong = form(ScheduleActivity, WHAT)
        wrong.take(InvalidInput(errors={"title": [REQUIRED], "audience": [OF_SCHEMA["unknown"]]}))
        assert wrong["title"].errors == ["请填写此项。"]
        assert wrong["title"].described_by == "title-error"
        assert wrong.unplaced == ["对象：不认识的字段。"]


def test_an_error_in_a_list_names_its_row(portal):
    with portal.test_request_context():
        wrong = form(AddRequestType, ("name",))
        wrong.take(InvalidInput(errors={"steps": {1: {"days": [REQUIRED]}}}))
        assert wrong.unplaced == ["办理环节：第 2 行工作日：请填写此项。"]


def test_a_refusal_is_told_with_its_figures_in_the_readers_language(portal):
    refused = Refused(
        "12 have a seat.", rule="calendar.seats_cover_those_who_have_one", field="capacity",
        params={"seats_taken": 12, "capacity": 5},
    )  # fmt: skip
    with portal.test_request_context():
        wrong = form(UpdateActivity, WHAT)
        wrong.take(refused)
        assert "已有 12 人报名，名额不能减到 5" in wrong["capacity"].errors[0]
    with portal.test_request_context(headers={"Cookie": "language=en"}):
        wrong = form(UpdateActivity, WHAT)
        wrong.take(refused)
        assert wrong["capacity"].errors[0].startswith("12 have registered")


def test_a_choice_is_kept_when_the_page_comes_back():
    field = Field("kinds", "Kinds", "checks", choices={"a": "A", "b": "B"})
    control = Form(None, [field], posted=MultiDict([("kinds", "b")]))["kinds"]
    assert control.has("b")
    assert not control.has("a")


def test_a_blank_text_is_told_beside_its_field(portal):
    with portal.test_request_context():
        wrong = form(ScheduleActivity, WHAT, title="\u200b\u3164")
        try:
            check(ScheduleActivity(), wrong.payload())
        except InvalidInput as problem:
            wrong.take(problem)
        assert wrong["title"].errors == ["必填的文字不能空着，也不能只填空格。"]


def test_full_width_digits_are_read_as_they_are_meant():
    filled = form(ScheduleActivity, WHAT, fee="１２．５０", capacity="３０", starts_at="２０２６-03-08T14:00").payload()
    assert (filled["fee"], filled["capacity"]) == ("12.50", 30)
    assert filled["starts_at"] == "2026-03-08T14:00:00+08:00"
    assert form(ScheduleActivity, WHAT, capacity="\u0663").payload()["capacity"] == "\u0663"


class _Order(Schema):
    kind = Choice(VOCABULARIES["form"], load_default="cash", metadata=label("形式"))
    source = Choice(VOCABULARIES["funding"], metadata=label("来源"))
    marks = fields.List(Choice(VOCABULARIES["evidence"]), load_default=list, metadata=label("凭证"))
    people = fields.Integer(load_default=1, metadata=label("人数"))
    password = fields.String(metadata={"format": "password", **label("密码")})
    content = Content(metadata=label("文件"))


def test_controls_choices_and_defaults_come_from_the_contract(portal):
    with portal.test_request_context():
        empty = Form(_Order, ("kind", "source", "marks", "people", "password", "content"))
        assert [control.spec.control for control in empty] == [
            "select", "select", "checks", "number", "password", "file",
        ]  # fmt: skip
        assert [control.value for control in empty] == ["cash", "", "", 1, "", ""]
        assert empty["kind"].spec.blank is None, "one of the choices always holds"
        assert str(empty["source"].spec.blank) == "请选择"
        assert list(empty["marks"].choices) == list(VOCABULARIES["evidence"])


def test_what_stands_wins_over_what_the_contract_takes():
    assert Form(_Order, ("people",), values={"people": 3})["people"].value == 3
    assert Form(_Order, ("people",), values={"people": None})["people"].value == ""
    assert Form(_Order, ("people",), posted=MultiDict({"people": ""})).payload() == {}
