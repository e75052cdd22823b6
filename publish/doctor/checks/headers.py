"""Checks of what answers say to caches and to the scripts of other sites: their headers."""

from __future__ import annotations

from publish.doctor import findings as f
from publish.doctor.checks.dereference import NO_RDF, entrance, things, unknown_thing, variants
from publish.doctor.checks.negotiation import NOTHING
from publish.doctor.http import Visit
from publish.doctor.site import Site
from publish.formats import HTML, TURTLE
from publish.i18n import Text

CHECKS = f.Checks("dereference")
#: Where a script that asks might be from.
ORIGIN = "https://lodpub-doctor.example"
CORS = f.Spec("Fetch, CORS protocol", "https://fetch.spec.whatwg.org/#http-cors-protocol")
#: Headers that HEAD must repeat.
_SAME = ("Content-Type", "Content-Length", "ETag", "Vary", "Content-Language", "Link", "Location")
#: Headers that 304 repeats if 200 has them (RFC 9110, 15.4.5).
_REPEATED = ("ETag", "Vary", "Cache-Control", "Content-Location")


@CHECKS.add(
    "vary",
    Text("選択に使った要求ヘッダーを Vary に書く", "Vary names the request headers that the choice depends on"),
    f.rfc(9110, "12.5.5"),
    Text(
        "Accept で変わる応答には、200だけでなく303・304・406にも「Vary: Accept」（言語で変わるなら Accept-Language も）を付けてください。",
        'Send "Vary: Accept" (and Accept-Language if the language is negotiated) with each answer '
        "that depends on it: 200, 303, 304 and 406.",
    ),
)  # fmt: skip
def _vary(site: Site) -> f.Result:
    door = entrance(site)
    at_door = [site.visitor.visit(door, format_.media_type) for format_ in variants(site)]
    depends = {(v.status, v.media_type, v.location) for v in at_door}
    if len(depends) < 2:
        what = Text("応答は Accept によって変わりません。", "Answers do not depend on Accept.")
        return f.skipped(what)
    refused = site.visitor.visit(door, NOTHING)
    needed = [*at_door, *([refused] if refused.status == 406 else [])]
    bad = [v.line("Vary") for v in needed if not {"accept", "*"} & v.vary]
    bad += _language_unsaid(site, door)
    if bad:
        what = Text("Vary に足りないものがあります。", "Vary lacks something.")
        return f.failed(what, *bad)
    what = Text("Vary に書かれています。", "Vary has them.")
    return f.passed(what, *(v.line("Vary") for v in needed))


def _language_unsaid(site: Site, door: str) -> list[str]:
    pages = [
        site.visitor.visit(door, HTML.media_type, {"Accept-Language": tag}) for tag in ("ja", "en")
    ]
    languages = {visit.headers.get("content-language", "") for visit in pages}
    if len(languages) < 2:
        return []
    return [v.line("Vary") for v in pages if not {"accept-language", "*"} & v.vary]


@CHECKS.add(
    "head-like-get",
    Text("HEADはGETと同じヘッダーを返す", "HEAD sends the headers of GET"),
    f.rfc(9110, "9.3.2"),
    Text(
        "GETが使えるURLではHEADも受け付け、Content-Length を含めて同じヘッダーを返してください。",
        "Accept HEAD wherever GET works, with the same headers, Content-Length included.",
    ),
)
def _head_like_get(site: Site) -> f.Result:
    urls = [
        (entrance(site), format_.media_type)
        for format_ in (TURTLE, HTML)
        if format_ in variants(site)
    ]
    urls.append((things(site)[0], TURTLE.media_type))
    return f.worst((_head(site, url, accept) for url, accept in dict.fromkeys(urls)), NO_RDF)


def _head(site: Site, url: str, accept: str) -> f.Result:
    got, head = site.visitor.visit(url, accept), site.visitor.visit(url, accept, method="HEAD")
    if head.status != got.status:
        what = Text("HEADの状態コードが異なります。", "HEAD has another status.")
        return f.failed(what, head.line(), got.line())
    differing = [n for n in _SAME if head.headers.get(n) != got.headers.get(n)]
    if not differing:
        what = Text("同じヘッダーです。", "The headers are the same.")
        return f.passed(what, head.line("Content-Length"))
    evidence = head.line(*differing), got.line(*differing)
    if differing == ["Content-Length"] and "Content-Length" not in head.headers:
        what = Text("HEADに Content-Length がありません。", "HEAD has no Content-Length.")
        return f.warned(what, *evidence)
    return f.failed(Text("ヘッダーが異なります。", "The headers differ."), *evidence)


@CHECKS.add(
    "etags-differ",
    Text("ETagがあり、形式ごとに異なる", "There are ETags, different for each format"),
    f.rfc(9110, "8.8.3"),
    Text(
        "ETagに形式・言語・内容符号化を含めて、表現ごとに異なる値にしてください。",
        "Make the ETag of format, language and content coding, so that each representation has "
        "its own.",
    ),
)
def _etags_differ(site: Site) -> f.Result:
    found = list(variants(site).values())
    lines = [visit.line("ETag") for visit in found]
    tags = [visit.headers["etag"] for visit in found if "etag" in visit.headers]
    if not found:
        return NO_RDF
    if len(tags) < len(found):
        return f.warned(Text("ETagのない応答があります。", "Some answers have no ETag."), *lines)
    if len(set(tags)) < len(tags):
        what = Text("異なる形式が同じETagです。", "Different formats share an ETag.")
        return f.failed(what, *lines)
    return f.passed(Text("形式ごとに異なります。", "They are different."), *lines)


@CHECKS.add(
    "not-modified",
    Text("変わっていなければ、必要なヘッダーとともに304を返す", "What has not changed is 304, with its headers"),
    f.rfc(9110, "15.4.5"),
    Text(
        "If-None-Match を評価し、一致すれば304を、200と同じ ETag・Vary・Cache-Control とともに返してください。",
        "Evaluate If-None-Match; if it fits, answer 304 with the ETag, Vary and Cache-Control that "
        "200 would have.",
    ),
)  # fmt: skip
def _not_modified(site: Site) -> f.Result:
    tagged = [v for v in variants(site).values() if "etag" in v.headers]
    return f.worst(
        (_again(site, visit) for visit in tagged[:2]),
        f.skipped(Text("ETagがありません。", "There are no ETags.")),
    )


def _again(site: Site, visit: Visit) -> f.Result:
    tag = visit.headers["etag"]
    again = site.visitor.visit(visit.url, visit.sent.get("Accept"), {"If-None-Match": tag})
    if again.status != 304:
        return f.failed(Text("304になりません。", "It is not 304."), again.line("ETag"))
    names = [n for n in _REPEATED if again.headers.get(n) != visit.headers.get(n)]
    if names:
        what = Text("304に足りないヘッダーがあります。", "The 304 lacks headers.")
        return f.failed(what, again.line(*names), visit.line(*names))
    return f.passed(Text("304になります。", "It is 304."), again.line(*_REPEATED))


@CHECKS.add(
    "cors-data",
    Text("他のサイトのスクリプトがデータを読める（CORS）", "Scripts of other sites can read the data (CORS)"),
    CORS,
    Text(
        "公開データの応答すべて（303を含む）に「Access-Control-Allow-Origin: *」を、資格情報の許可なしに付けてください。",
        'Send "Access-Control-Allow-Origin: *" without credentials with every answer about public '
        "data, 303 included.",
    ),
)  # fmt: skip
def _cors_data(site: Site) -> f.Result:
    chain = site.visitor.follow(things(site)[0], TURTLE.media_type, {"Origin": ORIGIN})
    name, credentials = "Access-Control-Allow-Origin", "Access-Control-Allow-Credentials"
    lines = [visit.line(name) for visit in chain]
    if any(not allows(visit) for visit in chain):
        return f.failed(Text("許可がありません。", "There is no permission."), *lines)
    if any(visit.headers.get(credentials) == "true" for visit in chain):
        what = Text("資格情報まで許可しています。", "Credentials are allowed, too.")
        return f.failed(what, *(visit.line(name, credentials) for visit in chain))
    exposed = chain[-1].headers.get("access-control-expose-headers", "").lower()
    if "*" not in exposed and "link" not in exposed:
        what = Text(
            "スクリプトから Link などのヘッダーが読めません（Access-Control-Expose-Headers）。",
            "Scripts cannot read headers such as Link (Access-Control-Expose-Headers).",
        )
        return f.warned(what, chain[-1].line("Access-Control-Expose-Headers"))
    return f.passed(Text("読めます。", "They can."), *lines)


def allows(visit: Visit) -> bool:
    """Tell whether an answer may be read by the scripts of another site."""
    return visit.headers.get("access-control-allow-origin", "") in ("*", ORIGIN)


@CHECKS.add(
    "cors-errors",
    Text("エラーの応答もスクリプトから読める（CORS）", "Scripts can read errors, too (CORS)"),
    CORS,
    Text(
        "404や406にも Access-Control-Allow-Origin を付けてください（Webサーバーによっては「always」の指定が要ります）。",
        'Send Access-Control-Allow-Origin with 404 and 406 as well; some web servers need "always".',
    ),
)
def _cors_errors(site: Site) -> f.Result:
    visits = [
        site.visitor.follow(url, accept, {"Origin": ORIGIN})[-1]
        for url, accept in ((unknown_thing(site), TURTLE.media_type), (entrance(site), NOTHING))
    ]
    errors = [visit for visit in visits if visit.status // 100 == 4]
    lines = [visit.line("Access-Control-Allow-Origin") for visit in errors]
    if not errors:
        return f.skipped(Text("エラーの応答がありません。", "There are no errors to look at."))
    if all(allows(visit) for visit in errors):
        return f.passed(Text("読めます。", "They can."), *lines)
    return f.warned(Text("読めません。", "They cannot."), *lines)
