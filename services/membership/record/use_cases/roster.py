"""What the other subjects ask of the records: who somebody is, who is a member already, how many there are."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.bulk import is_among
from services.chassis.database.transaction import Transaction
from services.chassis.rules.refusal import Refusal
from services.membership.base import is_one_of
from services.membership.record import rules
from services.membership.record.rules import ENDED, IN_UNIT, STANDS
from services.membership.record.tables import Member


def people_by_id(tx: Transaction, ids: Collection[UUID]) -> dict[UUID, sa.Row]:
    """Return (id, name, unit_id, standing) of the members that exist among the ids, in one statement."""
    if not ids:
        return {}
    columns = sa.select(Member.id, Member.name, Member.unit_id, Member.standing)
    return {row.id: row for row in tx.session.execute(columns.where(Member.id.in_(set(ids))))}


def unit_of_standing(tx: Transaction, member_id: UUID) -> UUID | None:
    """Return the unit of a member whose membership stands, None of anybody else."""
    statement = sa.select(Member.unit_id).where(Member.id == member_id, is_one_of(Member.standing, STANDS))
    return tx.session.scalar(statement)


def everybody() -> sa.Subquery:
    """Return members as others may join them: id, number, name, pinyin, unit, standing, joined, hired, person."""
    columns = (
        Member.id, Member.number, Member.name, Member.pinyin, Member.unit_id, Member.standing, Member.joined_on,
        Member.hired_on, Member.id_number_index,
    )  # fmt: skip
    return sa.select(*columns).subquery("people")


def in_unit_by_keys(
    tx: Transaction, unit_id: UUID, keys: Collection[str], id_number_indexes: Collection[str]
) -> list[sa.Row]:
    """Return (id, number, hr_id, name, id_number_index) of standing members of a unit whom one of the keys means.

    Args:
        tx: the transaction.
        unit_id: only its members.
        keys: member numbers, HR's numbers and names, at most some thousands.
        id_number_indexes: of persons.
    """
    if not keys and not id_number_indexes:
        return []
    columns = (Member.id, Member.number, Member.hr_id, Member.name, Member.id_number_index)
    meant = [is_among(tx.session, [column], keys) for column in columns[1:4]] if keys else []
    if id_number_indexes:
        meant.append(is_among(tx.session, [Member.id_number_index], id_number_indexes))
    of_unit = Member.unit_id == unit_id, is_one_of(Member.standing, STANDS), sa.or_(*meant)
    return list(tx.session.execute(sa.select(*columns).where(*of_unit).order_by(Member.id)))


def standing_persons(tx: Transaction, id_number_indexes: Collection[str]) -> frozenset[str]:
    """Return which of the persons can't become members: one of theirs stands, or they are recorded as deceased.

    Who is recorded as deceased by mistake is reinstated, not admitted again.
    """
    if not id_number_indexes:
        return frozenset()
    person = is_among(tx.session, [Member.id_number_index], set(id_number_indexes))
    theirs = sa.select(Member.id_number_index).where(person)
    # Two selects, each with the words of its partial index.
    ended = theirs.where(is_one_of(Member.standing, ENDED), Member.standing == "deceased")
    return frozenset(tx.session.scalars(theirs.where(is_one_of(Member.standing, STANDS)).union_all(ended)))


def former_persons(tx: Transaction, id_number_indexes: Collection[str]) -> dict[str, str]:
    """Return the member numbers of those of the persons who were members before, by `id_number_index`."""
    if not id_number_indexes:
        return {}
    person = is_among(tx.session, [Member.id_number_index], set(id_number_indexes))
    statement = sa.select(Member.id_number_index, Member.number).where(person, is_one_of(Member.standing, ENDED))
    return {row.id_number_index: row.number for row in tx.session.execute(statement)}


def days_left(tx: Transaction, id_number_indexes: Collection[str]) -> dict[str, date]:
    """Return when the last membership of each of the persons who were members before ended."""
    if not id_number_indexes:
        return {}
    person = is_among(tx.session, [Member.id_number_index], set(id_number_indexes))
    last = sa.func.max(Member.left_on).label("left_on")
    statement = sa.select(Member.id_number_index, last).where(person, is_one_of(Member.standing, ENDED))
    rows = tx.session.execute(statement.where(Member.left_on.is_not(None)).group_by(Member.id_number_index))
    return {row.id_number_index: row.left_on for row in rows}


def memberships_of(tx: Transaction, id_number_indexes: Collection[str]) -> list[sa.Row]:
    """Return (id, number, id_number_index, unit_id, standing) of every membership of the persons, ended ones too."""
    if not id_number_indexes:
        return []
    columns = (Member.id, Member.number, Member.id_number_index, Member.unit_id, Member.standing)
    person = is_among(tx.session, [Member.id_number_index], set(id_number_indexes))
    return list(tx.session.execute(sa.select(*columns).where(person)))


def namesakes_of(tx: Transaction, people: Collection[tuple[str, date]]) -> list[sa.Row]:
    """Return (id, number, name, birth_date, unit_id) of standing members who share name and birth with somebody."""
    if not people:
        return []
    columns = (Member.id, Member.number, Member.name, Member.birth_date, Member.unit_id)
    same = is_among(tx.session, [Member.name, Member.birth_date], set(people))
    return list(tx.session.execute(sa.select(*columns).where(same, is_one_of(Member.standing, STANDS))))


def member_of_application(tx: Transaction, application_id: UUID) -> sa.Row | None:
    """Return (id, number) of the member an application led to."""
    statement = sa.select(Member.id, Member.number).where(Member.application_id == application_id)
    return tx.session.execute(statement).first()


def count_in(tx: Transaction, unit_id: UUID) -> int:
    """Return how many memberships stand in a unit or group."""
    statement = sa.select(sa.func.count()).where(
        sa.or_(Member.unit_id == unit_id, Member.group_id == unit_id), is_one_of(Member.standing, STANDS)
    )
    return tx.session.scalar(statement) or 0


def active_by_unit(tx: Transaction, unit_ids: Collection[UUID]) -> list[sa.Row]:
    """Return (unit_id, gender, employment, members) of active members, counted in one statement."""
    statement = (
        sa.select(Member.unit_id, Member.gender, Member.employment, sa.func.count().label("members"))
        .where(is_one_of(Member.standing, IN_UNIT), Member.unit_id.in_(unit_ids))
        .group_by(Member.unit_id, Member.gender, Member.employment)
    )
    return list(tx.session.execute(statement))


def refusal_of_second_membership(tx: Transaction, id_number_index: str) -> Refusal | None:
    """Return why the person can't become a member, None when the person has no membership in force."""
    return refusal_of_person(id_number_index, standing_persons(tx, {id_number_index}))


def refusal_of_joining_day(joined_on: date, today: date) -> Refusal | None:
    """Return why membership can't begin on a day."""
    return rules.joined_on_is_possible(joined_on, today)


def refusal_of_person(id_number_index: str, standing: Collection[str]) -> Refusal | None:
    """Return why the person can't become a member, given whose memberships stand."""
    return rules.person_is_no_member(id_number_index in standing)


def refusal_of_hr_id(tx: Transaction, hr_id: str) -> Refusal | None:
    """Return why a number of HR can't be given to somebody, None when no standing membership has it."""
    statement = sa.select(Member.id).where(Member.hr_id == hr_id, is_one_of(Member.standing, STANDS)).limit(1)
    return rules.hr_id_is_free(tx.session.scalar(statement) is not None)


def taken_hr_ids(tx: Transaction, hr_ids: Collection[str]) -> frozenset[str]:
    """Return which of HR's numbers a standing membership has."""
    return frozenset(holders_of_hr_ids(tx, hr_ids))


def holders_of_hr_ids(tx: Transaction, hr_ids: Collection[str]) -> dict[str, sa.Row]:
    """Return by HR's number (hr_id, id, number) of the standing membership that has it."""
    if not hr_ids:
        return {}
    known = is_among(tx.session, [Member.hr_id], set(hr_ids))
    statement = sa.select(Member.hr_id, Member.id, Member.number).where(known, is_one_of(Member.standing, STANDS))
    return {row.hr_id: row for row in tx.session.execute(statement)}


def refusal_of_held_hr_id(number: str) -> Refusal:
    """Return why a number of HR that the member of a number has can't be given to somebody else."""
    return rules.hr_id_is_held(number)


def refusal_of_taken_hr_id(hr_id: str | None, taken: Collection[str | None]) -> Refusal | None:
    """Return why a number of HR can't be given to somebody, None when there is none or it is free."""
    return rules.hr_id_is_free(hr_id is not None and hr_id in taken)


def stands(standing: str) -> bool:
    """Whether a membership of this standing has not ended."""
    return standing in STANDS
