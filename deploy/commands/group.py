"""The click group of all commands: prints errors that people can act on as a sentence, and ends with status 1."""

from __future__ import annotations

import signal
from typing import Any

import click
from environs import EnvError

from deploy.commands.progress import at_work
from services.chassis.process import signals

_STAY = ("run", "serve")
"""Commands that run until they are stopped, without progress lines."""


class _Command(click.Command):
    """A command that shows progress when it takes long, after all questions have been answered."""

    def invoke(self, ctx: click.Context) -> Any:
        if self.name in _STAY:
            # A shell without job control starts what runs in the background with SIGINT ignored, and Python leaves it
            # so: without this the process could not be ended by SIGINT until its services have started.
            signal.signal(signal.SIGINT, signals.end)
            return super().invoke(ctx)
        with at_work(ctx.command_path):
            return super().invoke(ctx)


class Commands(click.Group):
    """Prints errors of settings, servers, files and input as sentences; any other exception is a defect."""

    command_class = _Command
    group_class = type

    def invoke(self, ctx: click.Context) -> Any:
        signal.signal(signal.SIGTERM, signals.end)
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            sentence = sentence_of(error)
            if sentence is None:
                raise
            raise click.ClickException(sentence) from error


def sentence_of(error: Exception) -> str | None:
    """Return the message for an error, None for a defect."""
    import sqlalchemy as sa
    from amqp.exceptions import AMQPError

    from deploy.reach import NotReached, reason_of
    from services.chassis.errors import Problem

    if isinstance(error, EnvError | NotReached):
        return str(error)
    if isinstance(error, Problem):
        return _of_problem(error)
    if isinstance(error, sa.exc.DBAPIError | sa.exc.TimeoutError):
        return _of_database(error)
    if isinstance(error, AMQPError):
        return f"The broker refuses it: {reason_of(error)} (GONGHUI_AMQP_URL says where it is, and as whom)."
    if isinstance(error, OSError):
        reason = error.strerror or str(error) or type(error).__name__
        return f"{error.filename}: {reason}." if error.filename else f"A connection failed: {reason}."
    return None


def _of_problem(problem: Any) -> str:
    from services.chassis.errors import DeadlineExceeded

    words = [problem.detail]
    if isinstance(problem, DeadlineExceeded) and (service := problem.params.get("service")):
        words.append(f"Is `gonghui serve {service}` running?")
    if errors := problem.params.get("errors"):
        words.append(str(errors))
    return " ".join(words)


def _of_database(error: Any) -> str | None:
    from deploy.reach import reason_of
    from services.chassis.database.errors import is_away, is_busy, sql_code

    where = "GONGHUI_DATABASE_URL or GONGHUI_<SERVICE>_DATABASE_URL says where it is, and as whom"
    if sql_code(error) == "42P01" or "no such table" in str(getattr(error, "orig", "")):
        return "A database lacks the tables of this release; run `gonghui migrate` first."
    if sql_code(error) == "42501" or is_away(error) or is_busy(error):
        return f"A database can't be used: {reason_of(error)} ({where})."
    return None
