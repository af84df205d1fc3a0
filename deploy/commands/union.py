"""Selects the union that a command works on: the one in the environment, else the embedded one in DATA."""

from __future__ import annotations

import os
from pathlib import Path


def union_of_the_environment() -> None:
    """Without a broker in the environment, work on the embedded union in DATA."""
    if "GONGHUI_AMQP_URL" not in os.environ:
        from deploy.home import settle_in

        settle_in(Path(os.environ.get("DATA", "./var")))


def databases_at_hand() -> None:
    """Choose the union, and end with a sentence unless every service's database answers."""
    union_of_the_environment()
    from deploy.reach import require_databases

    require_databases()


def services_at_hand() -> None:
    """Choose the union, and end with a sentence unless broker and databases answer."""
    databases_at_hand()
    from deploy.reach import require_broker

    require_broker()
