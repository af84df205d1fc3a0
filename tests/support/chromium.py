"""A Chromium for browser tests, the system's own: Playwright's is a download that not every machine may make.

The headless shell is the same browser without its windows; a page costs a quarter of the processor time.
"""

from __future__ import annotations

import contextlib

from tests.support.machine import Missing, apt_install, find_program

HEADLESS_SHELL = "chromium-headless-shell"
DEBIAN_PACKAGES = (HEADLESS_SHELL, "fonts-noto-cjk")

# Headless, for root in a sandbox of its own, and silent towards the outside.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def chromium_program() -> str:
    """Path of a Chromium, installed with Chinese fonts where it is missing and we are root on Debian.

    Raises:
        Missing: there is none and none can be installed.
    """
    if not (found := find_chromium()):
        apt_install(DEBIAN_PACKAGES, why="a browser for tests")
        found = find_chromium()
    if not found:
        raise RuntimeError("chromium-headless-shell was installed, but is not on PATH")
    return found


def find_chromium() -> str | None:
    """Path of the Chromium or Chrome on this machine; of the headless shell where there are several."""
    return find_program(HEADLESS_SHELL, "chromium", "chromium-browser", "google-chrome")


def prefer_headless_shell() -> None:
    """Install the headless shell beside another Chromium where we may; where not, the other one serves."""
    if find_program(HEADLESS_SHELL) is None:
        with contextlib.suppress(Missing):
            apt_install(DEBIAN_PACKAGES, why="a browser for tests")
