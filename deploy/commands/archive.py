"""`gonghui archive` on the command line."""

from __future__ import annotations

from pathlib import Path

import click

from deploy.commands.group import Commands
from deploy.commands.published_files import FILE, refuse_larger, tell


@click.group(cls=Commands)
def archive() -> None:
    """Archives of sessions of the congress."""


@archive.command("verify")
@click.argument("file", type=FILE)
@click.option("--manifest", metavar="SHA256", help="The digest of the manifest that the union keeps of this archive.")
def verify_archive(file: Path, manifest: str | None) -> None:
    """Check the archive FILE against its manifest; needs neither a server nor settings. Ends with 1 on a fault."""
    from services.chassis.findings import Finding
    from services.chassis.record_archive import LARGEST, NotAnArchive, digest_of, facts_of, verify

    refuse_larger(LARGEST, file)
    try:
        findings = verify(file)
        if manifest is not None:
            same = digest_of(file) == manifest.strip().lower()
            findings.append(Finding(same, "the manifest is the one that the union keeps the digest of"))
        tell(findings, "the archive is not as its manifest says.")
        for fact in facts_of(file):
            click.echo(f"     {fact}")
    except NotAnArchive as problem:
        raise click.ClickException(f"{file}: {problem}.") from None
