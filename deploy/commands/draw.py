"""`gonghui draw` on the command line."""

from __future__ import annotations

from pathlib import Path

import click

from deploy.commands.group import Commands

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group(cls=Commands)
def draw() -> None:
    """Draws that decide who gets a place."""


@draw.command("verify")
@click.argument("file", type=_FILE)
@click.option("--earlier", type=_FILE, help="A file of this draw that was kept from before: nothing may have changed.")
def verify_draw(file: Path, earlier: Path | None) -> None:
    """Recompute a draw from its published FILE; needs neither a server nor settings. Ends with 1 when it differs."""
    from services.chassis.draw_file import LARGEST, NotADraw, same_draw, verify

    for one in filter(None, (file, earlier)):
        if one.stat().st_size > LARGEST:
            raise click.ClickException(f"{one}: larger than {LARGEST} bytes.")
    try:
        findings = verify(file.read_bytes())
        if earlier is not None:
            findings += same_draw(file.read_bytes(), earlier.read_bytes())
    except NotADraw as problem:
        raise click.ClickException(f"{file}: {problem}.") from None
    for finding in findings:
        click.echo(f"{'yes' if finding.holds else 'NO '}  {finding.words}")
    if not all(finding.holds for finding in findings):
        raise click.ClickException("the file is not what was published, or the result does not follow from it.")
