"""`gonghui draw` on the command line."""

from __future__ import annotations

from pathlib import Path

import click

from deploy.commands.group import Commands


@click.group(cls=Commands)
def draw() -> None:
    """Draws that decide who gets a place."""


@draw.command("verify")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def verify_draw(file: Path) -> None:
    """Recompute a draw from its published FILE; needs neither a server nor settings. Ends with 1 when it differs."""
    from services.chassis.draw_file import LARGEST, NotADraw, verify

    if file.stat().st_size > LARGEST:
        raise click.ClickException(f"{file}: larger than {LARGEST} bytes.")
    try:
        findings = verify(file.read_bytes())
    except NotADraw as problem:
        raise click.ClickException(f"{file}: {problem}.") from None
    for finding in findings:
        click.echo(f"{'yes' if finding.holds else 'NO '}  {finding.words}")
    if not all(finding.holds for finding in findings):
        raise click.ClickException("the file is not what was published, or the result does not follow from it.")
