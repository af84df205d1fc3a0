"""Importing a roster of 10,000, beside reading the same file and one COPY of its rows into a table of texts."""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Iterator
from datetime import date, timedelta
from statistics import median
from typing import Any
from uuid import UUID

import python_calamine
import sqlalchemy as sa

from services.chassis.database.engine import Database
from services.chassis.files.spreadsheets import write_xlsx
from services.chassis.jobs.runner import Chunk, advance
from services.contracts.membership import imports as contract
from services.membership.imports.use_cases import checking, extracting, importing, uploading
from services.membership.imports.use_cases.imports import found
from services.membership.record.tables import Member
from tests.load.figures import Figure
from tests.load.ground import Ground
from tests.load.members import UNITS, acting, union_of
from tests.unit.membership.people import id_number

ROWS, FEWER = 10_000, 2_000
MOST = 5.0
HEADINGS = (
    "姓名", "身份证号", "性别", "出生日期", "单位", "用工形式", "手机号", "电子邮箱", "入职日期", "入会日期", "职称",
    "学历", "民族", "籍贯", "备注",
)  # fmt: skip
_FAMILY, _GIVEN = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗", "伟芳娜敏静丽强磊军洋勇艳杰涛明超秀霞平刚桂英华文玉"


def figures(ground: Ground) -> Iterator[Figure]:
    """Yield the whole way of a roster, and its two halves."""
    count = FEWER if ground.quick else ROWS
    content = roster(count)
    halves: list[tuple[float, float]] = []
    limits: list[float] = []
    for _ in range(ground.rounds):
        with union_of(ground, 0) as database:
            limits.append(_read_and_copy(database, content, count))
            halves.append(_import(database, content, count))
    limit = median(limits)
    dry, done = (median(times) for times in zip(*halves, strict=True))
    beside = f"{limit:.2f} s: calamine and one COPY"
    note = f"{count / (dry + done):,.0f} rows/s: validated, encrypted, with history and events"
    yield Figure(
        f"roster of {count:,} × {len(HEADINGS)}: dry run and import",
        f"{dry + done:.2f} s", beside, (dry + done) / limit, f"≤ {MOST:g}×", dry + done <= MOST * limit, note,
    )  # fmt: skip
    yield Figure("  of it upload and dry run", f"{dry:.2f} s", beside, dry / limit)
    yield Figure("  of it the import", f"{done:.2f} s", beside, done / limit)


def roster(count: int) -> bytes:
    """Return a sound roster of so many people who don't exist, as a workbook."""
    return write_xlsx([(heading, heading) for heading in HEADINGS], (_person(place) for place in range(count)))


def _person(place: int) -> dict[str, Any]:
    born = date(1962, 1, 1) + timedelta(days=place % 14_000)
    number = id_number(born, 1 + place // 14_000 * 2 + 500)
    name = _FAMILY[place % 20] + _GIVEN[place // 20 % 25] + _GIVEN[place // 500 % 25]
    return {
        "姓名": name, "身份证号": number, "性别": "女" if int(number[16]) % 2 == 0 else "男", "出生日期": born,
        "单位": f"{1 + place % UNITS:02d}", "用工形式": "在编", "手机号": f"139{place:08d}",
        "电子邮箱": f"p{place}@example.edu.cn", "入职日期": date(2019, 9, 1), "入会日期": date(2020, 1, 1),
        "职称": "讲师", "学历": "博士", "民族": "汉族", "籍贯": "浙江杭州", "备注": "",
    }  # fmt: skip


def _read_and_copy(database: Database, content: bytes, count: int) -> float:
    """Return the seconds of reading the file and copying its rows into a table of texts with the members' key."""
    with database.session() as session:
        session.execute(sa.text(f"CREATE TABLE copied ({', '.join(f'c{n} text' for n in range(len(HEADINGS)))})"))
    began = time.perf_counter()
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    rows = book.get_sheet_by_index(0).to_python()[1:]
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    text.seek(0)
    raw: Any = database.engine.raw_connection()
    raw.cursor().copy_expert("COPY copied FROM STDIN WITH (FORMAT csv)", text)
    raw.commit()
    raw.close()
    took = time.perf_counter() - began
    assert len(rows) == count
    return took


def _import(database: Database, content: bytes, count: int) -> tuple[float, float]:
    """Return the seconds until the dry run has ended, and from there until the import has."""
    began = time.perf_counter()
    with acting(database) as tx:
        batch = uploading.upload_roster(tx, {"name": "roster.xlsx", "content": content})
    if batch["job"] is not None:
        _advance(database, batch["job"].id, extracting.keep_part, extracting.read_file)
    with acting(database) as tx:
        asked = {"import_id": batch["id"], "version": 1, "mapping": found(tx, batch["id"]).mapping}
        job_id = uploading.map_roster(tx, asked)["job"].id
    _advance(database, job_id, checking.check_part)
    checked = time.perf_counter()
    choices = contract.Choices().load({})
    wanted = {"import_id": batch["id"], "version": 2, "choices": choices}
    with acting(database) as tx:
        job_id = uploading.start_import(tx, wanted)["job"].id
    _advance(database, job_id, importing.import_part)
    done = time.perf_counter()
    with database.session() as session:
        assert session.scalar(sa.select(sa.func.count(Member.id))) == count
    return checked - began, done - checked


def _advance(database: Database, job_id: UUID | None, chunk: Chunk, prepare: Any = None) -> None:
    assert job_id is not None
    finished: list[bool] = []

    def watched(tx: Any, job: Any, *prepared: Any) -> bool:
        finished.append(chunk(tx, job, *prepared))
        return finished[-1]

    while not finished or not finished[-1]:
        advance(database, job_id, watched, prepare)
