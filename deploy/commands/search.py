"""`gonghui search` on the command line."""

from __future__ import annotations

import click

from deploy.commands.group import Commands
from deploy.commands.union import services_at_hand


@click.group(cls=Commands)
def search() -> None:
    """The index of the search."""


@search.command("rebuild")
def search_rebuild() -> None:
    """Write the index anew from what the services have; they may run, and people find what they found until then."""
    services_at_hand()
    from deploy.embedded import union_at_hand
    from deploy.search import rebuild

    with union_at_hand():
        for line in rebuild():
            click.echo(line)
