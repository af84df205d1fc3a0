"""Publishing consent texts, and storing applicants' consents until they are moved to the record."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.history import note_change
from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.chassis.identifiers import uuid7
from services.contracts.membership.consents import NEEDED_TO_JOIN, ConsentTextPublished
from services.membership.consents import rules
from services.membership.consents.tables import Consent, ConsentText


def publish_consent_text(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """A new version of a wording; those before stay as they were agreed to."""
    purpose, version = request["purpose"], request["version"]
    tx.lock(f"consent-text-{purpose}")
    earlier = tx.session.scalars(sa.select(ConsentText).where(ConsentText.purpose == purpose)).all()
    in_force_from = request["in_force_from"] or tx.today
    refuse_first(
        rules.version_is_new(version, {text.version for text in earlier}),
        rules.comes_into_force_ahead(
            in_force_from, tx.today, max((text.in_force_from for text in earlier), default=None)
        ),
    )
    text = ConsentText(
        **{**request, "in_force_from": in_force_from}, published_at=tx.now, published_by=tx.principal.actor
    )
    tx.session.add(text)
    tx.session.flush()
    note_change(tx, f"consent_text/{text.id}", {"version": (None, version)})
    tx.record(
        ConsentTextPublished(consent_text_id=text.id, purpose=purpose, version=version, in_force_from=in_force_from)
    )
    return _to_reply(text, {one.id for one in current_texts(tx).values()})


def list_consent_texts(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """A page of wordings: those in force, or every version, newest first."""
    current = {text.id for text in current_texts(tx).values()}
    statement = sa.select(ConsentText)
    if request["purpose"] is not None:
        statement = statement.where(ConsentText.purpose == request["purpose"])
    if request["current"]:
        statement = statement.where(ConsentText.id.in_(current))
    page = page_of(tx, statement, request, [(ConsentText.id, "desc")])
    return page.reply([_to_reply(text, current) for text in page.rows])


def current_texts(tx: Transaction) -> dict[str, ConsentText]:
    """Return the wording in force today of each purpose that has one; there are few wordings."""
    statement = sa.select(ConsentText).where(ConsentText.in_force_from <= tx.today)
    ordered = tx.session.scalars(statement.order_by(ConsentText.in_force_from, ConsentText.id))
    return {text.purpose: text for text in ordered}


def stated(request: Mapping[str, Any]) -> dict[str, str] | None:
    """Return version by purpose of what a request agrees to, None when it says nothing about it.

    `consent_version` alone stands for the wordings without which nobody joins.
    """
    if request.get("consents") is not None:
        return {one["purpose"]: one["version"] for one in request["consents"]}
    if request.get("consent_version"):
        return dict.fromkeys(NEEDED_TO_JOIN, request["consent_version"])
    return None


def require_current(tx: Transaction, given: Mapping[str, str], needed: Collection[str]) -> None:
    """Raise `Refused` unless everything needed is agreed to, all of it in the wording in force."""
    versions = {purpose: text.version for purpose, text in current_texts(tx).items()}
    refuse_first(rules.needed_are_given(given, needed), rules.wordings_are_current(given, versions))


def require_given(given: Collection[str], needed: Collection[str]) -> None:
    """Raise `Refused` unless every purpose needed is among those agreed to."""
    refuse_first(rules.needed_are_given(given, needed))


def keep(tx: Transaction, applications: Sequence[UUID], given: Mapping[str, str], *, by_unit: bool = False) -> None:
    """Keep what was agreed to with each application, in place of what was kept before.

    Args:
        tx: the transaction.
        applications: new ones, or one whose applicant states anew.
        given: version by purpose; a version never published is left out, `require_current` refuses it.
        by_unit: the unit passes the consents on for newcomers it proposes.
    """
    texts = _texts(tx, given)
    tx.session.execute(
        sa.delete(Consent).where(Consent.application_id.in_(applications), Consent.text_id.not_in(texts))
    )
    known = set(
        tx.session.execute(
            sa.select(Consent.application_id, Consent.text_id).where(Consent.application_id.in_(applications))
        )
    )
    rows = [
        {"id": uuid7(), "text_id": text_id, "application_id": one, "given_at": tx.now, "given_by": tx.principal.actor,
         "by_unit": by_unit}
        for one in applications for text_id in texts if (one, text_id) not in known
    ]  # fmt: skip
    if rows:
        tx.session.execute(sa.insert(Consent), rows)


def given_with(tx: Transaction, application_id: UUID) -> list[dict[str, Any]]:
    """Return the consents kept with an application."""
    return _records(tx, Consent.application_id == application_id)


def given_by_member(tx: Transaction, member_id: UUID) -> list[dict[str, Any]]:
    """Return every consent on a member's record, withdrawn ones too."""
    return _records(tx, Consent.member_id == member_id)


def hand_over(tx: Transaction, members: Mapping[UUID, UUID]) -> None:
    """Put the consents of approved applications onto the members' records.

    Args:
        tx: the transaction.
        members: member id by application id, at most 1,000.
    """
    if members:
        whose = sa.case(dict(members), value=Consent.application_id)
        statement = sa.update(Consent).where(Consent.application_id.in_(members)).values(member_id=whose)
        tx.session.execute(statement.execution_options(synchronize_session=False))


def _texts(tx: Transaction, given: Mapping[str, str]) -> list[UUID]:
    if not given:
        return []
    wanted = [
        sa.and_(ConsentText.purpose == purpose, ConsentText.version == version) for purpose, version in given.items()
    ]
    return list(tx.session.scalars(sa.select(ConsentText.id).where(sa.or_(*wanted))))


def _records(tx: Transaction, condition: sa.ColumnElement[bool]) -> list[dict[str, Any]]:
    statement = sa.select(Consent, ConsentText).join(ConsentText, ConsentText.id == Consent.text_id).where(condition)
    return [
        {
            "id": consent.id,
            "purpose": text.purpose,
            "version": text.version,
            "title": text.title,
            "given_at": consent.given_at,
            "by_unit": consent.by_unit,
            "withdrawn_at": consent.withdrawn_at,
        }
        for consent, text in tx.session.execute(statement.order_by(Consent.id))
    ]


def _to_reply(text: ConsentText, current: Collection[UUID]) -> dict[str, Any]:
    columns = (
        "id", "purpose", "version", "title", "text", "title_en", "text_en", "in_force_from", "published_at",
    )  # fmt: skip
    return {**{name: getattr(text, name) for name in columns}, "current": text.id in current}
