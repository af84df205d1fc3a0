"""`python -m tests.load`: run the benchmark on private servers and print the table."""

from __future__ import annotations

import argparse
import json
import os
import platform
import signal
import sys
import tempfile
import time
import traceback
import warnings
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path

with warnings.catch_warnings(action="ignore"):  # eventlet announces its own retirement at every import
    import eventlet  # noqa: F401

from services.chassis.process import settings
from tests.load import (
    checking_in,
    drawing,
    dues,
    events,
    facts,
    finding,
    footprint,
    goods,
    growth,
    importing,
    notices,
    reading,
    registering,
    searching,
    secret_voting,
    streams,
    voting,
)
from tests.load.constant import constant_page
from tests.load.figures import Figure, as_json, table
from tests.load.ground import Ground
from tests.support.servers import own_amqp_server, own_database_server
from tests.support.stack import real_stack

Measurement = Callable[[Ground], Iterable[Figure]]
MEASUREMENTS: dict[str, Measurement] = {
    "reading": reading.figures,  # before thousands of registrations make every home longer than anybody's
    "streams": streams.figures,
    "registering": registering.figures,
    "voting": voting.figures,
    "secret_voting": secret_voting.figures,
    "events": events.figures,
    "memory": footprint.memory_figures,
    "start": footprint.start_figures,
    "dues": dues.figures,
    "goods": goods.figures,
    "checking_in": checking_in.figures,
    "finding": finding.figures,
    "searching": searching.figures,
    "facts": facts.figures,
    "drawing": drawing.figures,
    "importing": importing.figures,
    "notices": notices.figures,
    "growth": growth.figures,
}
MEMBERS = 2_100
LONGEST = 2 * 3_600
"""Seconds one measurement may take: founding a union of 100,000 members on a busy machine takes an hour."""
_KEYS = ("GONGHUI_ENCRYPTION_KEYS", "GONGHUI_HASH_KEY", "GONGHUI_SIGNING_KEY")


def main() -> int:
    """Measure what was asked for; the status is 0 unless something was wrong or failed, however slow it was."""
    options = _options()
    signal.signal(signal.SIGTERM, _end)
    signal.signal(signal.SIGALRM, _give_up)
    chosen = options.only or [name for name in MEASUREMENTS if name != "growth" or not options.quick]
    began = time.monotonic()
    with ExitStack() as stack:
        ground = _ground(stack, options.quick)
        found, failed = measured(ground, {name: MEASUREMENTS[name] for name in chosen})
    print(table(found))
    print(f"\n{_summary(found)} {time.monotonic() - began:.0f} s on {_machine()}.")
    if options.json:
        options.json.write_text(json.dumps(as_json(found), indent=1, ensure_ascii=False) + "\n")
    if failed:
        print(f"FAILED: {', '.join(failed)}")
    return 1 if failed else 0


def measured(ground: Ground, measurements: Mapping[str, Measurement]) -> tuple[list[Figure], list[str]]:
    """Return the figures of all measurements, and the names of those that failed.

    One that raises, or takes longer than `LONGEST`, is reported with a row of its own; the others go on, with the
    processes that it ended started again.
    """
    began = time.monotonic()
    found: list[Figure] = []
    failed: list[str] = []
    for name, measurement in measurements.items():
        _say(f"[{time.monotonic() - began:4.0f} s] {name}")
        signal.alarm(LONGEST)
        try:
            for figure in measurement(ground):
                found.append(figure)
                _say("    " + " | ".join(cell for cell in figure.row if cell))
        except Exception as error:
            traceback.print_exc()
            failed.append(name)
            why = str(error).partition("\n")[0][:160]
            found.append(Figure(name, "FAILED", note=f"{type(error).__name__}: {why}"))
        finally:
            signal.alarm(0)
        if name in failed:
            ground.start_what_ended()
    return found, failed


def _give_up(_number: int, _frame: object) -> None:
    raise TimeoutError(f"it took longer than {LONGEST // 60} minutes")


def _end(_number: int, _frame: object) -> None:
    """End in good order when told to, so that servers and services do not stay behind."""
    raise SystemExit(143)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.load", description=__doc__)
    parser.add_argument("--only", action="append", choices=MEASUREMENTS, help="measure only this; may be repeated")
    parser.add_argument("--quick", action="store_true", help="one short round each, without growth: a rough idea")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures to FILE")
    return parser.parse_args()


def _ground(stack: ExitStack, quick: bool) -> Ground:
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="gonghui-load-")))
    broker = stack.enter_context(own_amqp_server())
    server = stack.enter_context(own_database_server())
    port = stack.enter_context(constant_page())
    members = {"members": MEMBERS, "accounts": MEMBERS - 100}
    union = stack.enter_context(real_stack(folder, broker, server, **members, GONGHUI_RATE_LIMIT="10000000 per minute"))
    ground = Ground(union, broker, server, port, quick)
    _use_keys_of(ground)
    ground.sign_members_in()
    return ground


def _use_keys_of(ground: Ground) -> None:
    """Let this process encrypt and encode as the union's services do."""
    os.environ.update({name: ground.stack.env[name] for name in _KEYS})
    settings.reset()


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _summary(found: list[Figure]) -> str:
    judged = [figure.met for figure in found if figure.met is not None]
    return f"{sum(judged)} of {len(judged)} aims met."


def _machine() -> str:
    processors = len(os.sched_getaffinity(0))
    return f"{processors} cores, Python {platform.python_version()}; servers, services and client share them"


if __name__ == "__main__":
    sys.exit(main())
