"""Before a whole test run: make sure that servers and a browser can be had, all missing packages in one installation.

Run as `python -m tests.support.provide`; it ends with a sentence and status 1 when something has to be installed by
hand. Test fixtures would install what is missing too, but within a test's time.
"""

from __future__ import annotations

import os
import sys

from tests.support import chromium, containers, javascript, postgres, prometheus, rabbitmq
from tests.support.machine import Missing, apt_install


def missing_packages() -> list[str]:
    """Debian packages that bring what no address, container or program on this machine gives."""
    contained = containers.engine_answers()
    packages: list[str] = []
    if not (os.environ.get("TEST_AMQP_URL") or contained or rabbitmq.find_rabbitmq()):
        packages += rabbitmq.DEBIAN_PACKAGES
    if not (os.environ.get("TEST_DATABASE_URL") or contained or postgres.find_postgres()):
        packages += postgres.DEBIAN_PACKAGES
    if not chromium.find_chromium():
        packages += chromium.DEBIAN_PACKAGES
    if not prometheus.find_prometheus():
        packages += prometheus.DEBIAN_PACKAGES
    if not javascript.find_node():
        packages += javascript.DEBIAN_PACKAGES
    return packages


def main() -> int:
    """Install what is missing; the process's exit status."""
    packages = missing_packages()
    try:
        if packages:
            print(f"Installing what tests need: {' '.join(packages)} ...", flush=True)
            apt_install(packages, why="Gonghui's test run")
        chromium.prefer_headless_shell()
        javascript.packages()
    except Missing as missing:
        print(missing, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
