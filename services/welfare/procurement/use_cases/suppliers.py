"""The register of suppliers, and the name and tax number that invoices to the union bear."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from services.chassis.database.engine import Yuan
from services.chassis.database.history import history_of, note_change
from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import Conflict, PreconditionFailed, refuse_first
from services.welfare.procurement import rules
from services.welfare.procurement.tables import InvoiceTitle, Purchase, Supplier
from services.welfare.procurement.use_cases.store import load_supplier

_TERMS = ("name", "contact", "phone", "note")
_SEALED = ("contact", "phone")
_COLUMNS = ("id", *_TERMS, "credit_code", "blocked", "blocked_reason", "version")
_MOST_STEPS = 50
_ORDERED = ("decided", "contracted", "accepted", "invoiced", "payment_requested", "paid", "refused")


def add_supplier(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Enter a supplier; its code is in the register once."""
    supplier = Supplier(**{name: request[name] for name in (*_TERMS, "credit_code")}, blocked=False, version=1)
    tx.session.add(supplier)
    try:
        with tx.savepoint():
            tx.session.flush()
    except IntegrityError:
        raise Conflict(
            "A supplier with this code is in the register.", rule="procurement.supplier_is_new", field="credit_code"
        ) from None
    note_change(tx, _subject(supplier), {"credit_code": (None, supplier.credit_code)})
    return _detail(tx, supplier)


def change_supplier(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Change what is known of a supplier, from the version that was read."""
    supplier = load_supplier(tx, request["supplier_id"], lock=True)
    if supplier.version != request["version"]:
        raise PreconditionFailed("The supplier was changed meanwhile; read it again.", rule="version_is_current")
    changes = {name: (getattr(supplier, name), request[name]) for name in _TERMS}
    note_change(tx, _subject(supplier), {name: _masked(name, *change) for name, change in changes.items()})
    for name, (_, new) in changes.items():
        setattr(supplier, name, new)
    supplier.version += 1
    return _detail(tx, supplier)


def block_supplier(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Block a supplier; what was ordered before goes on."""
    supplier = load_supplier(tx, request["supplier_id"], lock=True)
    refuse_first(rules.supplier_can_be_blocked(supplier.blocked))
    return _set_blocked(tx, supplier, True, request["reason"])


def admit_supplier(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Admit a blocked supplier again."""
    supplier = load_supplier(tx, request["supplier_id"], lock=True)
    refuse_first(rules.supplier_can_be_admitted(supplier.blocked))
    return _set_blocked(tx, supplier, False, request["reason"])


def list_suppliers(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return a page of suppliers by name."""
    statement = sa.select(Supplier)
    if request["q"]:
        columns = Supplier.name, Supplier.credit_code
        statement = statement.where(sa.or_(*(one.icontains(request["q"], autoescape=True) for one in columns)))
    if request["blocked"] is not None:
        statement = statement.where(Supplier.blocked.is_(request["blocked"]))
    return page_of(tx, statement, request, [(Supplier.name, "asc"), (Supplier.id, "asc")]).reply()


def get_supplier(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return a supplier with its changes and the sum of its purchases."""
    return _detail(tx, load_supplier(tx, request["supplier_id"]))


def get_invoice_title(tx: Transaction, _request: dict[str, Any]) -> dict[str, Any]:
    """Return what invoices to the union bear; nulls until it is set."""
    title = title_of(tx)
    return {name: getattr(title, name, None) for name in ("name", "tax_number", "set_at")}


def set_invoice_title(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Set what invoices to the union bear; invoices recorded before stay as they are."""
    before = title_of(tx)
    new = {name: request[name] for name in ("name", "tax_number")}
    tx.session.add(InvoiceTitle(**new, set_at=tx.now, set_by=tx.principal.account_id))
    note_change(tx, "invoice_title", {name: (getattr(before, name, None), value) for name, value in new.items()})
    tx.session.flush()
    return get_invoice_title(tx, request)


def title_of(tx: Transaction) -> InvoiceTitle | None:
    """Return the name and tax number that hold now."""
    return tx.session.scalar(sa.select(InvoiceTitle).order_by(InvoiceTitle.id.desc()).limit(1))


def _set_blocked(tx: Transaction, supplier: Supplier, blocked: bool, reason: str) -> dict[str, Any]:
    note_change(tx, _subject(supplier), {"blocked": (supplier.blocked, blocked)}, reason)
    supplier.blocked, supplier.blocked_reason = blocked, reason if blocked else None
    supplier.version += 1
    return _detail(tx, supplier)


def _masked(name: str, old: Any, new: Any) -> tuple[Any, Any]:
    if name not in _SEALED or old == new:
        return old, new
    return ("***" if old else None), ("****" if new else None)


def _subject(supplier: Supplier) -> str:
    return f"supplier/{supplier.id}"


def _detail(tx: Transaction, supplier: Supplier) -> dict[str, Any]:
    tx.session.flush()
    total = sa.func.coalesce(sa.func.sum(Purchase.amount), sa.literal(Decimal(0), Yuan()))
    ordered = Purchase.supplier_id == supplier.id, Purchase.state.in_(_ORDERED)
    count, amount = tx.session.execute(sa.select(sa.func.count(), total).where(*ordered)).one()
    page = history_of(tx, _subject(supplier), limit=_MOST_STEPS)
    return {
        **{name: getattr(supplier, name) for name in _COLUMNS},
        "purchases": int(count),
        "amount": amount,
        "steps": [
            {
                "at": change.changed_at,
                "account_id": account_of(change.changed_by),
                "fields_changed": sorted(change.changes),
                "reason": change.reason,
            }
            for change in page.rows
        ],
    }


def account_of(actor: str) -> UUID | None:
    """Return the account behind an entry of history; None where a service acted."""
    try:
        return UUID(actor)
    except ValueError:
        return None
