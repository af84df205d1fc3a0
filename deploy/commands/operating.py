"""`gonghui status`, `config`, `accounts` and `ledger` on the command line."""

from __future__ import annotations

from collections.abc import Iterator

import click

from deploy.commands.group import Commands
from deploy.commands.union import databases_at_hand, services_at_hand, union_of_the_environment


@click.command()
def status() -> None:
    """Tell of each service whether its process and database answer, and what waits or failed.

    Ends with 1 when something is not well. The gateway is asked over HTTP at GONGHUI_HOST and GONGHUI_PORT.
    """
    union_of_the_environment()
    from deploy.operating import status as lines

    _show(lines())


@click.command("config")
def config() -> None:
    """Show every setting with the value in force, secrets masked, and variables that nothing reads."""
    union_of_the_environment()
    from deploy.configuration import shown

    for one in shown():
        source = "environment" if one.is_set else "default"
        click.echo(f"{one.name}={one.value}\t({source if one.known else 'unknown: nothing reads it'})")


@click.group(cls=Commands)
def accounts() -> None:
    """Accounts people and programs sign in with."""


@accounts.command("list")
@click.option("--search", default="", help="How the user name begins.")
@click.option("--after", default="", help="The last user name of the page before.")
@click.option("--limit", default=100, show_default=True, type=click.IntRange(1, 10_000), help="Lines at most.")
def accounts_list(search: str, after: str, limit: int) -> None:
    """List accounts by user name: name, kind, member, since when."""
    databases_at_hand()
    from deploy.operating import accounts as lines

    _show(lines(search.casefold(), after, limit))


@accounts.command("reset")
@click.argument("username")
@click.confirmation_option(prompt="Give this account a new password and end its sessions?")
def accounts_reset(username: str) -> None:
    """Give a person or program a new password, which is printed once; open sessions end within seconds.

    It opens nothing for a person but the page where the own password is chosen.
    """
    databases_at_hand()
    from deploy.operating import reset_password

    click.echo(f"account: {username}, new password: {reset_password(username)}")
    click.echo("Hand it over in person; a person must choose a new one at the next sign-in.")


@accounts.command("reset-second-factor")
@click.argument("username")
@click.option("--reason", required=True, help="Why, and how the person was recognised; it is stored.")
@click.confirmation_option(prompt="Remove every second factor of this account and end its sessions?")
def accounts_reset_second_factor(username: str, reason: str) -> None:
    """Remove the second factors of a person who lost them; the password stays."""
    databases_at_hand()
    from deploy.operating import reset_second_factor

    reset_second_factor(username, reason)
    click.echo(f"account: {username}, second factors removed; its owner is notified.")


@click.group(cls=Commands)
def ledger() -> None:
    """The fund ledger."""


@ledger.command("verify")
def ledger_verify() -> None:
    """Prove the whole ledger: numbers without gap, entries balanced, every digest. Ends with 1 when it is not whole."""
    services_at_hand()
    from deploy.embedded import union_at_hand
    from deploy.operating import ledger_verdict

    with union_at_hand():
        _show(ledger_verdict())


def _show(lines: Iterator[str]) -> None:
    from deploy.operating import NotWell

    try:
        for line in lines:
            click.echo(line)
    except NotWell as error:
        raise SystemExit(1) from error
