"""A Chromium for browser tests, the system's own: Playwright's is a download that not every machine may make."""

from __future__ import annotations

from tests.support.machine import apt_install, find_program

DEBIAN_PACKAGES = ("chromium", "fonts-noto-cjk")

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
        raise RuntimeError("chromium was installed, but is not on PATH")
    return found


def find_chromium() -> str | None:
    """Path of the Chromium or Chrome on this machine."""
    return find_program("chromium", "chromium-browser", "google-chrome")
