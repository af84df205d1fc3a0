"""Running pgbench, whose transactions a second are the limit of several rows of the benchmark."""

from __future__ import annotations

import re
import subprocess
import tempfile

from tests.support.machine import Missing, find_program


def find_pgbench() -> str:
    """Return the program. Raises `Missing` without it."""
    found = find_program("pgbench", folders=["/usr/lib/postgresql/*/bin"])
    if not found:
        raise Missing("no pgbench on this machine; it comes with PostgreSQL")
    return str(found)


def transactions_a_second(pgbench: str, script: str, url: str, clients: int, *length: str) -> float:
    """Run a script with prepared statements and return its transactions a second.

    Args:
        pgbench: the program.
        script: its text.
        url: of the database.
        clients: how many at once.
        length: pgbench's own words for how long: `-T` and seconds, or `-t` and transactions of each client.

    Raises:
        RuntimeError: pgbench failed; says what it printed.
    """
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as file:
        file.write(script)
        file.flush()
        command = [pgbench, "-n", "-f", file.name, "-c", str(clients), "-j", "1", *length, "-M", "prepared", url]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = re.search(r"tps = ([\d.]+)", done.stdout)
    if done.returncode != 0 or found is None:
        raise RuntimeError(done.stdout + done.stderr)
    return float(found.group(1))
