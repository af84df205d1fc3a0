"""Which column held what when a table with these headings was last seen, for every kind of table."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from services.chassis.database.engine import upsert
from services.chassis.database.transaction import Transaction
from services.chassis.rules.refusal import Refusal
from services.membership.imports import heading_rules, rules
from services.membership.imports.tables import HeadingMemory


def mapping_for(
    tx: Transaction, headings: Sequence[str], names: Mapping[str, Sequence[str]], kind: str
) -> dict[str, Any]:
    """Return what each column holds: as it was remembered for these headings, else as they say.

    Args:
        tx: the transaction.
        headings: of the table.
        names: by field the headings that mean it, the best first.
        kind: of the table; each kind remembers for itself.
    """
    remembered = tx.session.get(HeadingMemory, heading_key(headings, kind))
    return dict(remembered.mapping) if remembered else heading_rules.guess(headings, names)


def remember(tx: Transaction, headings: Sequence[str], mapping: Mapping[str, str | None], kind: str) -> None:
    """Remember what was said of a table with these headings; of two at once the last one counts."""
    key, said = heading_key(headings, kind), {"mapping": dict(mapping), "used_at": tx.now}
    new = upsert(tx.session, HeadingMemory).values(key=key, **said)
    tx.session.execute(new.on_conflict_do_update(index_elements=["key"], set_=said))


def heading_key(headings: Sequence[str], kind: str = "") -> str:
    """Return the digest that identifies a set of headings, independent of their order."""
    return hashlib.sha256("\x1f".join([*sorted(headings), *([kind] if kind else [])]).encode()).hexdigest()


def guessed(headings: Sequence[str], names: Mapping[str, Sequence[str]]) -> dict[str, str | None]:
    """Return what the headings say each column holds."""
    return heading_rules.guess(headings, names)


def roster_columns(headings: Sequence[str]) -> dict[str, str | None]:
    """Return what the headings of a list of people say each column holds."""
    return heading_rules.guessed_mapping(headings)


def surplus(beyond: Mapping[str, str]) -> Refusal | None:
    """Return why a row with filled cells beyond its headings can't be taken."""
    return rules.row_fits_the_headings(beyond)
