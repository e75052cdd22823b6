"""The small project with towns that were merged, split, renumbered or dissolved."""

from __future__ import annotations

from pathlib import Path

from publish.build import build
from publish.release.release import Release, current
from publish.search.codes import check_digit
from tests.support.projects import append, settings_for, write_project

HAMA, KASUMI = "992020", "992011"


def code(five: str) -> str:
    return five + check_digit(five)


#: Withdrawn: into 浜町; into what was replaced later; with no successor.
MERGED, EARLIER, DISSOLVED = code("99203"), code("99204"), code("99205")
#: Still described: replaced by one, split into two, replaced as the new one says.
REPLACED, SPLIT, TAKEN = code("99206"), code("99207"), code("99208")
_WITHDRAWN = (
    f"town,{MERGED},2031-04-01,浜町に編入,merged into Hama,town/{HAMA}\n"
    f"town,{EARLIER},2030-04-01,旧町の合併,merged in turn,town/{REPLACED}\n"
    f"town,{DISSOLVED},2031-04-01,廃止,dissolved,\n"
)
_REPLACING = f"""
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX town: <id/town/>

town:{REPLACED} dcterms:isReplacedBy town:{KASUMI} .
town:{SPLIT} dcterms:isReplacedBy town:{KASUMI} , town:{HAMA} .
town:{HAMA} dcterms:replaces town:{TAKEN} .
"""


def build_former(directory: Path) -> Release:
    """Write the project into a directory that does not exist yet, and build a release of it."""
    project = write_project(directory)
    names = {REPLACED: "旧霞町", SPLIT: "旧山町", TAKEN: "旧浜村"}
    rows = (f"{one},{name},キュウ,Old {one},\n" for one, name in names.items())
    append(project / "data" / "towns.csv", "".join(rows))
    append(project / "data" / "withdrawn.csv", _WITHDRAWN)
    (project / "data" / "reference.former.ttl").write_text(_REPLACING, "utf-8")
    settings = settings_for(project)
    build(settings)
    return current(settings.releases)
