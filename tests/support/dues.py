"""Members of the demo union whose dues of a month are not paid yet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.support.api import Api


def unpaid(api: Api, month: str, *, last_first: bool = False) -> Iterator[dict[str, Any]]:
    """Yield id, number, name and owed amount of members who owe a month and nothing before it, by number.

    Args:
        api: an officer's.
        month: `2026-03`.
        last_first: whether to begin with the highest number.
    """
    members = api.all("/membership/members", standing="active", sort="number")
    for member in reversed(members) if last_first else members:
        told = api.get(f"/membership/dues/members/{member['id']}")
        charge = next((one for one in told["months"] if one["month"] == month), None)
        earlier = told["months_owed"] - (charge is not None and charge["state"] == "open")
        if charge and charge["state"] in ("waiting", "open") and not earlier:
            yield {**{name: member[name] for name in ("id", "number", "name")}, "owed": charge["owed"]}
