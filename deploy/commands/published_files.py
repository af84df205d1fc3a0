"""What the commands share that check a published file: `gonghui draw verify`, `gonghui ballot verify`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from services.chassis.findings import Finding

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


def refuse_larger(largest: int, *files: Path | None) -> None:
    """End with a message where a file has more bytes than allowed; files that were not named are passed over."""
    for one in filter(None, files):
        if one.stat().st_size > largest:
            raise click.ClickException(f"{one}: larger than {largest} bytes.")


def tell(findings: Sequence[Finding], fault: str) -> None:
    """Print what was found, and end with `fault` as message where something does not hold."""
    for finding in findings:
        click.echo(f"{'yes' if finding.holds else 'NO '}  {finding.words}")
    if not all(finding.holds for finding in findings):
        raise click.ClickException(fault)
