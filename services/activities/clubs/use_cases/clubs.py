"""The register of clubs: lists, applying, changing, the charter, the union's decisions about a club as a whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.activities.clubs import rules
from services.activities.clubs.tables import Club, ClubMembership
from services.activities.clubs.use_cases import store
from services.activities.clubs.use_cases.joining import add_founder, may_join, units_of
from services.activities.participants.use_cases.reading import participants_of
from services.chassis.database.history import note_change
from services.chassis.database.pagination import Key, page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotAllowed, NotFound, PreconditionFailed, refuse_first
from services.chassis.files.attachments import store_examined
from services.chassis.files.storage import erase_stored, file_of
from services.chassis.security.principal import require_member
from services.contracts.activities.clubs.vocabulary import LIVE, SHOWN

_TERMS = (
    "name", "name_en", "kind", "aim", "about", "joining", "for_retained", "most_members", "units", "employments",
)  # fmt: skip
_TOLD = (
    "id", "state", "applicant_id", "applied_at", "founded_on", "ended_on", "note", "members", "version", *_TERMS
)  # fmt: skip
_CONSOLE = ("officer", "auditor")
_CHARTER = "charter"
_SORTS: dict[str, list[Key]] = {
    "name": [(Club.name, "asc"), (Club.id, "asc")],
    "-name": [(Club.name, "desc"), (Club.id, "desc")],
    "-members": [(Club.members, "desc"), (Club.id, "desc")],
}


def list_clubs(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return a page of clubs; members get those that exist or gather support, and their own."""
    statement = sa.select(Club)
    if request["q"]:
        columns = (Club.name, Club.name_en)
        statement = statement.where(sa.or_(*(one.icontains(request["q"], autoescape=True) for one in columns)))
    for name in ("kind", "state"):
        if request[name] is not None:
            statement = statement.where(getattr(Club, name) == request[name])
    if not tx.principal.has(*_CONSOLE):
        shown = Club.state.in_((*SHOWN, "applied"))
        own = tx.principal.member_id
        statement = statement.where(shown if own is None else shown | (Club.applicant_id == own))
    page = page_of(tx, statement, request, _SORTS[request["sort"]])
    return page.reply(replies(tx, page.rows))


def get_club(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return one club. Raises `NotFound`."""
    return _reply(tx, store.club_of(tx, request["club_id"]))


def apply_club(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Apply for a club; the caller supports it first.

    Raises:
        Refused: the caller may not join clubs like it, is in too many, or the name is taken.
    """
    member_id = require_member(tx.principal, "Only a member applies.", rule="clubs.caller_is_a_member")
    tx.lock(store.member_lock(member_id))
    tx.lock("clubs")
    refuse_first(_name_refusal(tx, request["name"], None))
    club = Club(
        **_terms(request), state="applied", applicant_id=member_id, applied_at=tx.now, members=0, waiting=0, version=1
    )
    participant = participants_of(tx, [member_id]).get(member_id)
    refuse_first(may_join(club, participant, units_of(tx, club)))
    tx.session.add(club)
    tx.session.flush()
    add_founder(tx, club, participant)
    note_change(tx, store.subject_of(club.id), {name: (None, value) for name, value in _terms(request).items()})
    store.announce(tx, club, "applied")
    return _reply(tx, club)


def change_club(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Replace what a club says of itself.

    Raises:
        NotAllowed: the caller neither runs the club nor is an officer.
        PreconditionFailed: somebody else changed it.
        Refused: the name is taken, or it has more members than it would allow.
    """
    tx.lock("clubs")
    club = store.club_of(tx, request["club_id"], lock=True)
    _require_edits(tx, club)
    if club.version != request["version"]:
        raise PreconditionFailed("Somebody else changed it.", rule="clubs.version_is_the_one_that_stands")
    refuse_first(
        _name_refusal(tx, request["name"], club), rules.members_still_fit(club.members, request["most_members"])
    )
    terms = _terms(request)
    note_change(tx, store.subject_of(club.id), {name: (getattr(club, name), value) for name, value in terms.items()})
    for name, value in terms.items():
        setattr(club, name, value)
    club.version += 1
    store.announce(tx, club, "edited")
    return _reply(tx, club)


def may_set_charter(tx: Transaction, request: Mapping[str, Any]) -> None:
    """Raise unless the caller may set the charter."""
    _require_edits(tx, store.club_of(tx, request["club_id"]))


def set_club_charter(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Keep the examined charter in place of the one before."""
    club = store.club_of(tx, request["club_id"], lock=True)
    _require_edits(tx, club)
    kept = store_examined(tx, request, _CHARTER, subject=store.subject_of(club.id), purpose=_CHARTER)
    before, club.charter_id = club.charter_id, kept.id
    note_change(tx, store.subject_of(club.id), {"charter_id": (before, kept.id)})
    if before is not None:
        erase_stored(tx, before)
    return _reply(tx, club)


def club_charter(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return the charter of a club. Raises `NotFound`."""
    club = store.club_of(tx, request["club_id"])
    if club.charter_id is None:
        raise NotFound("This club has no charter.", rule="file_exists")
    file = file_of(tx, club.charter_id, subject=store.subject_of(club.id))
    return {"name": file.name, "media_type": file.media_type, "content": file.content}


def replies(tx: Transaction, clubs: Sequence[Club]) -> list[dict[str, Any]]:
    """Return clubs as the contract has them, with what the caller is in each."""
    ids = [one.id for one in clubs]
    presidents, own = store.presidents_of(tx, ids), _own(tx, ids)
    of_union, me = tx.principal.has(*_CONSOLE), tx.principal.member_id
    told = []
    for club in clubs:
        president, (own_id, own_state) = presidents.get(club.id), own.get(club.id, (None, None))
        runs = me is not None and president == me
        told.append(
            {
                **{name: getattr(club, name) for name in _TOLD}, "president_id": president,
                "has_charter": club.charter_id is not None, "own_id": own_id, "own_state": own_state, "runs": runs,
                "waiting": club.waiting if runs or of_union or club.state == "applied" else None,
                "note": club.note if club.state in SHOWN or of_union or me == club.applicant_id else None,
            }
        )  # fmt: skip
    return told


def _reply(tx: Transaction, club: Club) -> dict[str, Any]:
    tx.session.flush()
    return replies(tx, [club])[0]


def _own(tx: Transaction, club_ids: Sequence[UUID]) -> dict[UUID, tuple[UUID, str]]:
    if tx.principal.member_id is None:
        return {}
    mine = sa.select(ClubMembership.club_id, ClubMembership.id, ClubMembership.state).where(
        ClubMembership.club_id.in_(club_ids), ClubMembership.member_id == tx.principal.member_id,
        ClubMembership.state.in_(LIVE),
    )  # fmt: skip
    return {row.club_id: (row.id, row.state) for row in tx.session.execute(mine)}


def _terms(request: Mapping[str, Any]) -> dict[str, Any]:
    return {**{name: request[name] for name in _TERMS}, "units": [str(unit) for unit in request["units"]]}


def _require_edits(tx: Transaction, club: Club) -> None:
    """Raise unless the caller is an officer, the president, or the applicant before the decision; the club is open."""
    applicant = club.state == "applied" and club.applicant_id == tx.principal.member_id
    if not applicant:
        store.require_runs(tx, club)
    if club.state not in (*SHOWN, "applied"):
        raise NotAllowed("The club is no more.", rule="clubs.club_exists")


def _name_refusal(tx: Transaction, name: str, club: Club | None) -> Any:
    same = sa.select(Club.id).where(Club.name == name, Club.state.in_((*SHOWN, "applied")))
    found = tx.session.scalar(same)
    return rules.name_is_free(found is not None and (club is None or found != club.id))
