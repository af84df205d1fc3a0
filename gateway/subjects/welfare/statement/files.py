"""A statement as a file: a PDF to print, or a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flask_babel import gettext

from gateway.pdf.printing import printed
from gateway.portal import words
from gateway.portal.exporting import written
from gateway.portal.formats import money
from gateway.subjects.welfare.statement.figures import unruled
from gateway.subjects.welfare.statement.wording import sections, step_of, title_of, why
from services.contracts.welfare.statement import STATEMENT_KINDS, STATEMENT_STATES

COLUMN_WIDTHS = (34, 16, 14, 14, 30)


def as_pdf(told: Mapping[str, Any], name: str) -> bytes:
    """Return the statement on paper, with every reason in words."""
    subtitle = gettext("%(name)s，截至 %(day)s", name=name, day=told["as_of"])
    blocks: list[tuple[str, Any]] = []
    caps = [line for line in told["lines"] if line["state"] == "remaining" and line["params"].get("cap")]
    if caps:
        headings = [gettext("福利"), gettext("上限"), gettext("已使用"), gettext("还可用"), gettext("依据")]
        blocks += _table(gettext("各项标准"), headings, [_cap_row(line) for line in caps])
    headings = [gettext("名称"), gettext("金额"), gettext("日期"), gettext("截止日期"), gettext("说明")]
    for _, heading, lines in sections(told["lines"]):
        blocks += _table(heading, headings, [_row(line) for line in lines])
    missing = [text for text in map(why, unruled(told["lines"])) if text]
    blocks += [("text", text) for text in dict.fromkeys(missing)]
    if told["shortened"]:
        blocks.append(("text", gettext("记录较多，这里只列最近的部分。")))
    return printed("document", gettext("福利明细"), subtitle, blocks)


def _table(heading: str, headings: list[str], rows: list[list[Any]]) -> list[tuple[str, Any]]:
    return [("heading", heading), ("table", (headings, rows, COLUMN_WIDTHS))]


def as_sheet(told: Mapping[str, Any], kind: str) -> bytes:
    """Return the statement as a spreadsheet, a row for each line."""
    columns = [
        ("kind", gettext("项目")), ("title", gettext("名称")), ("state", gettext("状态")), ("amount", gettext("金额")),
        ("used", gettext("已使用")), ("cap", gettext("上限")), ("on", gettext("日期")), ("until", gettext("截止日期")),
        ("words", gettext("说明")),
    ]  # fmt: skip
    return written(columns, _cells(told), kind)


def _cells(told: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for line in told["lines"]:
        yield {
            "kind": str(words.words(line["kind"], STATEMENT_KINDS.name)),
            "title": title_of(line),
            "state": str(words.words(line["state"], STATEMENT_STATES.name)),
            "amount": line["amount"],
            "used": line["params"].get("used"),
            "cap": line["params"].get("cap"),
            "on": line["on"],
            "until": line["until"],
            "words": why(line) or step_of(line),
        }


def _cap_row(line: dict[str, Any]) -> list[Any]:
    params = line["params"]
    source = " ".join(part for part in (params.get("document"), params.get("article")) if part)
    return [title_of(line), money(params["cap"]), money(params["used"]), money(line["amount"]), source]


def _row(line: dict[str, Any]) -> list[Any]:
    amount = money(line["amount"]) if line["amount"] else None
    return [line["title"], amount, line["on"], line["until"], line["words"] or line["step"]]
