"""Writes the figures of the small project's release anew."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from tests.golden import PATH, figures
from tests.support.projects import build_project

with tempfile.TemporaryDirectory() as directory:
    project = Path(directory) / "kasumi"
    build_project(project)
    PATH.write_text(json.dumps(figures(project), indent=1, sort_keys=True) + "\n", "utf-8")
