"""How a thing is cited: one line for readers, and CSL-JSON for programs that keep references.

CSL-JSON is the form that Zotero, Mendeley and pandoc read (https://citationstyles.org/).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from publish.browse.citation import written
from publish.i18n import Language
from publish.rdf import namespaces as ns


@dataclass(frozen=True, slots=True)
class Citation:
    """What is cited, in the language of the citation; what is unknown is None."""

    language: Language
    name: str
    #: the data set that says it, its version and day (YYYY-MM-DD)
    container: str
    version: str | None
    day: str | None
    publisher: str | None
    licence: str | None
    address: str

    def line(self) -> str:
        """Return the citation as one line of text, without the address at its end."""
        return self._japanese() if self.language == "ja" else self._english()

    def _japanese(self) -> str:
        day = written(self.day or "", ns.XSD + "date", "ja") if self.day else None
        said = (
            self.publisher,
            f"「{self.name}」『{self.container}』",
            f"{self.version}版" if self.version else None,
            day,
            self.licence,
        )
        return "、".join(filter(None, said))

    def _english(self) -> str:
        day = written(self.day or "", ns.XSD + "date", "en") if self.day else None
        said = (
            self.publisher,
            f"“{self.name}”",
            self.container,
            f"version {self.version}" if self.version else None,
            day.partition(" (")[0] if day else None,
            self.licence,
        )
        return ", ".join(filter(None, said))

    def csl(self) -> str:
        """Return the citation as a CSL-JSON item."""
        item: dict[str, Any] = {
            "id": self.address,
            "type": "dataset",
            "title": self.name,
            "container-title": self.container,
            "publisher": self.publisher,
            "version": self.version,
            "issued": {"date-parts": [list(map(int, self.day.split("-")))]} if self.day else None,
            "URL": self.address,
            "language": self.language,
            "note": self.licence,
        }
        known = {name: value for name, value in item.items() if value is not None}
        return json.dumps([known], ensure_ascii=False, indent=1)
