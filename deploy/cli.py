"""The `gonghui` command. Each command imports what it needs after eventlet has patched the standard library."""

from __future__ import annotations

import os
from pathlib import Path

import click

from deploy.backup.commands import backup, restore
from deploy.commands.archive import archive
from deploy.commands.ballot import ballot
from deploy.commands.decisions import decisions
from deploy.commands.draw import draw
from deploy.commands.events import events
from deploy.commands.founding import found
from deploy.commands.group import Commands
from deploy.commands.operating import accounts, config, ledger, status
from deploy.commands.programs import program_account, revoke_program_account
from deploy.commands.search import search
from deploy.commands.setup import prepare
from deploy.commands.union import databases_at_hand, services_at_hand, union_of_the_environment
from services.chassis.process import eventlet_setup, memory
from services.chassis.process.settings import SERVICES

LARGEST = 100_000
"""Members of the largest demo union."""
MEMBERS = click.IntRange(1, LARGEST)


COMPLETION = """
\b
Completion of commands and options in the shell, for bash (or zsh, fish):
  echo 'eval "$(_GONGHUI_COMPLETE=bash_source gonghui)"' >> ~/.bashrc
"""


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=COMPLETION,
)
@click.version_option(package_name="gonghui")
def main() -> None:
    """Gonghui runs the work of a university trade union as independent services."""
    memory.give_back_what_is_freed()
    eventlet_setup.patch()


main.add_command(backup)
main.add_command(restore)
main.add_command(found)
main.add_command(events)
main.add_command(decisions)
main.add_command(search)
main.add_command(draw)
main.add_command(archive)
main.add_command(ballot)
for command in (prepare, status, config, accounts, ledger, program_account, revoke_program_account):
    main.add_command(command)


@main.command()
@click.option("--demo/--no-demo", default=True, help="Load the demo union when there is none yet.")
@click.option("--members", default=1263, show_default=True, type=MEMBERS, help="Members of the demo union.")
def run(demo: bool, members: int) -> None:
    """Run everything in this process: embedded broker, SQLite files in DATA (./var), HTTP on PORT (8000)."""
    from deploy.home import settle_in

    settle_in(Path(os.environ.get("DATA", "./var")))
    from deploy.embedded import run_union

    raise SystemExit(run_union(demo_members=members if demo else 0))


PATIENCE = click.option(
    "--wait",
    default=60.0,
    show_default=True,
    type=click.FloatRange(0, 3600),
    help="Seconds to wait for broker and databases that are away.",
)


@main.command()
@click.argument("service", type=click.Choice(SERVICES))
@PATIENCE
def serve(service: str, wait: float) -> None:
    """Run one SERVICE against the broker and its database, until SIGTERM or Ctrl-C.

    Ends with status 1 and a sentence when one of them refuses, or stays away for longer than is waited.
    """
    from deploy.serve import serve_one

    raise SystemExit(serve_one(service, wait))


@main.command()
@click.option("--topology/--no-topology", default=True, help="Also declare exchanges and queues on the broker.")
@PATIENCE
def migrate(topology: bool, wait: float) -> None:
    """Bring every service's database to the newest schema and declare the broker's topology."""
    union_of_the_environment()
    from deploy.preparation import prepare
    from deploy.reach import require_broker, require_databases

    require_databases(patience=wait)
    if topology:
        require_broker(patience=wait)
    for line in prepare(topology=topology):
        click.echo(line)


@main.command()
@click.option("--members", default=1263, show_default=True, type=MEMBERS, help="How many members.")
@click.option("--seed", default=2023, show_default=True, help="The same seed makes the same union.")
@click.option(
    "--accounts",
    default=0,
    show_default=True,
    type=click.IntRange(0, LARGEST),
    help="How many members also get an account m000001, ….",
)
def demo(members: int, seed: int, accounts: int) -> None:
    """Load a synthetic union into the running services; refused where a real union is."""
    if accounts > members:
        raise click.BadParameter(f"{accounts} accounts are more than {members} members.")
    services_at_hand()
    from deploy.demo.loading import demo_accounts, load_into_running
    from deploy.embedded import union_at_hand

    with union_at_hand():
        for line in load_into_running(members, seed, accounts):
            click.echo(line)
    for line in demo_accounts():
        click.echo(line)


@main.group()
def keys() -> None:
    """The keys that personal values are encrypted with."""


@keys.command("rotate")
def keys_rotate() -> None:
    """Re-encrypt every value with the first key of GONGHUI_ENCRYPTION_KEYS; services may run."""
    databases_at_hand()
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
    services_at_hand()
    from deploy.embedded import union_at_hand
    from deploy.plan import import_plan

    with union_at_hand():
        for line in import_plan(file, dry_run=dry_run):
            click.echo(line)


@main.command()
@click.option("--check", is_flag=True, help="Write nothing; fail when a committed document is out of date.")
def docs(check: bool) -> None:
    """Write the OpenAPI and AsyncAPI documents, JSON Schemas, examples, permissions and handbook into docs/."""
    if not (Path("docs").is_dir() and Path("deploy", "documents.py").is_file()):
        raise click.ClickException("The documents are written into the repository; run this in its folder.")
    from deploy.documents import write_documents

    stale = write_documents(Path("docs"), check=check)
    for name in stale:
        click.echo(f"{'out of date' if check else 'written'}: {name}")
    raise SystemExit(1 if check and stale else 0)


if __name__ == "__main__":
    main()
