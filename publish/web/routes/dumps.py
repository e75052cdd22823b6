"""Dumps and releases: everything at once, under addresses that never change their content."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, Response, current_app, request
from werkzeug.exceptions import RequestedRangeNotSatisfiable
from werkzeug.wsgi import wrap_file

from publish import formats
from publish.errors import ReleaseError
from publish.formats import CSV, CSVW, GZIP, HTML, JSON, RDF_FORMATS, TEXT, ZSTD, Format
from publish.project.dataset import CATALOG
from publish.rdf.terms import node, triples
from publish.release.dumps import DIRECTORY, METADATA, SUMS, Dump, dumps_of
from publish.release.manifest import NAME, File, Manifest, described
from publish.release.parts import Part, read_parts
from publish.shacl.shapes import Kind
from publish.web.app.base_path import site
from publish.web.app.problems import not_found
from publish.web.app.respond import (
    IMMUTABLE,
    NO_CACHE,
    Resource,
    answer,
    conditional,
    link,
    redirected,
    taken_apart,
)
from publish.web.app.site import Site
from publish.web.app.view import View
from publish.web.routes import changes

blueprint = Blueprint("dump", __name__)

#: Whether a table has a row of headers (RFC 4180, section 3).
_HEADER = "; header=present"
_TABLE = f".{CSV.suffix}"
#: Read rather than kept: shown by a browser instead of being saved.
_SHOWN = (CSVW, TEXT)


@dataclass(frozen=True)
class Group:
    """The files of a data set as a page shows them.

    `rows` has the RDF formats, with the plain file, that of gzip and that of Zstandard; `tables`
    the types of things, with the table, the one for Excel, and the metadata.
    """

    part: Part
    rows: tuple[tuple[Format, tuple[File | None, ...]], ...]
    tables: tuple[tuple[Kind, tuple[File | None, ...]], ...]

    @property
    def files(self) -> tuple[File, ...]:
        """Return all files, in the order in which they are shown."""
        shown = [file for _, files in (*self.rows, *self.tables) for file in files]
        return tuple(file for file in shown if file)


def _releases() -> Path:
    directory: Path = current_app.config["RELEASES"]
    return directory


@blueprint.get("/dump")
@blueprint.get("/dump.<suffix>")
def dumps(suffix: str | None = None) -> Response:
    """Answer with the page that leads to the dumps."""
    here = site()

    def page(view: View) -> str:
        manifest = here.release.manifest
        sums = manifest.file(f"{DIRECTORY}/{SUMS}")
        return view.render("dump.html", manifest=manifest, groups=_groups(here), sums=sums)

    return answer(here, Resource("dump", (HTML,), page=page), suffix)


def _groups(here: Site) -> list[Group]:
    """Return the files of the current release by data set."""
    manifest = here.release.manifest
    graph = node(here.iris.graph(CATALOG))
    parts = read_parts(triples(here.store, graph=graph), here.iris)
    found = dumps_of(manifest.dumps(), parts, here.shapes)
    return [_group(part, [one for one in found if one.part == part], manifest) for part in parts]


def _group(part: Part, own: Iterable[Dump], manifest: Manifest) -> Group:
    rdf: dict[Format, dict[Format | None, File]] = {}
    tables: dict[str, tuple[Kind, dict[bool, File]]] = {}
    for one in own:
        if one.kind:
            tables.setdefault(one.kind.segment, (one.kind, {}))[1][one.for_excel] = one.file
        else:
            rdf.setdefault(one.format, {})[one.compression] = one.file
    rows = ((format_, rdf[format_]) for format_ in RDF_FORMATS if format_ in rdf)
    ordered = sorted(tables.values(), key=lambda pair: (pair[0].order, pair[0].segment))
    return Group(
        part,
        tuple((format_, tuple(map(files.get, (None, GZIP, ZSTD)))) for format_, files in rows),
        tuple(
            (kind, (files.get(False), files.get(True), manifest.file(_metadata(kind))))
            for kind, files in ordered
        ),
    )


def _metadata(kind: Kind) -> str:
    return f"{DIRECTORY}/{kind.segment}{_TABLE}{METADATA}"


@blueprint.get("/dump/latest/<path:name>")
def latest(name: str) -> Response:
    """Lead to a dump of the current release."""
    here = site()
    if here.release.manifest.file(f"{DIRECTORY}/{name}") is None:
        raise not_found()
    dump = here.iris.dump(here.release.id, name)
    return redirected(here.iris.path(dump), 302, NO_CACHE)


@blueprint.get("/dump/<release>/<path:name>")
def dump(release: str, name: str) -> Response:
    """Answer with a dump; only files that the manifest lists exist."""
    manifest = _manifest(release)
    file = manifest.file(f"{DIRECTORY}/{name}")
    if file is None:
        raise not_found()
    response = _unchanging(_releases() / release / file.path, file, content_type(name))
    if response.status_code != 304:
        way = "inline" if _format(name) in _SHOWN else "attachment"
        # the name under which checksums and metadata know the file
        response.headers["Content-Disposition"] = f'{way}; filename="{name.replace("/", "-")}"'
        for value in _links(manifest, name):
            response.headers.add("Link", value)
    return response


def _links(manifest: Manifest, name: str) -> Iterable[str]:
    """Yield the links between a table and its metadata (CSVW, "Locating Metadata")."""
    if name.endswith(_TABLE) and manifest.file(f"{DIRECTORY}/{name}{METADATA}"):
        yield link(name + METADATA, "describedby", type=CSVW.media_type)
    elif name.endswith(_TABLE + METADATA):
        yield link(name.removesuffix(METADATA), "describes", type=CSV.media_type)


def _unchanging(path: Path, file: File, type_: str) -> Response:
    """Return a response with a file, or 304, that may be kept for ever."""
    return conditional(lambda: _sent(path, file, type_), f'"{file.sha256}"', cache=IMMUTABLE)


def _sent(path: Path, file: File, type_: str) -> Response:
    response = Response(
        wrap_file(request.environ, path.open("rb"), 1 << 16),
        content_type=type_,
        direct_passthrough=True,
    )
    response.content_length = file.size
    response.headers["ETag"] = f'"{file.sha256}"'
    try:
        # answers Range and If-Range; the other conditions have been looked at
        response.make_conditional(request.environ, accept_ranges=True, complete_length=file.size)
    except RequestedRangeNotSatisfiable:
        response.close()
        raise
    return response


def content_type(name: str) -> str:
    """Return the content type of a dump file, by its name.

    >>> content_type("all.ttl"), content_type("all.ttl.zst"), content_type("town.csv")
    ('text/turtle; charset=utf-8', 'application/zstd', 'text/csv; charset=utf-8; header=present')
    """
    found = _format(name)
    return found.content_type + (_HEADER if found == CSV else "") if found else _UNKNOWN


_UNKNOWN = "application/octet-stream"


def _format(name: str) -> Format | None:
    if name == SUMS:
        return TEXT
    if name.endswith(_TABLE + METADATA):
        return CSVW
    return formats.by_suffix(name.rpartition(".")[2], (*RDF_FORMATS, CSV, GZIP, ZSTD))


def _manifest(release: str) -> Manifest:
    """Return the manifest of a release by id; raises Refusal 404."""
    here = site().release
    if release == here.id:
        return here.manifest
    if not (len(release) == 12 and release.isascii() and release.isalnum()):
        raise not_found()
    try:
        return Manifest.read(_releases() / release)
    except ReleaseError as error:
        raise not_found() from error


@blueprint.get("/release/<name>")
def release(name: str) -> Response:
    """Answer with the page about a release, or its manifest: the file as it was built."""
    here = site()
    key, suffix = taken_apart(name)
    manifest = _manifest(key)
    directory = _releases() / key
    if suffix == JSON.suffix:
        path = directory / NAME
        return _unchanging(path, described(directory, path), JSON.content_type)

    known = changes.history()
    everything, line = known.all(), known.line(here.release.manifest)

    def page(view: View) -> str:
        step = changes.step_of(line, manifest)
        return view.render(
            "release.html",
            manifest=manifest,
            others=[other for other in everything if other.release != key],
            files=_by_stem(manifest.dumps()),
            step=step,
        )

    def data(_: Format) -> bytes:
        return (directory / NAME).read_bytes()

    state = known.state((*line, *everything))
    resource = Resource(f"release/{key}", (HTML, JSON), page=page, data=data, state=state)
    return answer(here, resource, suffix)


def _by_stem(files: Iterable[File]) -> dict[str, list[tuple[str, File]]]:
    """Return (what tells it from the others, file) by the first part of the files' names."""
    found: dict[str, list[tuple[str, File]]] = {}
    for file in files:
        stem, _, rest = file.path.removeprefix(f"{DIRECTORY}/").partition(".")
        found.setdefault(stem, []).append((rest or stem, file))
    return found
