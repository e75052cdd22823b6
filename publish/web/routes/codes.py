"""`/code/{code}`: a local government code leads by 303 to the document about what has it now.

What was merged or withdrawn leads on to what took its place, and the Link header says why; where
nothing did, the answer is 410 as for the thing itself. Whatever is no code of something here is
404: unknown, malformed, or with a wrong check digit, which is explained.
"""

from __future__ import annotations

import csv
import io
import json
from typing import Any
from urllib.parse import quote

from flask import Blueprint, Response, request

from publish.formats import CSV, JSON
from publish.i18n import LANGUAGES, Text
from publish.search.successors import Located, Successors
from publish.web.app.base_path import site
from publish.web.app.problems import Refusal, Way
from publish.web.app.requests import entries
from publish.web.app.respond import CURRENT, NO_STORE, link, redirected
from publish.web.app.site import Site
from publish.web.http.negotiate import choose

blueprint = Blueprint("codes", __name__)

_MEANT = Text("コード {code}", "Code {code}")
_SEVERAL = Text(
    "コード「{code}」のものの後を継ぐものは、いくつかあります。",
    'Several things have taken the place of what had the code "{code}".',
)
_LIST = Text("公開を終えたものの一覧", "All that was withdrawn")
_COLUMNS = (
    "code", "uri", "type", "name_ja", "name_en", "former_uri", "note_ja", "note_en",
    "problem_ja", "problem_en",
)  # fmt: skip


@blueprint.get("/code/<code>")
def lookup(code: str) -> Response:
    """Answer 303 to the document about the thing that has a code; 404, 410 or 300 if not one."""
    here = site()
    found = _successors(here).locate(code)
    if found.problem:
        raise _refusal(here, found)
    if len(found.iris) > 1:
        ways = [Way(here.iris.path(iri), here.names(iri)) for iri in found.iris]
        raise Refusal(300, _SEVERAL.format(code=code), tuple(ways), {"uris": list(found.iris)})
    (iri,) = found.iris
    document = here.iris.path(here.iris.document_of(iri) or iri)
    response = redirected(document, 303, CURRENT)
    response.vary.update(["Accept", "Accept-Language"])
    response.headers.add("Link", link(document, "describedby"))
    response.headers.add("Link", link(iri, "canonical"))
    if found.old and found.because:
        # RFC 8288, section 3.4.1: what is not ASCII is encoded
        why = f"; title*=UTF-8'en'{quote(found.because.en)}"
        response.headers.add("Link", link(found.old, "predecessor-version") + why)
    return response


def _refusal(here: Site, found: Located) -> Refusal:
    ways = [Way(f"{here.iris.root}code/{one}", _MEANT.format(code=one)) for one in found.meant]
    if found.is_gone:
        ways.append(Way(f"{here.iris.root}changes#withdrawn", _LIST))
    members = {"code": found.asked} | ({"former": found.old} if found.old else {})
    return Refusal(410 if found.is_gone else 404, found.problem, tuple(ways), members)


@blueprint.post("/code")
def batch() -> Response:
    """Answer with a table of the codes that are sent: as JSON or CSV, in their order."""
    here = site()
    successors = _successors(here)
    located = [successors.locate(code) for code in entries("codes")]
    rows = [row for found in located for row in _rows(here, found)]
    format_ = choose(request.headers.get("Accept"), (JSON, CSV))
    if format_ is None:
        raise Refusal(406)
    response = Response(
        _as_csv(rows) if format_ == CSV else _as_json(rows), content_type=format_.content_type
    )
    response.headers["Cache-Control"] = NO_STORE
    response.vary.add("Accept")
    return response


def _successors(here: Site) -> Successors:
    release = here.release
    return Successors(release.matcher.index, here.store, here.iris, release.withdrawn)


def _rows(here: Site, found: Located) -> list[dict[str, str]]:
    """Return the rows for a code: one for each thing that it leads to, or one with the problem."""
    shared = {"code": found.asked, "former_uri": found.old or ""}
    shared |= _both("note", found.because) | _both("problem", found.problem)
    things = [
        {"uri": iri, "type": _type(here, iri), **_both("name", here.names(iri))}
        for iri in found.iris
    ]
    return [shared | thing for thing in things or [{}]]


def _type(here: Site, iri: str) -> str:
    kind = here.kind_of(iri)
    return kind.segment if kind else ""


def _both(name: str, text: Text | None) -> dict[str, str]:
    return {f"{name}_{one}": text.in_(one) for one in LANGUAGES} if text else {}


def _as_csv(rows: list[dict[str, str]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, _COLUMNS, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return _encoded(out.getvalue())


def _as_json(rows: list[dict[str, str]]) -> bytes:
    stated: list[dict[str, Any]] = [
        {name: row[name] for name in _COLUMNS if row.get(name)} for row in rows
    ]
    return _encoded(json.dumps({"codes": stated}, ensure_ascii=False, indent=1) + "\n")


def _encoded(text: str) -> bytes:
    # half a surrogate pair can come with a request, but is no text
    return text.encode(errors="replace")
