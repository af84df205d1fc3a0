"""The geometry of pictures, worked out by hand; zero, one value, equal ones, negative, too much, very large."""

from __future__ import annotations

from datetime import date

import pytest

from gateway.portal import pictures
from gateway.portal.pictures import (
    BarRow,
    Bars,
    Columns,
    Gantt,
    GanttRow,
    Moment,
    MonthGrid,
    ProgressRing,
    Ring,
    Series,
    Share,
    Sparkline,
    scale,
)

PAID, OPEN = Series("paid"), Series("open", "second")
LAST_YEAR = Series("last year", "past")


def bars(*rows: BarRow, own_scale: bool = False) -> Bars:
    return Bars(name="bars", title="Bars", series=(PAID, OPEN), rows=rows, own_scale=own_scale)


def columns(*figures: object, **more: object) -> Columns:
    labels = [str(at) for at in range(1, len(figures) + 1)]
    parts = [figure if isinstance(figure, tuple) else (figure,) for figure in figures]
    return Columns(name="c", title="C", labels=labels, series=(PAID, OPEN), parts=parts, said=labels, **more)  # type: ignore[arg-type]


def segments(picture: Bars, row: int = 0) -> list[tuple[float, float, str]]:
    return [(one.x, one.width, one.tone) for one in picture.lanes[row].segments]


def boxes(picture: Columns, at: int) -> list[tuple[float, float, float, float]]:
    return [(box.x, box.y, box.width, box.height) for box in picture.places[at].boxes]


def test_bars_have_the_scale_of_the_longest() -> None:
    picture = bars(BarRow("a", ["20.00", 10], whole=40), BarRow("b", [0, 0], whole=80))

    assert segments(picture) == [(0.0, 25.0, "first"), (25.0, 12.5, "second")]
    assert [lane.ground for lane in picture.lanes] == [50.0, 100.0]
    assert segments(picture, 1) == []


def test_a_bar_of_its_own_scale_ends_at_its_whole() -> None:
    picture = bars(BarRow("a", [20, 10], whole=40, mark=30), BarRow("b", [1], whole=2), own_scale=True)

    assert segments(picture) == [(0.0, 50.0, "first"), (50.0, 25.0, "second")]
    assert (picture.lanes[0].mark, picture.lanes[0].limit) == (75.0, None)
    assert segments(picture, 1) == [(0.0, 50.0, "first")]


def test_a_bar_that_is_longer_than_its_whole_shows_where_that_ended() -> None:
    lane = bars(BarRow("a", [90, 60], whole=100), own_scale=True).lanes[0]

    assert [(one.x, one.width) for one in lane.segments] == [(0.0, 60.0), (60.0, 40.0)]
    assert (lane.ground, lane.limit) == (66.67, 66.67)


def test_bars_of_nothing_are_blank_and_those_of_less_have_no_length() -> None:
    assert bars().is_blank
    assert bars(BarRow("a", [0, None], whole="0.00")).is_blank
    assert segments(bars(BarRow("a", [-5, 10]))) == [(0.0, 100.0, "second")]


def test_a_small_part_can_be_seen_and_a_huge_one_stays_inside() -> None:
    picture = bars(BarRow("a", [1]), BarRow("b", ["999999999999.99", 1]))

    assert segments(picture) == [(0.0, scale.SMALLEST, "first")]
    assert segments(picture, 1) == [(0.0, 100.0, "first")]


def test_columns_stand_in_the_middle_of_their_places() -> None:
    picture = columns(100, 50, 0, 25)

    assert picture.top == 100
    assert picture.zero == 148.0
    assert boxes(picture, 0) == [(4.75, 26.0, 15.5, 122.0)]
    assert boxes(picture, 1) == [(29.75, 87.0, 15.5, 61.0)]
    assert boxes(picture, 2) == []
    assert [place.centre for place in picture.places] == [12.5, 37.5, 62.5, 87.5]
    assert picture.places[1].text_y == 81.0
    assert picture.lines == [26.0, 87.0, 148.0]


def test_last_years_column_stands_before_this_years() -> None:
    picture = columns(50, 100, past=[100, None], past_series=LAST_YEAR)

    assert boxes(picture, 0) == [(7.0, 26.0, 18.0, 122.0), (25.0, 87.0, 18.0, 61.0)]
    assert boxes(picture, 1) == [(75.0, 26.0, 18.0, 122.0)]


def test_parts_of_a_column_stand_on_each_other() -> None:
    assert boxes(columns((30, 20)), 0) == [(19.0, 74.8, 62.0, 73.2), (19.0, 26.0, 62.0, 48.8)]


def test_negative_columns_hang_from_zero() -> None:
    picture = columns(100, -100)

    assert (picture.zero, picture.bottom) == (87.0, 100)
    assert boxes(picture, 1) == [(59.5, 87.0, 31.0, 61.0)]
    assert picture.lines == [26.0, 56.5, 87.0, 148.0]


def test_columns_that_are_all_negative_hang_from_the_top() -> None:
    picture = columns(-1, -2)

    assert (picture.top, picture.zero) == (0, 26.0)
    assert boxes(picture, 1)[0][1:] == (26.0, 31.0, 122.0)


def test_long_figures_are_left_out_on_a_phone_but_for_the_highest_and_the_latest() -> None:
    picture = columns(7000, 9000, 7000, 5, 8000, 0, texts=("7,000", "9,000", "7,000", "5", "8,000", ""))

    assert [place.minor for place in picture.places] == [True, False, True, False, False, False]
    assert [place.minor for place in columns(8, 9, 8, texts=("8,000", "9,000", "8,000")).places] == [True, True, False]


def test_columns_of_nothing_are_blank() -> None:
    picture = columns(0, None, "0.00")

    assert picture.is_blank
    assert [place.boxes for place in picture.places] == [[], [], []]
    assert not columns(0, past=[1], past_series=LAST_YEAR).is_blank


@pytest.mark.parametrize(
    ("largest", "end"),
    [(0, 1), (-3, 1), (1, 1), (7, 8), (10, 10), (11, 15), (99, 100), ("0.03", "0.03"), (12_345_678, 15_000_000)],
)
def test_a_scale_ends_at_a_round_number(largest: object, end: object) -> None:
    assert scale.end_of_scale(largest) == scale.amount(end)


@pytest.mark.parametrize(
    ("value", "chinese", "english"),
    [
        (0, "0", "0"), ("0.5", "0.5", "0.5"), (980, "980", "980"), (1234, "1,234", "1.2k"),
        ("12000.00", "1.2万", "12k"),
        (-25_000, "−2.5万", "−25k"), (1_234_567, "123万", "1.2M"), (340_000_000, "3.4亿", "340M"),
        (10**13, "100,000亿", "10,000bn"), (None, "0", "0"),
    ],
)  # fmt: skip
def test_short_figures(value: object, chinese: str, english: str) -> None:
    assert (scale.compact(value), scale.compact(value, english=True)) == (chinese, english)


def shares(*values: object) -> Ring:
    return Ring(name="ring", title="Ring", shares=[Share(PAID, value, str(value)) for value in values])


def test_a_ring_is_divided_by_its_parts_with_gaps() -> None:
    picture = shares(50, 25, 0, 25)

    assert [(arc.start, arc.length) for arc in picture.arcs] == [(0.0, 49.2), (50.0, 24.2), (75.0, 24.2)]
    assert [picture.percent(share) for share in picture.shares] == [50, 25, 0, 25]


def test_a_ring_of_one_part_is_closed_and_one_of_none_is_blank() -> None:
    assert [(arc.start, arc.length) for arc in shares(7).arcs] == [(0.0, 100.0)]
    assert shares(0, -4).is_blank
    assert shares(0, -4).arcs == []
    assert shares(3, -4).percent(shares(3, -4).shares[1]) == 0


@pytest.mark.parametrize(
    ("value", "whole", "percent", "arc"),
    [(12, 40, 30, 30.0), (1, 3, 33, 33.33), (130, 100, 130, 100.0), (-5, 100, 0, 0.0), (5, 0, 0, 0.0), (0, 9, 0, 0.0)],
)
def test_progress_stays_on_its_ring(value: int, whole: int, percent: int, arc: float) -> None:
    picture = ProgressRing(name="p", title="P", value=value, whole=whole)

    assert (picture.percent, picture.arc) == (percent, arc)


def spark(*values: object) -> list[tuple[float, float]]:
    return Sparkline(name="s", title="S", values=values).points


def test_a_sparkline_reaches_from_its_lowest_to_its_highest() -> None:
    assert spark(10, 20, 15) == [(4.0, 28.0), (60.0, 4.0), (116.0, 16.0)]
    assert spark(-2, 2) == [(4.0, 28.0), (116.0, 4.0)]


def test_a_sparkline_of_equal_values_is_level_and_of_one_a_point() -> None:
    assert spark(5, 5, 5) == [(4.0, 16.0), (60.0, 16.0), (116.0, 16.0)]
    assert spark(5) == [(116.0, 16.0)]
    assert Sparkline(name="s", title="S", values=()).is_blank


def test_a_month_begins_on_its_weekday_and_is_coloured_by_its_figures() -> None:
    values = {date(2026, 11, 2): 1, date(2026, 11, 3): 4, date(2026, 11, 4): 2, date(2026, 10, 31): 99}
    picture = MonthGrid(name="m", title="M", year=2026, month=11, values=values, today=date(2026, 11, 29))

    weeks = picture.weeks
    assert [len(week) for week in weeks] == [7] * 6
    assert (weeks[0][0].day, weeks[0][6].day) == (date(2026, 10, 26), date(2026, 11, 1))
    assert [day.level for day in weeks[1][:4]] == [1, 4, 2, 0]
    assert weeks[0][5].value is None
    assert [day.day.day for week in weeks for day in week if day.today] == [29]
    assert not picture.is_blank
    assert MonthGrid(name="m", title="M", year=2026, month=12, values=values).is_blank


def gantt(*rows: GanttRow, today: date | None = None) -> Gantt:
    months = [str(month) for month in range(1, 13)]
    return Gantt(name="g", title="G", year=2026, months=months, rows=rows, series=(PAID,), today=today)


def test_a_span_reaches_from_its_first_to_the_end_of_its_last_day() -> None:
    held = Moment(date(2026, 7, 2), "held")
    year = GanttRow("year", date(2026, 1, 1), date(2026, 12, 31), PAID, percent=50, moments=(held,))
    picture = gantt(year, today=date(2026, 7, 2))

    track = picture.tracks[0]
    assert (track.x, track.width, track.done) == (0.0, 100.0, 50.0)
    assert [place for place, _ in track.moments] == [49.86]
    assert picture.now == 49.86
    assert picture.edges[:3] == [0.0, 8.49, 16.16]


def test_a_span_is_cut_at_the_year_and_can_always_be_seen() -> None:
    before = GanttRow("before", date(2025, 11, 1), date(2026, 1, 31), PAID, percent=250)
    last_day = GanttRow("last day", date(2026, 12, 31), date(2026, 12, 31), PAID, percent=-1)
    away = Moment(date(2025, 12, 1), "in another year")
    picture = gantt(before, last_day, GanttRow("m", date(2026, 2, 1), date(2026, 2, 1), PAID, moments=(away,)))

    first, last, third = picture.tracks
    assert (first.x, first.width, first.done) == (0.0, 8.49, 8.49)
    assert (last.x, last.width, last.done) == (99.0, 1.0, 0.0)
    assert third.moments == []
    assert gantt().is_blank
    assert gantt(before, today=date(2027, 1, 1)).now is None


def test_a_tone_that_no_style_draws_is_refused() -> None:
    with pytest.raises(ValueError, match="purple"):
        pictures.Series("x", "purple")
