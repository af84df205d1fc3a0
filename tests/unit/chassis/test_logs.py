"""Logs: one JSON object a line, from everywhere, without personal data."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.chassis.process import logs

log = logs.get_logger("services.post")


Lines = Callable[[], list[dict[str, Any]]]


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    root = logging.getLogger()
    level, hook = root.level, sys.excepthook
    yield
    root.handlers[:] = [handler for handler in root.handlers if not isinstance(handler, logs._OurHandler)]
    root.setLevel(level)
    sys.excepthook = hook
    logging.captureWarnings(False)


@pytest.fixture
def configured(capsys: pytest.CaptureFixture[str]) -> Callable[[], Lines]:
    """Configure inside the test, since pytest puts its own handlers in place between fixtures and test."""

    def configure() -> Lines:
        logs.configure("INFO")
        return lambda: [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    return configure


def test_a_line_is_json_with_time_level_logger_and_facts(configured) -> None:
    lines = configured()
    log.info("letter_sent", letter_id="l1", pages=3)

    (line,) = lines()
    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "event": "letter_sent",
        "level": "info",
        "logger": "services.post",
        "letter_id": "l1",
        "pages": 3,
    }


def test_libraries_log_the_same_way_and_only_what_matters(configured) -> None:
    lines = configured()
    logging.getLogger("kombu.connection").info("hello")
    logging.getLogger("kombu.connection").warning("gone: %s", "broker", extra={"attempt": 2})

    (line,) = lines()
    assert (line["event"], line["attempt"], line["level"]) == ("gone: broker", 2, "warning")


def test_personal_fields_are_replaced_at_any_depth(configured) -> None:
    lines = configured()
    log.info("member_read", name="李娜", member={"phone": "1", "unit": "u"}, rows=[{"email": "x"}])

    (line,) = lines()
    assert line["name"] == logs.REDACTED
    assert line["member"] == {"phone": logs.REDACTED, "unit": "u"}
    assert line["rows"] == [{"email": logs.REDACTED}]


@pytest.mark.parametrize(
    "personal", ["11010519491231002X", "13812345678", "li.na@example.edu.cn", "amqp://guest:secret@broker:5672/"]
)
def test_what_looks_personal_or_secret_is_replaced_inside_texts(configured, personal: str) -> None:
    lines = configured()
    log.error("cannot_use", what=personal, told=f"({personal})", deep=[[personal]])
    logging.getLogger("library").error("cannot use %s", personal)

    written = lines()
    assert len(written) == 2
    for line in written:
        assert personal not in json.dumps(line, ensure_ascii=False)
        assert "secret" not in json.dumps(line)


def test_the_text_of_an_exception_is_cleaned_too(configured) -> None:
    lines = configured()
    try:
        raise ValueError("no member with 13812345678")
    except ValueError:
        log.exception("defect")

    (line,) = lines()
    assert "ValueError: no member with [redacted]" in line["exception"]


def test_what_a_database_quotes_of_a_row_is_left_out() -> None:
    said = (
        'null value in column "unit_id" violates not-null constraint\nDETAIL:  Failing row contains (1, 欧阳晓).\nEND'
    )
    assert "欧阳晓" not in logs.scrub(said)
    assert logs.scrub(said).startswith('null value in column "unit_id"')
    assert logs.scrub(said).endswith("\nEND")


def test_ids_and_times_are_left_alone(configured) -> None:
    lines = configured()
    id_ = "01a20485-e649-71d5-9a04-138123456789"
    log.info("kept", id=id_, at="2026-11-22T19:03:21.993042Z", position=13812345678901)

    (line,) = lines()
    assert (line["id"], line["at"], line["position"]) == (id_, "2026-11-22T19:03:21.993042Z", 13812345678901)


def test_bound_facts_stand_on_every_line_inside_the_block_only(configured) -> None:
    lines = configured()
    with logs.bound(correlation_id="c1"):
        log.info("inside")
        logging.getLogger("library").warning("inside too")
    log.info("outside")

    assert [line.get("correlation_id") for line in lines()] == ["c1", "c1", None]


def test_less_important_lines_are_not_written(configured) -> None:
    lines = configured()
    log.debug("detail")

    assert lines() == []


def test_an_uncaught_exception_is_a_line_as_well(configured) -> None:
    lines = configured()
    try:
        raise RuntimeError("broken")
    except RuntimeError as error:
        sys.excepthook(type(error), error, error.__traceback__)

    (line,) = lines()
    assert (line["event"], line["level"]) == ("uncaught", "critical")
    assert "RuntimeError: broken" in line["exception"]


def test_an_unknown_level_is_refused() -> None:
    with pytest.raises(ValueError, match="LOUD"):
        logs.configure("loud")


@given(st.text(), st.from_regex(r"\A(1[3-9]\d{9}|\d{17}[\dX])\Z"), st.text())
def test_no_number_of_a_person_survives_between_other_words(before: str, number: str, after: str) -> None:
    assert number not in logs.scrub(f"{before} {number} {after}").replace(before, "", 1).replace(after, "", 1)


def test_what_somebody_wrote_is_left_out_of_the_text_of_an_exception(configured) -> None:
    lines = configured()
    try:
        raise RuntimeError("cannot store 请求补发值班津贴")
    except RuntimeError:
        log.exception("defect", operation="governance.write_agreement")

    (line,) = lines()
    assert "RuntimeError: cannot store [redacted]" in line["exception"]
    assert "津贴" not in str(line)
