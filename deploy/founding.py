"""`gonghui found`: a union's first day. Makes the union, its first officer's membership, post and account.

Everything after that is done by people in the portal.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from services.chassis.clock import today
from services.chassis.context import CallContext
from services.chassis.database import Database
from services.chassis.principal import service_principal
from services.chassis.process import calling
from services.chassis.rpc import RpcClient
from services.chassis.schema import Operation
from services.chassis.settings import settings
from services.chassis.transaction import transaction
from services.contracts.membership import organisation, record


def found(union: str, unit: str, officer: dict[str, Any], username: str, password: str) -> Iterator[str]:
    """Found a union in running services; yields a line for each step.

    Args:
        union: the union's name.
        unit: the branch union its first officer belongs to, the first of its units.
        officer: name, gender, birth_date, id_number, phone, employment of its first officer.
        username: the officer's user name.
        password: the officer's password.

    Raises:
        Problem: a rule refuses what was given; what was done before stands, and repeating goes on from there.
    """
    with calling("founding") as client:
        top = {"code": "00", "name": union, "kind": "union"}
        union_id = _ask(client, "union", organisation.create_unit, top)["id"]
        first = {"code": "01", "name": unit, "kind": "unit", "parent_id": union_id}
        unit_id = _ask(client, "unit", organisation.create_unit, first)["id"]
        yield f"union: {union}, unit: {unit}"
        roster = {"rows": [{**officer, "unit_id": unit_id}]}
        admitted = _ask(client, "officer", record.admit_members, roster)["items"][0]
        yield f"first member: {admitted['number']}"
        post = {
            "unit_id": union_id,
            "kind": "union_officer",
            "member_id": admitted["member_id"],
            "starts_on": today().isoformat(),
        }
        _ask(client, "post", organisation.assign_post, post)
        yield "rules: national, brought by the migration; add your province's and your own in the console or over HTTP"
    _make_account(username, password, UUID(admitted["member_id"]))
    yield f"account: {username}"


def officer_of(name: str, gender: str, birth_date: date, id_number: str, phone: str) -> dict[str, Any]:
    """Return the row of the roster that admits the first officer."""
    return {
        "name": name,
        "gender": gender,
        "birth_date": birth_date.isoformat(),
        "id_number": id_number,
        "phone": phone,
        "employment": "established",
    }


def _ask(client: RpcClient, step: str, operation: Operation, payload: dict[str, Any]) -> dict[str, Any]:
    context = CallContext(principal=service_principal("founding"), idempotency_key=f"found-{step}")
    return client.call(operation, payload, context, 30.0)


def _make_account(username: str, password: str, member_id: UUID) -> None:
    from gateway.identity.accounts import create_accounts

    gateway = Database(settings().database_url_of("gateway"), pool_size=1)
    try:
        with transaction(gateway) as tx:
            create_accounts(tx, [{"username": username, "password": password, "member_id": member_id}])
    finally:
        gateway.close()
