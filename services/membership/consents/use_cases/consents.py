"""Giving and withdrawing a member's consents. `privacy` handles the effects of a withdrawal."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotFound, refuse_first
from services.membership.consents import rules
from services.membership.consents.tables import Consent, ConsentText
from services.membership.consents.use_cases.wordings import current_texts


def give(tx: Transaction, member_id: UUID, purpose: str, version: str) -> UUID:
    """Keep a member's consent to the wording in force, and return its id.

    Raises:
        Refused: the version named is not the one in force.
    """
    current = current_texts(tx)
    versions = {known: text.version for known, text in current.items()}
    refuse_first(rules.wordings_are_current({purpose: version}, versions))
    consent = Consent(
        text_id=current[purpose].id, member_id=member_id, given_at=tx.now, given_by=tx.principal.actor, by_unit=False
    )
    tx.session.add(consent)
    tx.session.flush()
    return consent.id


def mark_withdrawn(tx: Transaction, consent_id: UUID) -> None:
    """Note that a consent no longer stands; one withdrawn before keeps its day."""
    consent = tx.session.get(Consent, consent_id, with_for_update=True)
    if consent is not None and consent.withdrawn_at is None:
        consent.withdrawn_at, consent.withdrawn_by = tx.now, tx.principal.actor


def standing_consent(tx: Transaction, member_id: UUID, consent_id: UUID) -> str:
    """Return the purpose of a member's consent, held until the transaction ends.

    Raises:
        NotFound: it is not the member's.
        Refused: it was withdrawn already.
    """
    consent = tx.session.get(Consent, consent_id, with_for_update=True)
    if consent is None or consent.member_id != member_id:
        raise NotFound("There is no such consent.", field="consent_id")
    refuse_first(rules.consent_stands(consent.withdrawn_at is None))
    return tx.session.scalars(sa.select(ConsentText.purpose).where(ConsentText.id == consent.text_id)).one()


def standing_purposes(tx: Transaction, member_id: UUID) -> set[str]:
    """Return the purposes a member's standing consents cover."""
    statement = (
        sa.select(ConsentText.purpose)
        .join(Consent, Consent.text_id == ConsentText.id)
        .where(Consent.member_id == member_id, Consent.withdrawn_at.is_(None))
    )
    return set(tx.session.scalars(statement))


def versions_of(tx: Transaction, consent_ids: Collection[UUID]) -> dict[UUID, str]:
    """Return the version of the wording by consent, in one statement."""
    if not consent_ids:
        return {}
    statement = sa.select(Consent.id, ConsentText.version).join(ConsentText, ConsentText.id == Consent.text_id)
    return {row.id: row.version for row in tx.session.execute(statement.where(Consent.id.in_(set(consent_ids))))}
