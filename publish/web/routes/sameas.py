"""`/sameas`: which of ours is which of theirs, as a page, as JSON, and as the statements.

By GET for a few IRIs (`uri=`, several times), by POST for up to a thousand. Only the release is
looked up: nothing is fetched, whatever IRI is given.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote, urlencode

from flask import Blueprint, Response, request

from publish.formats import HTML, JSON, RDF_FORMATS, Format, by_suffix
from publish.i18n import Language, Text, known
from publish.linksets.sameas import Answer, Identities, Tie, readable
from publish.web.app.base_path import site
from publish.web.app.problems import Refusal, Way, not_found
from publish.web.app.requests import MOST_ENTRIES, bounded, entries
from publish.web.app.respond import NO_STORE, Resource, answer, link
from publish.web.app.site import Site
from publish.web.app.view import View
from publish.web.http.negotiate import choose, choose_language

blueprint = Blueprint("identity", __name__)

_STEM = "sameas"
_FORMATS = (HTML, JSON, *RDF_FORMATS)
#: What is written back to a program that sends a list and does not say what it accepts.
_OF_LISTS = (JSON, HTML, *RDF_FORMATS)
_ASK = Text(
    "調べるIRIを uri= に書いてください。", "Give the IRI to look up in uri=."
)  # fmt: skip
_FORM = Text("別のIRIを調べる", "Look up another IRI")
_SUCCESSOR = Text("後を継ぐもの：{name}", "Its successor: {name}")


@blueprint.get("/sameas")
@blueprint.get("/sameas.<suffix>")
def lookup(suffix: str | None = None) -> Response:
    """Answer with what corresponds to the IRIs of the parameters `uri`; 404 if nothing does."""
    here = site()
    asked = [text for text in request.args.getlist("uri") if text.strip()]
    if not asked and _chosen(suffix, _FORMATS)[0] != HTML:
        raise Refusal(400, _ASK, (Way(f"{here.iris.root}{_STEM}", _FORM, HTML.media_type),))
    found = _found(here, bounded(asked)) if asked else []
    resource = _resource(here, found)
    missing = bool(found) and not any(one.is_known for one in found)
    response = (
        _missing(here, resource, found, suffix) if missing else answer(here, resource, suffix)
    )
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@blueprint.post("/sameas")
@blueprint.post("/sameas.<suffix>")
def batch(suffix: str | None = None) -> Response:
    """Answer with what corresponds to each IRI of a list that is sent; nothing is kept."""
    here = site()
    found = _found(here, entries("uris"))
    format_, language = _chosen(suffix, _OF_LISTS)
    if format_ == HTML:
        content: str | bytes = _page(_view(here, Resource(_STEM, (HTML,)), language), found)
    else:
        content = _data(here, found, format_)
    return _sent(content, format_, language, 200)


def _found(here: Site, asked: Sequence[str]) -> list[Answer]:
    identities = _identities(here)
    return [identities.find(text) for text in asked]


def _identities(here: Site) -> Identities:
    return Identities(here.store, here.iris, here.release.withdrawn)


def _resource(here: Site, found: Sequence[Answer]) -> Resource:
    asked = urlencode([("uri", one.asked) for one in found], quote_via=quote)
    return Resource(
        _STEM,
        _FORMATS if found else (HTML,),
        page=lambda view: _page(view, found),
        data=lambda format_: _data(here, found, format_),
        query=f"?{asked}" if asked else "",
    )


def _page(view: View, found: Sequence[Answer]) -> str:
    here = view.site
    # looked for in all links: on the page without an answer only, which is kept
    examples = () if found else _identities(here).examples
    known = [one.asked for one in found] or [tie.theirs for tie in examples]
    return view.render(
        "sameas.html",
        found=found,
        asked=readable(found[0].asked) if len(found) == 1 else "",
        sample=next(iter(known), ""),
        text="\n".join(readable(one.asked) for one in found) if len(found) > 1 else "",
        most=MOST_ENTRIES,
        successor=lambda one: _successor(here, one),
        examples=examples,
    )


def _successor(here: Site, one: Answer) -> str | None:
    return one.withdrawal.successor_iri(here.iris) if one.withdrawal else None


def _data(here: Site, found: Sequence[Answer], format_: Format) -> bytes:
    if format_ == JSON:
        content = {"results": [_as_json(here, one) for one in found]}
        text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
        # half a surrogate pair can come with a request, but is no text
        return text.encode(errors="replace")
    quads = sorted({tie.quad for one in found for tie in one.ties}, key=str)
    return here.release.serialiser.write(quads, format_)


def _as_json(here: Site, one: Answer) -> dict[str, Any]:
    said: dict[str, Any] = {"uri": one.asked}
    if one.iri:
        said |= {"iri": one.iri, "ours": one.is_ours}
    said["links"] = [_tie_as_json(here, tie) for tie in one.ties]
    if one.problem:
        said["problem"] = one.problem.as_json()
    if successor := _successor(here, one):
        said["successor"] = successor
    return said


def _tie_as_json(here: Site, tie: Tie) -> dict[str, Any]:
    kind = here.kind_of(tie.ours)
    said: dict[str, Any] = {
        "ours": tie.ours,
        "name": here.names(tie.ours).as_json(),
        "type": kind.segment if kind else None,
        "relation": tie.relation,
        "theirs": tie.theirs,
    }
    if tie.linkset:
        said["linkset"] = {"iri": tie.linkset, "name": here.names(tie.linkset).as_json()}
    return said | ({"confidence": tie.confidence} if tie.confidence else {})


def _missing(
    here: Site, resource: Resource, found: Sequence[Answer], suffix: str | None
) -> Response:
    """Return the answer 404, or 410 for what was withdrawn: the form again, or the problem."""
    format_, language = _chosen(suffix, _FORMATS)
    status = 410 if all(one.withdrawal for one in found) else 404
    if format_ == HTML:
        return _sent(_page(_view(here, resource, language), found), HTML, language, status)
    said = [one.problem for one in found if one.problem]
    text = Text("".join(one.ja for one in said), " ".join(one.en for one in said))
    successors = [iri for one in found if (iri := _successor(here, one))]
    ways = [Way(here.iris.path(iri), _SUCCESSOR.format(name=here.names(iri))) for iri in successors]
    members = {"results": [_as_json(here, one) for one in found]}
    headers = {"Link": ", ".join(link(iri, "successor-version") for iri in successors)}
    ways.append(Way(f"{here.iris.root}{_STEM}", _FORM, HTML.media_type))
    raise Refusal(status, text, tuple(ways), members, headers if successors else {})


def _chosen(suffix: str | None, among: tuple[Format, ...]) -> tuple[Format, Language]:
    """Return format and language that a request asks for; raises Refusal 404 or 406."""
    language = known(request.args.get("lang", ""))
    language = language or choose_language(request.headers.get("Accept-Language"))
    if suffix is None:
        format_ = choose(request.headers.get("Accept"), among)
        if format_ is None:
            raise Refusal(406)
        return format_, language
    tag, dot, rest = suffix.rpartition(".")
    format_ = by_suffix(rest, among)
    if format_ is None or (dot and (format_ != HTML or not known(tag))):
        raise not_found()
    return format_, known(tag) or language


def _view(here: Site, resource: Resource, language: Language) -> View:
    return View(here, language, resource.stem, resource.query, resource.variants)


def _sent(content: str | bytes, format_: Format, language: Language, status: int) -> Response:
    response = Response(content, status, content_type=format_.content_type)
    response.headers["Cache-Control"] = NO_STORE
    response.headers["X-Robots-Tag"] = "noindex"
    response.vary.update(["Accept", "Accept-Language"])
    if format_ == HTML:
        response.headers["Content-Language"] = language
    return response
