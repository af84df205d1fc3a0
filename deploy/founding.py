"""`gonghui found`: creates a union, and membership, post and account of its first officer.

All further steps are done in the portal.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa

from deploy import adopting
from services.chassis.clock import today
from services.chassis.database.engine import Database
from services.chassis.database.transaction import transaction
from services.chassis.errors import Conflict, Refused
from services.chassis.process.runner import calling
from services.chassis.process.settings import settings
from services.chassis.rpc.client import RpcClient
from services.chassis.rpc.context import CallContext
from services.chassis.schema import Operation
from services.chassis.security.principal import service_principal
from services.contracts.membership.organisation import operations as organisation
from services.contracts.membership.record import operations as record
from services.membership.person.use_cases.persons import in_written_form, index_of
from services.membership.record.tables import Member


@dataclass(frozen=True)
class _Officer:
    """The first officer, who is a member already."""

    member_id: str
    number: str


def found(union: str, unit: str, officer: dict[str, Any], username: str, password: str) -> Iterator[str]:
    """Found a union in running services; yields a line for each step.

    Repeating it continues where it stopped, and corrects names and account while there is no other member.

    Args:
        union: the union's name.
        unit: the branch union its first officer belongs to, the first of its units.
        officer: name, gender, birth_date, id_number, phone, employment of its first officer.
        username: the officer's user name.
        password: the officer's password.

    Raises:
        Problem: a rule refuses the input, or a union exists already; earlier steps are not undone.
    """
    known = _known_officer(officer["id_number"])
    with calling("founding") as client:
        union_id = _unit(client, {"code": "00", "name": union, "kind": "union", "parent_id": None})
        unit_id = _unit(client, {"code": "01", "name": unit, "kind": "unit", "parent_id": union_id})
        yield f"union: {union}, unit: {unit}"
        yield f"rules: {_adopt_national(client)}; add your province's and your own in the console or over HTTP"
        first = known or _admitted(client, {**officer, "unit_id": unit_id})
        yield f"first member: {first.number}"
        _give_post(client, union_id, first.member_id)
    yield f"account: {username}, {_open_account(username, password, UUID(first.member_id))}"


def officer_of(name: str, gender: str, birth_date: date, id_number: str, phone: str) -> dict[str, Any]:
    """Return the roster row that admits the first officer."""
    return {
        "name": name,
        "gender": gender,
        "birth_date": birth_date.isoformat(),
        "id_number": id_number,
        "phone": phone,
        "employment": "established",
    }


def _adopt_national(client: RpcClient) -> str:
    behind = adopting.adopt(lambda operation, payload: _ask(client, operation, payload), "national")
    return f"national, of which {', '.join(behind)} will hear later" if behind else "national"


def _known_officer(id_number: str) -> _Officer | None:
    """Return the member with this identity number, if there is one; refuse when another member exists."""
    index = index_of(in_written_form({"id_number": id_number})["id_number"])
    found = sa.select(Member.id, Member.number, Member.id_number_index).limit(2)
    with (
        closing(Database(settings().database_url_of("membership"), pool_size=1)) as database,
        database.session(readonly=True) as session,
    ):
        rows = session.execute(found).all()
    if any(row.id_number_index != index for row in rows):
        raise Refused(
            "A union is founded here already and has members besides this one; from now on its officers do the rest "
            "in the portal. `gonghui accounts reset` gives one of them a new password.",
            rule="founding.databases_are_empty",
        )
    return _Officer(str(rows[0].id), rows[0].number) if rows else None


def _unit(client: RpcClient, wanted: Mapping[str, Any]) -> str:
    """Return the id of a unit by its code, after creating it or correcting its name."""
    page = _ask(client, organisation.list_units, {"kind": wanted["kind"], "limit": 500})
    unit = next((one for one in page["items"] if one["code"] == wanted["code"]), None)
    if unit is None:
        return str(_ask(client, organisation.create_unit, wanted)["id"])
    if unit["name"] != wanted["name"]:
        change = {"unit_id": unit["id"], "version": unit["version"], "name": wanted["name"], "reason": "founding"}
        _ask(client, organisation.update_unit, change)
    return str(unit["id"])


def _admitted(client: RpcClient, row: Mapping[str, Any]) -> _Officer:
    admitted = _ask(client, record.admit_members, {"rows": [row]})["items"][0]
    return _Officer(admitted["member_id"], admitted["number"])


def _give_post(client: RpcClient, union_id: str, member_id: str) -> None:
    post = {"unit_id": union_id, "kind": "union_officer", "member_id": member_id}
    held = _ask(client, organisation.list_posts, {"member_id": member_id})["items"]
    if not any(one["kind"] == post["kind"] for one in held):
        _ask(client, organisation.assign_post, {**post, "starts_on": today().isoformat()})


def _ask(client: RpcClient, operation: Operation, payload: Mapping[str, Any]) -> dict[str, Any]:
    key = f"found-{uuid4()}" if operation.kind == "command" else None
    return client.call(
        operation, payload, CallContext(principal=service_principal("founding"), idempotency_key=key), 30.0
    )


def _open_account(username: str, password: str, member_id: UUID) -> str:
    """Create the officer's account, or set name and password of the existing one; return what was done."""
    from gateway.identity import accounts, passwords, sessions
    from gateway.identity.tables import Account

    name, password_hash = accounts.require_username(username), passwords.hash_password(password)
    with closing(Database(settings().database_url_of("gateway"), pool_size=1)) as gateway, transaction(gateway) as tx:
        own = tx.session.scalar(sa.select(Account).where(Account.member_id == member_id))
        named = accounts.account_named(tx, name)
        if named is not None and named is not own:
            raise Conflict("This user name is taken.", field="username", rule="username.is_free")
        if own is None:
            accounts.create_account(tx, username=name, password_hash=password_hash, member_id=member_id)
            return "made"
        if own.username == name and passwords.password_matches(own.password_hash, password):
            return "as it was"
        own.username, own.password_hash, own.password_changed_at = name, password_hash, tx.now
        sessions.close_sessions_of(tx, own.id)
        return "given this name and password"
