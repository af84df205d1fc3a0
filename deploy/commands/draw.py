"""`gonghui draw` on the command line."""

from __future__ import annotations

from pathlib import Path

import click

from deploy.commands.group import Commands
from deploy.commands.published_files import FILE, refuse_larger, tell


@click.group(cls=Commands)
def draw() -> None:
    """Draws that decide who gets a place."""


@draw.command("verify")
@click.argument("file", type=FILE)
@click.option("--earlier", type=FILE, help="A file of this draw that was kept from before: nothing may have changed.")
def verify_draw(file: Path, earlier: Path | None) -> None:
    """Recompute a draw from its published FILE; needs neither a server nor settings. Ends with 1 when it differs."""
    from services.chassis.draw_file import LARGEST, NotADraw, same_draw, verify

    refuse_larger(LARGEST, file, earlier)
    try:
        findings = verify(file.read_bytes())
        if earlier is not None:
            findings += same_draw(file.read_bytes(), earlier.read_bytes())
    except NotADraw as problem:
        raise click.ClickException(f"{file}: {problem}.") from None
    tell(findings, "the file is not what was published, or the result does not follow from it.")
