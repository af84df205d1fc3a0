"""`gonghui decisions` on the command line."""

from __future__ import annotations

import sys

import click

from deploy.commands.group import Commands
from deploy.commands.union import databases_at_hand


@click.group(cls=Commands)
def decisions() -> None:
    """Decisions about members, and the rules and inputs they were made from."""


@decisions.command("recompute")
@click.option("--kind", help="Only decisions of this kind, such as programmes.entitlement.")
def recompute_decisions(kind: str | None) -> None:
    """Make every stored decision again as of its day; list those that differ, and end with 1 if there are any."""
    databases_at_hand()
    from deploy.recomputing import Differing, recompute

    try:
        for line in recompute(kind):
            click.echo(line)
    except Differing:
        sys.exit(1)
