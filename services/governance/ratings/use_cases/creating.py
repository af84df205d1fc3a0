"""Creating and changing rounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import PreconditionFailed, refuse_first
from services.contracts.governance.ratings.vocabulary import USUAL_CRITERIA, USUAL_GRADES, USUAL_SATISFIED
from services.governance.ratings import rules
from services.governance.ratings.tables import RatingRound, RatingSubject, RatingTerms
from services.governance.ratings.use_cases import reading
from services.governance.ratings.use_cases.store import held, move, subject_of, terms_of

_COLUMNS = ("title", "year", "electorate", "remarks", "satisfied", "opens_at", "closes_at")
_CRITERIA = {"union": "union_criteria", "chair": "chair_criteria", "leader": "leader_criteria"}

Request = Mapping[str, Any]


def create_rating(tx: Transaction, request: Request) -> dict[str, Any]:
    """Create a round of the union.

    Raises:
        Refused: what it asks, whom, or its times do not fit.
    """
    return reading.detail(tx, _new(tx, request, ("union", None)))


def call_rating(
    tx: Transaction,
    *,
    origin: tuple[str, UUID],
    title: str,
    subjects: Sequence[Mapping[str, str]],
    electorate: Sequence[UUID],
    year: int,
    opens_at: datetime | None = None,
    closes_at: datetime | None = None,
    about: str | None = None,
    remarks: bool = True,
) -> RatingRound:
    """Create an assessment of leaders for another subject. It is opened by its clock or by `opening.open_now`.

    Args:
        tx: the transaction.
        origin: `session`, and its id.
        title: of the round, 2 to 100 characters.
        subjects: the leaders, each with `name` and `post`; they are assessed by the usual criteria and grades.
        electorate: who assesses them; they all stand on the roll, whatever their standing as members.
        year: of the assessment.
        opens_at: when it opens by itself; None where it is opened.
        closes_at: when it closes by itself; None where it is closed.
        about: more about it.
        remarks: whether remarks are asked for.

    Raises:
        Refused: what it asks, or its times do not fit.
    """
    terms = {
        "title": title, "about": about, "kind": "leaders", "year": year, "way": "online", "electorate": "called",
        "unit_ids": [], "member_ids": list(electorate), "leaders": list(subjects), "leader_criteria": None,
        "union_criteria": None, "chair_criteria": None, "grades": None, "satisfied": USUAL_SATISFIED,
        "remarks": remarks, "opens_at": opens_at, "closes_at": closes_at,
    }  # fmt: skip
    return _new(tx, terms, origin)


def change_rating(tx: Transaction, request: Request) -> dict[str, Any]:
    """Change a round that was not opened.

    Raises:
        PreconditionFailed: somebody changed it meanwhile.
        Refused: it was opened, or what it asks, whom, or its times do not fit.
    """
    row = held(tx, request["rating_id"])
    if row.version != request["version"]:
        raise PreconditionFailed("Somebody changed this meanwhile; look at it again.", rule="version_is_current")
    move(tx, row, "change")
    _refuse_unfit(tx, {**request, "kind": row.kind, "way": row.way}, row.id, called=row.electorate == "called")
    kept = ("electorate",) if row.electorate == "called" else ()
    changed = {name: (getattr(row, name), request[name]) for name in _COLUMNS if name not in kept}
    note_change(tx, subject_of(row), changed)
    for name, (_, value) in changed.items():
        setattr(row, name, value)
    beside = terms_of(tx, row.id)
    beside.about, beside.grades = request["about"], _grades(row.kind, request)
    if not kept:
        beside.unit_ids, beside.member_ids = _texts(request["unit_ids"]), _texts(request["member_ids"])
    gone = sa.delete(RatingSubject).where(RatingSubject.rating_id == row.id)
    tx.session.execute(gone.execution_options(synchronize_session="fetch"))
    tx.session.add_all(_subjects(row, request))
    tx.session.flush()
    return reading.detail(tx, row)


def _new(tx: Transaction, terms: Request, origin: tuple[str, UUID | None]) -> RatingRound:
    _refuse_unfit(tx, terms, None, called=terms["electorate"] == "called")
    row = RatingRound(
        **{name: terms[name] for name in _COLUMNS},
        kind=terms["kind"],
        way=terms["way"],
        origin_kind=origin[0],
        origin_id=origin[1],
        state="prepared",
        created_at=tx.now,
        frozen=False,
        version=1,
    )
    tx.session.add(row)
    tx.session.flush()
    beside = RatingTerms(rating_id=row.id, about=terms["about"], grades=_grades(row.kind, terms), rules=[])
    beside.unit_ids, beside.member_ids = _texts(terms["unit_ids"]), _texts(terms["member_ids"])
    tx.session.add_all([beside, *_subjects(row, terms)])
    note_change(tx, subject_of(row), {"state": (None, row.state)})
    tx.session.flush()
    return row


def _refuse_unfit(tx: Transaction, terms: Request, rating_id: UUID | None, *, called: bool) -> None:
    kind, leaders = terms["kind"], terms["leaders"]
    grades = _grades(kind, terms)
    refuse_first(
        rules.subjects_are_named(kind, len(leaders)),
        rules.electorate_fits(kind, "called" if called else terms["electorate"]),
        rules.words_differ("grades", grades),
        *(rules.words_differ(name, _criteria(word, terms)) for word, name in _CRITERIA.items()),
        rules.words_differ("leaders", [f"{one['name']} {one['post']}" for one in leaders]),
        rules.satisfied_is_below_all(terms["satisfied"], len(grades)),
        rules.year_fits(terms["way"], terms["year"], tx.today.year),
        rules.times_are_in_order(terms["opens_at"], terms["closes_at"], tx.now),
        rules.year_is_free(_others(tx, terms, rating_id)),
    )


def _others(tx: Transaction, terms: Request, rating_id: UUID | None) -> int:
    """Return how many other rounds of all members have the same year."""
    if terms["kind"] != "union" or terms["electorate"] != "all":
        return 0
    tx.lock(f"ratings-of-{terms['year']}")
    same = sa.select(sa.func.count()).select_from(RatingRound)
    same = same.where(RatingRound.year == terms["year"], RatingRound.kind == "union", RatingRound.electorate == "all")
    same = same.where(RatingRound.state != "cancelled")
    return tx.session.scalar(same if rating_id is None else same.where(RatingRound.id != rating_id)) or 0


def _subjects(row: RatingRound, terms: Request) -> list[RatingSubject]:
    if row.kind == "leaders":
        asked = [("leader", one["name"], one["post"]) for one in terms["leaders"]]
    else:
        asked = [("union", None, None), *([("chair", None, None)] if _criteria("chair", terms) else [])]
    return [
        RatingSubject(rating_id=row.id, number=number, kind=kind, name=name, post=post, criteria=_criteria(kind, terms))
        for number, (kind, name, post) in enumerate(asked, 1)
    ]


def _criteria(kind: str, terms: Request) -> list[str]:
    named = terms[_CRITERIA[kind]]
    return list(USUAL_CRITERIA[kind] if named is None else named)


def _grades(kind: str, terms: Request) -> list[str]:
    return list(terms["grades"] or USUAL_GRADES[kind])


def _texts(ids: Sequence[UUID]) -> list[str]:
    return [str(one) for one in ids]
