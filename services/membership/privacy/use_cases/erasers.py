"""How each class of data is erased; when, is decided in `erasing`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import sqlalchemy as sa

from services.chassis.database.history import erase_logs
from services.chassis.database.transaction import Transaction
from services.chassis.files.storage import erase_files
from services.chassis.identifiers import uuid7
from services.contracts.membership.record.fields import FIELDS
from services.membership.dues.use_cases import forgetting as dues
from services.membership.family.use_cases import stating
from services.membership.hr_sync.use_cases import forgetting as hr_records
from services.membership.joining.use_cases import forgetting
from services.membership.privacy.tables import Correction
from services.membership.record.use_cases.former import ANONYMOUS, Member
from services.membership.standing.use_cases import forgetting as standing
from services.membership.transfer.use_cases import forgetting as transfers

Eraser = Callable[[Transaction, Sequence[Member]], None]


def _empty(data_class: str) -> Eraser:
    """Return what empties the fields of a class, all of which may be empty."""
    names = [field.name for field in FIELDS if field.retention == data_class]

    def erase(_tx: Transaction, members: Sequence[Member]) -> None:
        for member in members:
            for name in names:
                setattr(member, name, None)

    return erase


def _identity(tx: Transaction, members: Sequence[Member]) -> None:
    for member in members:
        member.name, member.pinyin, member.initials, member.given_pinyin = ANONYMOUS, "", "", ""
        member.id_number = ""
        member.account_id = None
        erase_files(tx, f"member/{member.id}", purpose="photo")
    hr_records.forget_records(tx, [member.id for member in members])


def _private(tx: Transaction, members: Sequence[Member]) -> None:
    """Erase private particulars, and the bases of dues, from which wages can be calculated."""
    _empty("private")(tx, members)
    dues.forget_earnings(tx, [member.id for member in members])


def _birth(_tx: Transaction, members: Sequence[Member]) -> None:
    """The year stays, for figures."""
    for member in members:
        member.birth_date = member.birth_date.replace(month=1, day=1)
        member.birth_month = member.birth_day = 1
        member.birthday_calendars = None


def _re_joining(_tx: Transaction, members: Sequence[Member]) -> None:
    for member in members:
        member.id_number_index = f"erased-{uuid7().hex}"


def _family(tx: Transaction, members: Sequence[Member]) -> None:
    stating.erase_of(tx, [member.id for member in members])


def _papers(tx: Transaction, members: Sequence[Member]) -> None:
    for member in members:
        erase_files(tx, f"member/{member.id}")
    ids = [member.id for member in members]
    tx.session.execute(sa.delete(Correction).where(Correction.member_id.in_(ids)))
    applications = [one.application_id for one in members if one.application_id is not None]
    forgetting.forget_applications(tx, applications, [one.id_number_index for one in members])


def _history(tx: Transaction, members: Sequence[Member]) -> None:
    erase_logs(tx, [f"member/{member.id}" for member in members])
    ids = [member.id for member in members]
    standing.forget_reasons(tx, ids)
    transfers.forget_reasons(tx, ids)
    dues.forget_reasons(tx, ids)


ERASERS: dict[str, Eraser] = {
    "identity": _identity,
    "birth": _birth,
    "re_joining": _re_joining,
    "contact": _empty("contact"),
    "career": _empty("career"),
    "private": _private,
    "family": _family,
    "papers": _papers,
    "history": _history,
}
