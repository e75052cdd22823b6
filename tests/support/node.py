"""The clients of tests/clients, which run on Node.js: installed when the first test needs them."""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import cache

import pytest

from tests.support.alone import alone_in
from tests.support.real import ROOT

CLIENTS = ROOT / "tests" / "clients"


@cache
def _failure() -> str:
    """Install what package-lock.json names, if that has changed; return why it cannot be."""
    installed = CLIENTS / "node_modules" / ".package-lock.json"
    wanted = CLIENTS / "package-lock.json"
    with alone_in(CLIENTS):
        if installed.exists() and installed.stat().st_mtime >= wanted.stat().st_mtime:
            return ""
        done = subprocess.run(
            ["npm", "ci", "--silent", "--ignore-scripts", "--no-audit", "--no-fund"],
            cwd=CLIENTS, capture_output=True, text=True,
        )  # fmt: skip
    return f"npm cannot install it: {done.stderr.strip()[-300:]}" if done.returncode else ""


def command(script: str) -> list[str]:
    """Return the command that runs a script of tests/clients; skips the test if it cannot be."""
    why = _failure() if shutil.which("npm") else "npm, which installs it, is not installed"
    if why and not os.environ.get("CI"):
        pytest.skip(why)
    assert not why, why
    return ["node", str(CLIENTS / script)]
