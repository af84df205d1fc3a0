"""`gonghui backup` and `gonghui restore` on the command line."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import click


def _home() -> Path | None:
    """Return the folder of the embedded union, None when the environment has a broker."""
    return None if "GONGHUI_AMQP_URL" in os.environ else Path(os.environ.get("DATA", "./var"))


@click.command()
@click.argument("target", type=click.Path(path_type=Path))
@click.option("--verify", "only_verify", is_flag=True, help="Make none: hold the archive TARGET against its manifest.")
@click.option("--with-keys", is_flag=True, help="Embedded only: put the keys in too. Then guard the file like them.")
def backup(target: Path, only_verify: bool, with_keys: bool) -> None:
    """Write every service's database into the archive TARGET, or into a new one in the folder TARGET."""
    from deploy.backup.making import back_up, verify
    from deploy.home import settle_in

    home = _home()
    if only_verify:
        _show(verify(target))
        return
    if with_keys and home is None:
        raise click.UsageError("--with-keys is for an embedded union; elsewhere keys lie in the environment.")
    if home is not None:
        if not home.is_dir():
            raise click.ClickException(f"There is no union in {home}; set DATA.")
        settle_in(home)
    _show(back_up(target, keys_of=home if with_keys else None))


@click.command()
@click.argument("archive", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Give up what the databases hold now.")
def restore(archive: Path, replace: bool) -> None:
    """Load ARCHIVE into the databases the environment names, or into DATA. Stop every service first."""
    from deploy.backup.manifest import BackupError
    from deploy.backup.restoring import bring_keys
    from deploy.backup.restoring import restore as load
    from deploy.embedded import alone
    from deploy.home import settle_in

    home = _home()
    if home is None:
        _show(load(archive, replace=replace))
        return
    try:
        bring_keys(archive, home)
    except BackupError as error:
        raise click.ClickException(str(error)) from error
    settle_in(home)
    with alone():
        _show(load(archive, replace=replace))


def _show(lines: Iterable[str]) -> None:
    import sqlite3

    import sqlalchemy as sa

    from deploy.backup.manifest import BackupError

    try:
        for line in lines:
            click.echo(line)
    except (BackupError, sqlite3.OperationalError, sa.exc.OperationalError) as error:
        raise click.ClickException(str(error)) from error
