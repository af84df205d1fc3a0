"""`make up`: checks what Docker Compose needs, creates its secrets once, starts everything. Standard library only."""

from __future__ import annotations

import base64
import os
import secrets
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMPOSE = ROOT / "deploy" / "compose.yaml"
ENV = ROOT / "deploy" / ".env"
BROKER_USERS = ("MEMBERSHIP", "ACTIVITIES", "WELFARE", "GOVERNANCE", "SCRUTINY", "GATEWAY", "TOOLS")


def main() -> None:
    """Run `docker compose up` until it ends."""
    compose = _compose()
    if made := write_secrets(ENV):
        print(f"Made {', '.join(made)} in {ENV.relative_to(ROOT)}; keep a copy: without them, encrypted data are lost.")
    port = os.environ.get("PORT", "8000")
    print(
        f"Gonghui will answer at http://127.0.0.1:{port} and Prometheus at http://127.0.0.1:9090. In another terminal:"
    )
    print(f"  {' '.join(compose)} --file deploy/compose.yaml run --rm tools found     # a union of your own, or")
    print(f"  {' '.join(compose)} --file deploy/compose.yaml run --rm tools demo      # a synthetic one")
    sys.stdout.flush()
    # Replaces this process, so that Ctrl-C reaches Compose, which stops everything in order.
    os.execvp(compose[0], [*compose, "--file", str(COMPOSE), "up", "--build"])  # noqa: S606


def write_secrets(path: Path) -> list[str]:
    """Write the variables that Compose needs and the file lacks, readable by its owner only.

    Returns:
        The names of the written variables: all at first, later those that a release has added.
    """
    present = path.read_text() if path.exists() else ""
    have = {line.partition("=")[0].strip() for line in present.splitlines()}
    missing = {name: value for name, value in _values().items() if name not in have}
    if missing:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write("\n" if present and not present.endswith("\n") else "")
            file.writelines(f"{name}={value}\n" for name, value in missing.items())
    return list(missing)


def _values() -> dict[str, str]:
    return {
        "BROKER_PASSWORD": secrets.token_hex(24),
        **{f"BROKER_PASSWORD_{name}": secrets.token_hex(24) for name in BROKER_USERS},
        "DATABASE_PASSWORD": secrets.token_hex(24),
        "GONGHUI_ENCRYPTION_KEYS": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        "GONGHUI_SCRUTINY_KEYS": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        **{f"GONGHUI_{name}_KEY": secrets.token_urlsafe(32) for name in ("HASH", "SIGNING", "SECRET")},
        "GONGHUI_DEMO_PASSWORD": f"demo-{secrets.token_hex(4)}",
        # The runbook that alerts link to; set the address at which your operators can read it.
        "RUNBOOK_URL": (ROOT / "deploy" / "runbook.md").as_uri(),
    }


def _compose() -> list[str]:
    for command in (["docker", "compose"], ["docker-compose"]):
        if shutil.which(command[0]) and _succeeds([*command, "version"]):
            break
    else:
        raise SystemExit(
            "make up needs Docker with Compose 2 or newer (docker compose version); on Debian with Docker's own "
            "packages: apt-get install docker-ce docker-compose-plugin. `make run` needs neither."
        )
    if not _succeeds(["docker", "info"] if shutil.which("docker") else [*command, "ls"]):
        raise SystemExit("make up: no Docker engine answers; start one, or name it with DOCKER_HOST.")
    return command


def _succeeds(command: list[str]) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


if __name__ == "__main__":
    main()
