"""`gonghui ballot` on the command line."""

from __future__ import annotations

from pathlib import Path

import click

from deploy.commands.group import Commands
from deploy.commands.published_files import FILE, refuse_larger, tell


@click.group(cls=Commands)
def ballot() -> None:
    """Secret ballots."""


@ballot.command("verify")
@click.argument("file", type=FILE)
@click.option("--earlier", type=FILE, help="A copy of this board kept from before: no entry may have changed.")
def verify_ballot(file: Path, earlier: Path | None) -> None:
    """Check the exported board FILE of a secret ballot; needs neither a server nor settings. Ends with 1 on a fault."""
    from services.chassis.board_file import LARGEST, NotABoard, facts_of, same_board, verify

    refuse_larger(LARGEST, file, earlier)
    try:
        findings = verify(file.read_bytes())
        if earlier is not None:
            findings += same_board(file.read_bytes(), earlier.read_bytes())
        tell(findings, "the board was changed, or the result does not follow from it.")
        for fact in facts_of(file.read_bytes()):
            click.echo(f"     {fact}")
    except NotABoard as problem:
        raise click.ClickException(f"{file}: {problem}.") from None
