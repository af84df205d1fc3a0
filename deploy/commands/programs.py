"""`gonghui program-account` and `gonghui revoke-program-account` on the command line."""

from __future__ import annotations

import click

from deploy.commands.union import databases_at_hand
from services.contracts.scopes import SCOPES


@click.command("program-account")
@click.argument("username")
@click.option("--role", type=click.Choice(["hr"]), help="The one role of a system that delivers.")
@click.option("--scope", "scopes", type=click.Choice(list(SCOPES)), multiple=True, help="What a system may read.")
@click.option("--days", type=click.IntRange(1, 730), default=365, show_default=True, help="How long a secret is good.")
@click.option("--password", envvar="GONGHUI_PROGRAM_PASSWORD", help="Of a system that delivers; else it is asked for.")
def program_account(username: str, role: str | None, scopes: tuple[str, ...], days: int, password: str | None) -> None:
    """Make the account of another campus system, or give it a new password or secret.

    A system that delivers has a role and a password; one that reads has scopes, and a secret that is shown once.
    """
    if bool(role) == bool(scopes):
        raise click.UsageError("Give a --role, or one --scope or more.")
    if role and password is None:
        password = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    databases_at_hand()
    from deploy.programs import make_program_account, make_reading_account

    try:
        if role:
            make_program_account(username, password or "", role)
            click.echo(f"account: {username}, role: {role}")
            return
        made = make_reading_account(username, scopes, days)
    except ValueError as problem:
        raise click.ClickException(str(problem)) from problem
    click.echo(f"account: {made['username']}, scopes: {' '.join(made['scopes'])}")
    click.echo(f"secret, shown this once: {made['secret']}")
    click.echo(f"good until: {made['secret_expires_at']:%Y-%m-%d}")


@click.command("revoke-program-account")
@click.argument("username")
def revoke_program_account(username: str) -> None:
    """End the access of another campus system at once and for good."""
    databases_at_hand()
    from deploy.programs import revoke

    try:
        revoke(username)
    except ValueError as problem:
        raise click.ClickException(str(problem)) from problem
    click.echo(f"account: {username}, access ended")
