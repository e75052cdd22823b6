"""Checks of what people and search engines see: links, languages, data embedded in pages."""

from __future__ import annotations

from collections.abc import Iterator

from publish.doctor import findings as f
from publish.doctor.checks.dereference import NO_RDF, variants
from publish.doctor.html import embedded, header_links, links, page_language, related
from publish.doctor.http import Visit
from publish.doctor.site import Site
from publish.formats import HTML, TURTLE
from publish.i18n import Text

CHECKS = f.Checks("dereference")
_NO_PAGE = f.skipped(Text("HTMLがありません。", "There is no HTML."))


@CHECKS.add(
    "links",
    Text("他の形式・説明・ライセンスへの Link がある", "Links lead to other formats, the description and the licence"),
    f.rfc(8288, "3"),
    Text(
        "Link ヘッダー（HTMLでは link 要素でもよい）に rel=\"alternate\"（typeつき）、\"describedby\"、\"license\" を書いてください。",
        'State rel="alternate" with type, "describedby" and "license" as Link headers (in HTML also '
        "as link elements).",
    ),
)  # fmt: skip
@f.worst_of(NO_RDF)
def _links(site: Site) -> Iterator[f.Result]:
    for format_ in (TURTLE, HTML):
        if visit := variants(site).get(format_):
            relations = {r for link in links(visit) for r in link.relations}
            missing = [r for r in ("alternate", "describedby", "license") if r not in relations]
            what = Text("{missing} がありません。", "{missing} is missing.")
            if missing:
                yield f.warned(what.format(missing=", ".join(missing)), visit.line("Link"))
            else:
                line = f"{visit.line()}: {len(header_links(visit))} Link"
                yield f.passed(Text("そろっています。", "They are there."), line)


@CHECKS.add(
    "page-language",
    Text("ページの言語が示され、他の言語版へのリンクが正しい", "Pages say their language, and lead to other languages"),
    f.rfc(9110, "8.5"),
    Text(
        "HTMLには Content-Language と lang 属性を同じ値で付け、hreflang つきの alternate は実際にその言語のページに向けてください。",
        "Give HTML a Content-Language and an equal lang attribute, and let alternates with "
        "hreflang lead to pages in that language.",
    ),
)  # fmt: skip
def _page_language(site: Site) -> f.Result:
    page = f.needed(variants(site).get(HTML), _NO_PAGE)
    results = [_said(page)]
    for link in related(page, "alternate"):
        if link.language and link.type in ("", HTML.media_type) and len(results) < 4:
            results.append(_in_language(site, link.url, link.language))
    return f.worst(results, NO_RDF)


def _said(page: Visit) -> f.Result:
    header, attribute = page.headers.get("content-language", ""), page_language(page)
    line = f'{page.line("Content-Language")}; <html lang="{attribute}">'
    if not header or not attribute:
        return f.warned(Text("言語が示されていません。", "The language is not stated."), line)
    if header.lower() != attribute.lower():
        return f.failed(Text("言語の表示が食い違います。", "The languages stated differ."), line)
    return f.passed(Text("言語が示されています。", "The language is stated."), line)


def _in_language(site: Site, url: str, language: str) -> f.Result:
    there = site.visitor.follow(url, HTML.media_type)[-1]
    if there.problem and not there.status:
        return f.skipped(there.problem, there.line())
    found = page_language(there) or there.headers.get("content-language", "")
    if there.status == 200 and (
        language == "x-default" or found.lower().startswith(language.lower())
    ):
        return f.passed(Text("他の言語版があります。", "Other languages are there."), there.line())
    what = Text("他の言語版に至りません。", "A link does not lead to its language.")
    return f.failed(what, f"{there.line('Content-Language')} ({language})")


@CHECKS.add(
    "page-embeds-data",
    Text("ページに、読めるJSON-LDが埋め込まれている", "Pages embed JSON-LD that can be read"),
    f.w3c("json-ld11", "JSON-LD 1.1, 7", "embedding-json-ld-in-html-documents"),
    Text(
        'HTMLに <script type="application/ld+json"> を置き、「<」を \\u003c と書いて壊れないようにしてください。',
        'Put <script type="application/ld+json"> into the HTML and write "<" as \\u003c in it.',
    ),
)
@f.worst_of(NO_RDF)
def _page_embeds_data(site: Site) -> Iterator[f.Result]:
    page = f.needed(variants(site).get(HTML), _NO_PAGE)
    scripts = embedded(page)
    if not scripts:
        yield f.warned(Text("JSON-LDがありません。", "There is no JSON-LD."), page.line())
    for script in scripts[:3]:
        reading = site.read_embedded(script, page.url)
        if reading.problem:
            yield f.failed(reading.problem, page.line())
        else:
            yield f.passed(Text("読めます。", "It can be read."), f"{reading.count} triples")
