"""`gonghui events` on the command line."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import click

from deploy.commands.group import Commands
from deploy.commands.union import databases_at_hand


@click.group(cls=Commands)
def events() -> None:
    """Events that failed, and events that never came, in all services."""


@events.command("failed")
def events_failed() -> None:
    """List failed and dead events: consumer, id, status, attempts, due, why."""
    databases_at_hand()
    from deploy.events import failed

    for line in failed():
        click.echo(line)


@events.command("show")
@click.argument("consumer")
@click.argument("event_id", type=click.UUID)
def events_show(consumer: str, event_id: UUID) -> None:
    """Show one event: why it failed, whose story it belongs to, the ids it holds, what was decided."""
    databases_at_hand()
    from deploy.events import show

    for line in show(consumer, event_id):
        click.echo(line)


@events.command("replay")
@click.argument("consumer")
@click.argument("event_id", type=click.UUID)
@click.option("--reason", help="What was mended; kept with the event.")
def events_replay(consumer: str, event_id: UUID, reason: str | None) -> None:
    """Try a failed or dead event again now."""
    databases_at_hand()
    from deploy.events import replay

    replay(consumer, event_id, reason)


@events.command("discard")
@click.argument("consumer")
@click.argument("event_id", type=click.UUID)
@click.option("--reason", prompt="Why", help="Kept with the event.")
@click.confirmation_option(prompt="Give up on this event for good?")
def events_discard(consumer: str, event_id: UUID, reason: str) -> None:
    """Give up on a failed or dead event for good."""
    databases_at_hand()
    from deploy.events import discard

    discard(consumer, event_id, reason)


@events.command("reconcile")
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"]),
    help="From this moment on (UTC), also for consumers of a later release. Absent: as far as events are kept.",
)
@click.option(
    "--seconds", default=3600, show_default=True, type=click.IntRange(1), help="How long to wait for the services."
)
def events_reconcile(since: datetime | None, seconds: int) -> None:
    """Compare what each consumer took with what its source announced; what never came is sent again.

    Services must run: they do it. Ends with 1 when an event is missing for good, was taken though its source never
    announced it, or a service does not answer.
    """
    databases_at_hand()
    from deploy.reconciling import Unaccounted, reconcile

    try:
        for line in reconcile(since.replace(tzinfo=UTC) if since else None, seconds):
            click.echo(line)
    except Unaccounted as error:
        raise SystemExit(1) from error
