"""Checks of the formats of a document: which there are, whether they agree, how they are chosen."""

from __future__ import annotations

from collections.abc import Iterator

from publish.doctor import findings as f
from publish.doctor.checks.dereference import (
    NO_RDF,
    asked,
    entrance,
    rdf_variants,
    things,
    variants,
)
from publish.doctor.html import header_links, related
from publish.doctor.http import Visit, absolute
from publish.doctor.rdf_process import Reading
from publish.doctor.site import Site
from publish.formats import DOCUMENT_FORMATS, HTML, JSONLD, RDF_FORMATS, TURTLE, Format
from publish.i18n import Text

CHECKS = f.Checks("dereference")
#: What no site has.
NOTHING = "application/x-lodpub-doctor"
_BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"
#: Accept headers that must not lead to an error (None: no header at all).
LENIENT = (None, "", "*/*", _BROWSER, "text/turtle;q=abc, */*", "text/turtle;;, ,*/*;q=0.1")


@CHECKS.add(
    "formats-negotiated",
    Text("RDFの各形式を Accept で選べる", "RDF formats can be chosen by Accept"),
    f.rfc(9110, "12.5.1"),
    Text(
        "少なくとも text/turtle と application/ld+json を Accept で選べるようにしてください。",
        "Let clients choose at least text/turtle and application/ld+json by Accept.",
    ),
)
def _formats_negotiated(site: Site) -> f.Result:
    found = rdf_variants(site)
    lines = [asked(site, format_).line("Content-Type") for format_ in RDF_FORMATS]
    if not found:
        return f.failed(Text("RDFが得られません。", "There is no RDF."), *lines)
    names = ", ".join(format_.label.en for format_ in found)
    missing = [format_.label.en for format_ in (TURTLE, JSONLD) if format_ not in found]
    if missing:
        what = Text("{missing} がありません。", "{missing} is missing.")
        return f.warned(what.format(missing=", ".join(missing)), *lines)
    return f.passed(Text("{names} があります。", "There are {names}.").format(names=names), *lines)


@CHECKS.add(
    "formats-labelled",
    Text("メディアタイプと文字符号化が正しい", "Media types and charsets are right"),
    f.w3c("turtle", "Turtle, media type", "sec-mediaReg"),
    Text(
        "IANAに登録されたメディアタイプ（text/turtle; charset=utf-8、application/ld+json など）を返し、本文はUTF-8にしてください。",
        "Send the media types registered with IANA, such as text/turtle; charset=utf-8 or "
        "application/ld+json, and write the content in UTF-8.",
    ),
)
def _formats_labelled(site: Site) -> f.Result:
    return f.worst((_labelled(*form) for form in variants(site).items()), NO_RDF)


def _labelled(format_: Format, visit: Visit) -> f.Result:
    line = visit.line("Content-Type")
    if visit.charset not in ("", "utf-8", "utf8", "us-ascii") and format_ in RDF_FORMATS:
        what = Text("文字符号化がUTF-8ではありません。", "The charset is not UTF-8.")
        return f.failed(what, line)
    try:
        visit.body.decode(visit.charset or "utf-8")
    except (UnicodeDecodeError, LookupError):
        what = Text(
            "本文が、示された文字符号化ではありません。",
            "The content is not in the charset stated.",
        )
        return f.failed(what, line)
    if visit.media_type != format_.media_type and format_ != HTML:
        what = Text("{type} が本来のメディアタイプです。", "Its registered media type is {type}.")
        return f.warned(what.format(type=format_.media_type), line)
    if format_ == HTML and not visit.charset:
        what = Text("HTMLに charset がありません。", "The charset of the HTML is not stated.")
        return f.warned(what, line)
    return f.passed(Text("正しく示されています。", "They are right."), line)


def _readings(site: Site) -> dict[Format, tuple[Visit, Reading]]:
    return {format_: (visit, site.read(visit)) for format_, visit in rdf_variants(site).items()}


@CHECKS.add(
    "formats-parse",
    Text("どの形式も構文が正しい", "Every format is well-formed"),
    f.w3c("rdf11-concepts", "RDF 1.1 Concepts"),
    Text(
        "書き出しには文字列の連結ではなくRDFライブラリーを使い、公開前に解析して確かめてください。",
        "Write RDF with a library, not by joining strings, and parse it before it is published.",
    ),
)
@f.worst_of(NO_RDF)
def _formats_parse(site: Site) -> Iterator[f.Result]:
    for visit, reading in _readings(site).values():
        if reading.problem:
            yield f.failed(reading.problem, visit.line("Content-Type"))
        else:
            what = Text("解析できます。", "They can be parsed.")
            yield f.passed(what, f"{visit.line('Content-Type')}: {reading.count} triples")


@CHECKS.add(
    "formats-agree",
    Text("どの形式も同じトリプルを述べる", "All formats state the same triples"),
    f.rfc(9110, "3.2"),
    Text(
        "すべての形式を同じグラフから書き出してください。相対IRI、言語タグ、データ型、空白ノードの扱いを確かめてください。",
        "Write all formats from the same graph. Check relative IRIs, language tags, datatypes and "
        "blank nodes.",
    ),
)
def _formats_agree(site: Site) -> f.Result:
    readings = {format_: r for format_, (_, r) in _readings(site).items() if not r.problem}
    if len(readings) < 2:
        what = Text("比べられる形式が二つありません。", "There are no two formats to compare.")
        return f.skipped(what)
    (first, model), *others = readings.items()
    return f.worst((_agreeing(first, model, *other) for other in others), NO_RDF)


def _agreeing(first: Format, model: Reading, other: Format, reading: Reading) -> f.Result:
    names = f"{first.suffix} = {model.count}, {other.suffix} = {reading.count}"
    canonical = model.is_canonical and reading.is_canonical
    if model.digest == reading.digest or (not canonical and model.count == reading.count):
        return f.passed(Text("同じトリプルです。", "They are the same triples."), names)
    only = [
        f"{name}: {' '.join(str(term) for term in triple)}"[:300]
        for name, triples in (
            (first.suffix, model.triples - reading.triples),
            (other.suffix, reading.triples - model.triples),
        )
        for triple in sorted(triples, key=str)[:2]
    ]
    return f.failed(Text("トリプルが異なります。", "The triples differ."), names, *only)


@CHECKS.add(
    "variant-addresses",
    Text("形式ごとに固有のURLがある", "Each format has a URL of its own"),
    f.rfc(9110, "8.7"),
    Text(
        '形式ごとのURLを設けて、交渉した応答の Content-Location（又は Link: rel="alternate"）に書き、そのURLでは Accept にかかわらずその形式を返してください。',
        "Give each format a URL, state it as Content-Location of the negotiated answer or as "
        'Link: rel="alternate", and send that format there whatever the Accept.',
    ),
)
def _variant_addresses(site: Site) -> f.Result:
    return f.worst((_address(site, *form) for form in variants(site).items()), NO_RDF)


def _address(site: Site, format_: Format, visit: Visit) -> f.Result:
    own = visit.headers.get("content-location")
    places = [link.url for link in related(visit, "alternate") if link.type == format_.media_type]
    place = absolute(visit.url, own) if own else next(iter(places), None)
    if place is None:
        if visit.url != entrance(site):
            place = visit.url  # the redirect has led to a URL of this format
        else:
            what = Text("固有のURLが示されていません。", "A URL of its own is not stated.")
            return f.warned(what, visit.line("Content-Location"))
    if not site.visitor.may(place):
        return f.skipped(Text("別のホストにあります。", "It is on another host."), place)
    adverse = TURTLE if format_ == HTML else HTML
    there = site.visitor.follow(place, adverse.media_type)[-1]
    if there.status != 200 or there.media_type != visit.media_type:
        what = Text("固有のURLでその形式が得られません。", "Its own URL does not give the format.")
        return f.failed(what, there.line("Content-Type"))
    what = Text("固有のURLがあります。", "There are URLs of their own.")
    return f.passed(what, there.line("Content-Type"))


@CHECKS.add(
    "not-acceptable",
    Text("提供していない形式には、選択肢を示して406を返す", "What does not exist is answered by 406 with the choices"),
    f.rfc(9110, "15.5.7"),
    Text(
        "Accept に合う形式がなければ406とし、本文か Link に提供している形式のURLを並べてください。",
        "If nothing fits Accept, answer 406 and list the URLs of the formats that exist, in the "
        "content or as Link.",
    ),
)  # fmt: skip
def _not_acceptable(site: Site) -> f.Result:
    visit = site.visitor.follow(things(site)[0], NOTHING)[-1]
    if visit.status == 406:
        types = {link.type for link in header_links(visit)}
        text = visit.body.decode("utf-8", "replace")
        if any(
            format_.media_type in types or format_.media_type in text
            for format_ in DOCUMENT_FORMATS
        ):
            what = Text("406と選択肢を返します。", "It is 406 with the choices.")
            return f.passed(what, visit.line())
        what = Text("406ですが、選択肢を示していません。", "It is 406, but without the choices.")
        return f.warned(what, visit.line())
    what = Text("406ではなく{status}です。", "It is {status}, not 406.").format(status=visit.status)
    return (f.warned if visit.status == 200 else f.failed)(what, visit.line("Content-Type"))


@CHECKS.add(
    "lenient-accept",
    Text("Accept がない・空・*/*・崩れている場合にも答える", "No, empty, any and malformed Accept are answered"),
    f.rfc(9110, "12.5.1"),
    Text(
        "Accept がない場合、空の場合、*/* の場合は既定の形式を返し、解釈できない要素は読み飛ばしてください。",
        "Send a default format without Accept, with an empty one and with */*; skip elements that "
        "cannot be read.",
    ),
)  # fmt: skip
def _lenient_accept(site: Site) -> f.Result:
    visits = [site.visitor.follow(entrance(site), accept)[-1] for accept in LENIENT]
    bad = [visit.line("Content-Type") for visit in visits if visit.status != 200]
    if bad:
        what = Text("エラーになる Accept があります。", "Some Accept leads to an error.")
        return f.failed(what, *bad)
    what = Text("どの Accept にも答えます。", "They are all answered.")
    return f.passed(what, *(visit.line("Content-Type") for visit in visits))


@CHECKS.add(
    "browsers-get-pages",
    Text("ブラウザーには、読めるページを返す", "Browsers get a page to read"),
    f.w3c("cooluris", "Cool URIs for the Semantic Web"),
    Text(
        "ブラウザーの Accept には text/html を返し、生のRDFを表示・保存させないでください。",
        "Answer the Accept of browsers with text/html, so that they neither show nor save raw RDF.",
    ),
)
def _browsers_get_pages(site: Site) -> f.Result:
    visit = site.visitor.follow(entrance(site), _BROWSER)[-1]
    if visit.media_type in (HTML.media_type, *HTML.aliases):
        what = Text("ページが得られます。", "There is a page.")
        return f.passed(what, visit.line("Content-Type"))
    what = Text("ブラウザーにページを返しません。", "Browsers do not get a page.")
    return f.warned(what, visit.line("Content-Type"))
