"""docs/permissions.md and its Chinese twin: who may what, made from the contracts of all operations."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby

from gateway.permissions import Permission, table
from gateway.subjects import SUBJECTS
from services.chassis.schema import PUBLIC
from services.contracts.gateway.permissions import HOLDERS, PERMISSION_SUBJECTS, REACHES


@dataclass(frozen=True)
class _Language:
    """How the document reads in one language."""

    lead: str
    head: tuple[str, str, str]
    subject: Callable[[str], str]
    what: Callable[[Permission], str]
    who: Callable[[str], str]
    granted: str
    between: str
    reaches: Callable[[str], str]


_ENGLISH = _Language(
    """# Who may what

Made by `gonghui docs` from the contracts of all operations; do not edit. Each operation names its roles in `allow` and,
where it differs from what is usual for a role, how far they reach in `reach`: the **whole union**, the **own unit**
(which a chair leads) or **oneself**. Gateway and owning service both check it. What is marked with * is not open to
somebody who holds the role for an absent colleague only.

`public` is everybody, `account` every signed-in person, `program` every account of another system; names that end in
`.read` are scopes of such accounts.
""",
    ("Operation", "What it does", "Who"),
    lambda name: name.replace("_", " ").capitalize(),
    lambda row: row.operation.doc,
    lambda role: role,
    "{} ({})",
    ", ",
    {"union": "whole union", "unit": "own unit", "own": "oneself"}.__getitem__,
)
_CHINESE = _Language(
    """# 谁可以做什么

由 `gonghui docs` 根据各项操作的接口声明生成，请勿手工修改。每项操作的 `allow` 写明哪些身份可以办理，
范围与该身份的惯例不同时写在 `reach` 里：**全校**、**所负责的分工会**或**本人**。网关与所属服务都会检查。
带 * 的操作只能由本人办理，受托代行职务的人不能办理。
""",
    ("接口", "可以做什么", "谁（范围）"),
    PERMISSION_SUBJECTS.texts.__getitem__,
    lambda row: row.operation.title,
    HOLDERS.texts.__getitem__,
    "{}（{}）",
    "、",
    REACHES.texts.__getitem__,
)


def documents() -> Iterator[tuple[str, str]]:
    """Yield both documents with their names below docs/."""
    yield "permissions.md", "\n".join(_lines(_ENGLISH))
    yield "permissions.zh.md", "\n".join(_lines(_CHINESE))


def _lines(words: _Language) -> Iterator[str]:
    yield words.lead
    for subject, rows in groupby(table(SUBJECTS), key=lambda row: row.subject):
        yield f"## {words.subject(subject)}\n"
        yield f"| {' | '.join(words.head)} |\n|---|---|---|"
        for row in rows:
            mark = "" if row.operation.delegable else " *"
            route = f"`{row.route.method} {row.route.path}`"
            yield f"| {route} | {words.what(row)}{mark} | {words.between.join(_who(row, words))} |"
        yield ""


def _who(row: Permission, words: _Language) -> Iterator[str]:
    for role, reach in row.grants:
        who = words.who(role)
        yield who if role == PUBLIC else words.granted.format(who, words.reaches(reach))
