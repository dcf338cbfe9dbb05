"""Finds Chromium for the tests that look at pages; `--install` tries to get one where the system and the user allow it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import debian

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --hide-scrollbars"
).split()


def chromium() -> str | None:
    """The path of an installed Chromium, or of one that Playwright installed itself; None when there is none."""
    for name in NAMES:
        if found := shutil.which(name):
            return found
    mac = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
    return str(mac) if mac.exists() else _playwrights_own()


def _playwrights_own() -> str | None:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    with sync_playwright() as play:
        path = play.chromium.executable_path
    return path if Path(path).exists() else None


def install() -> str | None:
    """Try Debian's package when we may, then Playwright's own download."""
    debian.install("chromium")
    if chromium() is None:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False, timeout=600)
    return chromium()


if __name__ == "__main__":
    path = chromium() or (install() if "--install" in sys.argv else None)
    print(
        f"Chromium: {path}" if path else "No Chromium could be had here: the tests that look at pages will be skipped."
    )
