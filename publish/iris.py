"""Every IRI and path of the site, made and read in one place (DESIGN, "Identifiers")."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from publish.errors import Place, SettingError
from publish.i18n import Language, Text

KEY = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_LOOPBACK = re.compile(r"127(\.[0-9]+){3}")
_BASE = re.compile(
    r"https?://(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(:[0-9]+)?"
    r"((?:/(?:[\w.~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})+)*/)",
    re.ASCII,
)
_THING = re.compile(rf"id/({KEY})/({KEY})")
#: The base as it is written in the content hash, so that the hash holds under any base.
NEUTRAL_BASE = "base:/"


@dataclass(frozen=True, slots=True)
class Iris:
    """The addresses under one base.

    Attributes named for a resource give absolute IRIs (for data); `path` turns any of them
    into the path-absolute reference that pages and `Location` headers use, so that a release
    made for one host can be read on another.
    """

    base: str

    @classmethod
    def at(cls, base: str, place: Place | None = None) -> Iris:
        """Return the addresses under `base`, which stands at `place` if that is known.

        Raises SettingError unless it is a plain http(s) IRI that ends in "/": no user, query or
        fragment, and a path without empty, "." or ".." segments.
        """
        if not _is_base(base):
            raise SettingError(
                Text(
                    "公開URL（base）「{base}」は使えません。", 'The base "{base}" cannot be used.'
                ).format(base=base),
                Text(
                    "http:// 又は https:// で始まり「/」で終わるURLを指定してください。",
                    'Give a URL that begins with http:// or https:// and ends in "/".',
                ),
                place,
            )
        return cls(base)

    @property
    def origin(self) -> str:
        """Return scheme and authority, without a trailing slash."""
        parts = urlsplit(self.base)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def root(self) -> str:
        """Return the path of the base: "/" or "/some/path/"."""
        return urlsplit(self.base).path

    @property
    def is_preview(self) -> bool:
        """Tell whether the base is a loopback address, which nobody else can look up."""
        host = urlsplit(self.base).hostname or ""
        return host in ("localhost", "::1") or _LOOPBACK.fullmatch(host) is not None

    def of(self, relative: str) -> str:
        """Return the absolute IRI of a reference relative to the base, e.g. "sparql"."""
        return self.base + relative

    def path(self, iri: str) -> str:
        """Return the path-absolute form of an IRI under the base; others come back unchanged."""
        return self.root + iri[len(self.base) :] if iri.startswith(self.base) else iri

    def relative(self, iri: str) -> str | None:
        """Return the part of an IRI after the base, or None if it is not under it."""
        return iri[len(self.base) :] if iri.startswith(self.base) else None

    def thing(self, type_: str, key: str) -> str:
        """Return the IRI of a thing."""
        return f"{self.base}id/{type_}/{key}"

    def thing_parts(self, iri: str) -> tuple[str, str] | None:
        """Return (type, key) of a thing's IRI, or None if it is not a well-formed one."""
        match = _THING.fullmatch(self.relative(iri) or "")
        return (match[1], match[2]) if match else None

    def document(self, type_: str, key: str, suffix: str | None = None) -> str:
        """Return the IRI of the document about a thing, or of one of its representations."""
        return f"{self.base}doc/{type_}/{key}" + (f".{suffix}" if suffix else "")

    def document_of(self, iri: str) -> str | None:
        """Return the document about a thing given by IRI, or None if it is no thing of ours."""
        parts = self.thing_parts(iri)
        return self.document(*parts) if parts else None

    def list_(self, type_: str) -> str:
        """Return the IRI of the list of a type."""
        return f"{self.base}doc/{type_}"

    def graph(self, name: str) -> str:
        """Return the IRI of a named graph."""
        return f"{self.base}graph/{name}"

    def graph_name(self, iri: str) -> str | None:
        """Return the short name of one of our graphs, or None."""
        relative = self.relative(iri) or ""
        return relative[len("graph/") :] if relative.startswith("graph/") else None

    def dump(self, release: str, file: str) -> str:
        """Return the IRI of a dump file; `release` may be "latest"."""
        return f"{self.base}dump/{release}/{file}"

    def page(self, relative: str, language: Language) -> str:
        """Return the IRI of a page in one language, e.g. doc/stage/under-way.en.html."""
        return f"{self.base}{relative}.{language}.html"


def _is_base(base: str) -> bool:
    match = _BASE.fullmatch(base)
    try:
        urlsplit(base).port  # noqa: B018 - reading it checks its range
    except ValueError:
        return False
    return match is not None and not {".", ".."} & set(match[3].split("/"))
