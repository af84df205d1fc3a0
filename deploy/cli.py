"""The `gonghui` command. Each command imports what it needs after eventlet has patched the standard library."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import click
from environs import EnvError

from deploy.backup.commands import backup, restore
from services.chassis import green, memory


class _Commands(click.Group):
    """Says in one line what a setting lacks."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except EnvError as error:
            raise click.ClickException(str(error)) from error


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Gonghui runs the work of a university trade union as independent services."""
    memory.give_back_what_is_freed()
    green.patch()


main.add_command(backup)
main.add_command(restore)


def _embedded() -> None:
    """Without a broker in the environment, work on the embedded union in DATA."""
    if "GONGHUI_AMQP_URL" not in os.environ:
        from deploy.home import settle_in

        settle_in(Path(os.environ.get("DATA", "./var")))


@main.command()
@click.option("--demo/--no-demo", default=True, help="Load the demo union when there is none yet.")
@click.option("--members", default=1263, show_default=True, help="Members of the demo union.")
def run(demo: bool, members: int) -> None:
    """Run everything in this process: embedded broker, SQLite files in DATA (./var), HTTP on PORT (8000)."""
    from deploy.home import settle_in

    settle_in(Path(os.environ.get("DATA", "./var")))
    from deploy.embedded import run_union

    raise SystemExit(run_union(demo_members=members if demo else 0))


@main.command()
@click.argument("service")
def serve(service: str) -> None:
    """Run one SERVICE (membership, activities, welfare, governance, gateway) against the broker and its database."""
    from deploy.serve import serve_one

    raise SystemExit(serve_one(service))


@main.command()
@click.option("--topology/--no-topology", default=True, help="Also declare exchanges and queues on the broker.")
def migrate(topology: bool) -> None:
    """Bring every service's database to the newest schema and declare the broker's topology."""
    _embedded()
    from deploy.preparation import prepare

    for line in prepare(topology=topology):
        click.echo(line)


@main.command()
@click.option("--members", default=1263, show_default=True, help="How many members, up to 100,000.")
@click.option("--seed", default=2023, show_default=True, help="The same seed makes the same union.")
@click.option("--accounts", default=0, show_default=True, help="How many members also get an account m000001, ….")
def demo(members: int, seed: int, accounts: int) -> None:
    """Load a synthetic union into the running services."""
    _embedded()
    from deploy.demo.loading import demo_accounts, load_into_running
    from deploy.embedded import union_at_hand

    with union_at_hand():
        for line in load_into_running(members, seed, accounts):
            click.echo(line)
    for line in demo_accounts():
        click.echo(line)


@main.command()
@click.option("--union", prompt="Name of the union", help="The union's name.")
@click.option("--unit", prompt="Name of its first branch union", help="Where its first officer belongs.")
@click.option("--name", prompt="Name of its first officer", help="The officer's name.")
@click.option("--gender", prompt=True, type=click.Choice(["female", "male"]), help="The officer's sex as registered.")
@click.option("--birth-date", prompt="Date of birth", type=click.DateTime(["%Y-%m-%d"]), help="YYYY-MM-DD.")
@click.option("--id-number", prompt="Identity number", hide_input=True, help="Kept encrypted.")
@click.option("--phone", prompt=True, help="Kept encrypted.")
@click.option("--username", prompt="User name", help="What the officer signs in with.")
@click.password_option(envvar="GONGHUI_OFFICER_PASSWORD", help="The officer's password.")
def found(union: str, unit: str, username: str, password: str, **officer: Any) -> None:
    """Found a union in empty databases: its first officer, who does the rest in the portal."""
    _embedded()
    from deploy.embedded import union_at_hand
    from deploy.founding import found as found_union
    from deploy.founding import officer_of
    from services.chassis.errors import Problem

    officer["birth_date"] = officer["birth_date"].date()
    try:
        with union_at_hand():
            for line in found_union(union, unit, officer_of(**officer), username, password):
                click.echo(line)
    except Problem as problem:
        raise click.ClickException(f"{problem.detail} {problem.params.get('errors', '')}".strip()) from problem


@main.command("program-account")
@click.argument("username")
@click.option("--role", type=click.Choice(["hr"]), required=True, help="The one role of the system.")
@click.password_option(envvar="GONGHUI_PROGRAM_PASSWORD", help="The system's password.")
def program_account(username: str, role: str, password: str) -> None:
    """Make the account of another campus system, or give it a new password."""
    _embedded()
    from deploy.programs import make_program_account
    from services.chassis.errors import Problem

    try:
        make_program_account(username, password, role)
    except (Problem, ValueError) as problem:
        raise click.ClickException(str(problem)) from problem
    click.echo(f"account: {username}, role: {role}")


@main.group()
def events() -> None:
    """Events that failed, and events that never came, in all services."""


@events.command("failed")
def events_failed() -> None:
    """List failed and dead events: consumer, id, status, attempts, due, why."""
    _embedded()
    from deploy.events import failed

    for line in failed():
        click.echo(line)


@events.command("show")
@click.argument("consumer")
@click.argument("event_id", type=click.UUID)
def events_show(consumer: str, event_id: UUID) -> None:
    """Show one event: why it failed, whose story it belongs to, the ids it holds, what was decided."""
    _embedded()
    from deploy.events import show

    with _told():
        for line in show(consumer, event_id):
            click.echo(line)


@events.command("replay")
@click.argument("consumer")
@click.argument("event_id", type=click.UUID)
@click.option("--reason", help="What was mended; kept with the event.")
def events_replay(consumer: str, event_id: UUID, reason: str | None) -> None:
    """Try a failed or dead event again now."""
    _embedded()
    from deploy.events import replay

    with _told():
        replay(consumer, event_id, reason)


@events.command("discard")
@click.argument("consumer")
@click.argument("event_id", type=click.UUID)
@click.option("--reason", prompt="Why", help="Kept with the event.")
@click.confirmation_option(prompt="Give up on this event for good?")
def events_discard(consumer: str, event_id: UUID, reason: str) -> None:
    """Give up on a failed or dead event for good."""
    _embedded()
    from deploy.events import discard

    with _told():
        discard(consumer, event_id, reason)


@events.command("reconcile")
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"]),
    help="From this moment on (UTC), also for consumers of a later release. Absent: as far as events are kept.",
)
@click.option("--seconds", default=3600, show_default=True, help="How long to wait for the services.")
def events_reconcile(since: datetime | None, seconds: int) -> None:
    """Compare what each consumer took with what its source announced; what never came is sent again.

    Services must run: they do it. Ends with 1 when an event is missing for good, was taken though its source never
    announced it, or a service does not answer.
    """
    _embedded()
    from deploy.reconciling import Unaccounted, reconcile

    try:
        for line in reconcile(since.replace(tzinfo=UTC) if since else None, seconds):
            click.echo(line)
    except Unaccounted as error:
        raise SystemExit(1) from error


@contextmanager
def _told() -> Iterator[None]:
    """Say a problem in its own words."""
    from services.chassis.errors import Problem

    try:
        yield
    except Problem as problem:
        raise click.ClickException(problem.detail) from problem


@main.group()
def keys() -> None:
    """The keys that personal values are encrypted with."""


@keys.command("rotate")
def keys_rotate() -> None:
    """Re-encrypt every value with the first key of GONGHUI_ENCRYPTION_KEYS; services may run."""
    _embedded()
    from deploy.keys import rotate_all

    try:
        for line in rotate_all():
            click.echo(line)
    except ValueError as error:
        raise click.ClickException(str(error)) from error


@main.group()
def plan() -> None:
    """The year's plan."""


@plan.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=False)
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
def plan_import(file: Path | None, dry_run: bool) -> None:
    """Import a year's plan from FILE (default: the plan of 2023 that comes with Gonghui)."""
    _embedded()
    from deploy.embedded import union_at_hand
    from deploy.plan import import_plan

    with union_at_hand():
        for line in import_plan(file, dry_run=dry_run):
            click.echo(line)


@main.command()
@click.option("--check", is_flag=True, help="Write nothing; fail when a committed document is out of date.")
def docs(check: bool) -> None:
    """Write the OpenAPI and AsyncAPI documents, JSON Schemas and examples into docs/."""
    from deploy.documents import write_documents

    stale = write_documents(Path("docs"), check=check)
    for name in stale:
        click.echo(f"{'out of date' if check else 'written'}: {name}")
    raise SystemExit(1 if check and stale else 0)


if __name__ == "__main__":
    main()
