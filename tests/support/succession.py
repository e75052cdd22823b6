"""Three releases of the small project, a month apart: what a year of its history could look like.

1.0.0  the project as it stands in tests/fixtures
1.1.0  the name of a plan is corrected, and a plan is added
1.2.0  the added plan is withdrawn in favour of another one
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from publish.build import CATALOG_SOURCE, build, check
from publish.project.stamp import Stamp, write_stamp
from publish.rdf.canonical import content_hash
from publish.settings import Settings
from tests.support.projects import append, edit, settings_for, write_project

SOURCE = Path("data/source.plans.ttl")
EDITORIAL = Path("data/editorial.plans.ttl")
WITHDRAWN = Path("data/withdrawn.csv")
BUS = '\nplan:night-bus a kv:Plan ; skos:prefLabel "夜間バス"@ja ; kv:town town:992011 .\n'
ENGLISH_BUS = '\nplan:night-bus skos:prefLabel "Night bus"@en ; dcterms:subject topic:care .\n'
NOTICE = (
    "plan,night-bus,2031-06-01,「遠隔見守り」に統合,merged into “remote care”,plan/remote-care\n"
)


@dataclass(frozen=True)
class Succession:
    """A project, its settings, and the ids of its releases, oldest first."""

    settings: Settings
    ids: tuple[str, ...]

    @property
    def releases(self) -> Path:
        return self.settings.releases

    def copied(self, directory: Path) -> Succession:
        """Return the same in a directory of its own, for a test that changes something."""
        project = Path(shutil.copytree(self.settings.project, directory, symlinks=True))
        return Succession(settings_for(project), self.ids)


def stamped(project: Path, day: str, version: str) -> str:
    """Stamp a project as it is, build a release of it, and return its id."""
    settings = settings_for(project)
    hashed = content_hash(check(settings).dataset.quads(), settings.base)
    write_stamp(project / CATALOG_SOURCE, Stamp(day, version, hashed))
    return build(settings).manifest.release


def add_bus(project: Path) -> None:
    append(project / SOURCE, BUS)
    append(project / EDITORIAL, ENGLISH_BUS)


def remove_bus(project: Path) -> None:
    edit(project / SOURCE, BUS, "")
    edit(project / EDITORIAL, ENGLISH_BUS, "")


def build_succession(directory: Path) -> Succession:
    """Write the project into a directory that does not exist yet, and build its releases."""
    project = write_project(directory)
    first = stamped(project, "2031-04-01", "1.0.0")
    edit(project / SOURCE, "除雪ロボットの導入", "除雪ロボットの活用")
    add_bus(project)
    second = stamped(project, "2031-05-01", "1.1.0")
    remove_bus(project)
    append(project / WITHDRAWN, NOTICE)
    third = stamped(project, "2031-06-01", "1.2.0")
    return Succession(settings_for(project), (first, second, third))
