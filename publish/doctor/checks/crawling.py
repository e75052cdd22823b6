"""Checks of what crawlers and other portals follow: sitemap, robots.txt, feed, pages, CKAN's API.

`Crawl` reads robots.txt (RFC 9309) and the sitemaps, within bounds and without trust.
"""

from __future__ import annotations

import gzip
import json
import re
import zlib
from collections.abc import Iterator
from functools import cached_property, lru_cache
from itertools import chain
from typing import Any
from urllib.parse import quote, urljoin
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from protego import Protego

from publish.doctor import findings as f
from publish.doctor.checks.dereference import things
from publish.doctor.html import anchors, links, related
from publish.doctor.http import Visit, absolute
from publish.doctor.site import ANY_RDF, Site
from publish.formats import ATOM, HTML
from publish.i18n import Text
from publish.rdf import namespaces as ns

#: What RFC 9309 lets crawlers stop at; how many sitemaps of an index are read.
_LONGEST, _SITEMAPS = 500 << 10, 10
_XML_TYPES = frozenset({"application/xml", "text/xml", "application/gzip", "application/x-gzip"})
_LONGEST_SITEMAP = 52_428_800
_ROBOTS_LINE = re.compile(r"\s*(user-agent|allow|disallow|sitemap)\s*:", re.I)
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def robots_rules(text: str) -> Protego:
    """Return what robots.txt says, as far as crawlers must read it (RFC 9309, 2.5)."""
    # to Protego any other line, such as Crawl-delay, would end a group's list of user agents
    lines = filter(_ROBOTS_LINE.match, text[:_LONGEST].splitlines())
    return Protego.parse("\n".join(lines))


class Crawl:
    """What a crawler finds out about a site."""

    def __init__(self, site: Site) -> None:
        self._site = site

    @cached_property
    def robots_visit(self) -> Visit:
        """The answer for robots.txt."""
        return self._site.visitor.follow(urljoin(self._site.origin, "/robots.txt"), "text/plain")[
            -1
        ]

    @cached_property
    def robots(self) -> Protego:
        """What robots.txt says; nothing if there is none."""
        visit = self.robots_visit
        return robots_rules(visit.body.decode("utf-8", "replace") if visit.is_fine else "")

    @cached_property
    def sitemaps(self) -> list[tuple[Visit, Element | None, Text | None]]:
        """Each sitemap: answer, root element, or what is wrong with it. The first is the index."""
        stated = [one for one in self.robots.sitemaps if self._site.visitor.may(one)]
        usual = [urljoin(self._site.url, "sitemap.xml"), urljoin(self._site.origin, "/sitemap.xml")]
        for place in stated[:1] or dict.fromkeys(usual):
            visit = self._site.visitor.follow(place, "*/*")[-1]
            if stated or (visit.is_fine and visit.media_type in _XML_TYPES):
                return list(self._with_parts(visit))
        return []

    def _with_parts(self, visit: Visit) -> Iterator[tuple[Visit, Element | None, Text | None]]:
        root, problem = parsed(visit)
        yield visit, root, problem
        if root is not None and root.tag == f"{SITEMAP}sitemapindex":
            for place in locations(root)[:_SITEMAPS]:
                if self._site.visitor.may(place):
                    part = self._site.visitor.follow(place, "*/*")[-1]
                    yield part, *parsed(part)

    @cached_property
    def pages(self) -> list[str]:
        """The URLs of pages in the sitemaps that were read."""
        roots = [root for _, root, _ in self.sitemaps if root is not None]
        return [url for root in roots if root.tag == f"{SITEMAP}urlset" for url in locations(root)]

    @property
    def is_whole(self) -> bool:
        """Tell whether all sitemaps of the index were read."""
        root = self.sitemaps[0][1] if self.sitemaps else None
        is_index = root is not None and root.tag == f"{SITEMAP}sitemapindex"
        return not is_index or root is None or len(locations(root)) == len(self.sitemaps) - 1


def parsed(visit: Visit) -> tuple[Element | None, Text | None]:
    """Return the root element of an XML answer (maybe packed by gzip), or what is wrong."""
    if not visit.is_fine:
        return None, visit.problem or _STATUS.format(status=visit.status)
    try:
        body = visit.body
        if body.startswith(b"\x1f\x8b"):
            body = zlib.decompressobj(47).decompress(body, _LONGEST_SITEMAP + 1)
        if len(body) > _LONGEST_SITEMAP:
            return None, _LARGE
        return fromstring(body), None
    except (ParseError, DefusedXmlException, ValueError, zlib.error, gzip.BadGzipFile) as error:
        return None, _MALFORMED.format(why=str(error) or type(error).__name__)


def locations(root: Element) -> list[str]:
    """Return the text of the `loc` of each entry of a sitemap."""
    return [(loc.text or "").strip() for loc in root.iterfind(f"*/{SITEMAP}loc")]


W3C_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?)?)?")
_MALFORMED = Text("XMLとして読めません（{why}）。", "It cannot be read as XML ({why}).")
_STATUS = Text("得られません（{status}）。", "It is not there ({status}).")
_LARGE = Text("50MiBを超えています。", "It is larger than 50 MiB.")


# -- Checks of what crawlers and other portals follow ---------------------------------------------

CHECKS = f.Checks("harvest")
_PROTOCOL = f.Spec("Sitemaps protocol", "https://www.sitemaps.org/protocol.html")
_NO_CKAN = f.skipped(Text("CKANのAPIは案内されていません。", "No CKAN API is announced."))
NO_SITEMAP = f.warned(Text("サイトマップがありません。", "There is no sitemap."))
_SAMPLE, _MOST_PAGES, _MOST_ENTRIES = 6, 25, 50_000
_ATOM = "{http://www.w3.org/2005/Atom}"
_HYDRA = "http://www.w3.org/ns/hydra/core#"
_CKAN = re.compile(r"^(.*/api)(?:/3)?(?:/action)?/?$")
_RFC3339 = re.compile(r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})")


@lru_cache(maxsize=4)
def crawl(site: Site) -> Crawl:
    """Return the crawl of a site, made once."""
    return Crawl(site)


@CHECKS.add(
    "sitemap",
    Text("サイトマップがあり、形式が正しい", "There is a well-formed sitemap"),
    _PROTOCOL,
    Text(
        "robots.txt の「Sitemap:」で示した sitemap.xml に、絶対URLと正しい lastmod を、1ファイル5万件・50MB以内で書いてください。",
        'List absolute URLs with a true lastmod in a sitemap.xml that robots.txt names by "Sitemap:", '
        "at most 50,000 and 50 MB in a file.",
    ),
)
def _sitemap(site: Site) -> f.Result:
    return f.worst((_well_formed(*found) for found in crawl(site).sitemaps), NO_SITEMAP)


def _well_formed(visit: Visit, root: Element | None, problem: Text | None) -> f.Result:
    line = visit.line("Content-Type")
    if root is None:
        return f.failed(problem or Text("読めません。", "It cannot be read."), line)
    urls = locations(root)
    if root.tag not in (f"{SITEMAP}urlset", f"{SITEMAP}sitemapindex") or len(urls) > _MOST_ENTRIES:
        what = Text("サイトマップの形式ではありません。", "It is not in the format of sitemaps.")
        return f.failed(what, f"{line}: <{root.tag}>, {len(urls)}")
    bad = [url for url in urls if not re.match(r"https?://", url)]
    bad += [
        (e.text or "").strip()
        for e in root.iterfind(f"*/{SITEMAP}lastmod")
        if not W3C_DATE.fullmatch((e.text or "").strip())
    ]
    if bad:
        what = Text("誤ったURLや日付があります。", "Some URLs or dates are wrong.")
        return f.failed(what, line, *bad)
    return f.passed(Text("形式は正しいです。", "It is well-formed."), f"{line}: {len(urls)} URLs")


@CHECKS.add(
    "sitemap-pages",
    Text("サイトマップのURLが、転送なしに200で答える", "URLs of the sitemap answer 200 without a redirect"),
    _PROTOCOL,
    Text(
        "サイトマップには、実在する正規のURLだけを書き、データから作り直してください。",
        "List only canonical URLs that exist, and make the sitemap anew from the data.",
    ),
)  # fmt: skip
@f.worst_of(f.skipped(NO_SITEMAP.what))
def _sitemap_pages(site: Site) -> Iterator[f.Result]:
    pages = crawl(site).pages
    chosen = [u for u in pages[:: max(1, len(pages) // _SAMPLE)] if site.visitor.may(u)]
    for url in chosen[:_SAMPLE]:
        visit = site.visitor.visit(url, HTML.media_type)
        if visit.status == 200:
            yield f.passed(Text("200です。", "They do."), visit.line())
        elif visit.location:
            what = Text("転送されるURLがあります。", "Some are redirected.")
            yield f.warned(what, visit.line("Location"))
        else:
            yield f.failed(Text("得られないURLがあります。", "Some are not there."), visit.line())


@CHECKS.add(
    "sitemap-complete",
    Text("データにある事物のページが、サイトマップにある", "Pages of the things in the data are in the sitemap"),
    _PROTOCOL,
    Text(
        "事物の文書すべてをサイトマップに入れてください。多ければサイトマップを分け、索引を置いてください。",
        "Put the documents of all things into the sitemap; if they are many, divide it and add an "
        "index.",
    ),
)  # fmt: skip
def _sitemap_complete(site: Site) -> f.Result:
    found, known = crawl(site), things(site)
    pages = {*f.needed(found.pages, f.skipped(NO_SITEMAP.what))}
    if not found.is_whole:
        what = Text("サイトマップの一部だけを読みました。", "Only some of the sitemaps were read.")
        return f.skipped(what)
    absent: list[str] = []
    seen: list[str] = []
    for thing in known[:_SAMPLE]:
        names = _names(site, thing)
        (seen if pages & names else absent).append(f"<{thing}>")
    if absent:
        what = Text("サイトマップにない事物があります。", "Some things are not in the sitemap.")
        return f.failed(what, *absent)
    what = Text("{k}件を確かめました。", "{k} were looked for.").format(k=len(seen))
    return f.passed(what, *seen)


def _names(site: Site, thing: str) -> set[str]:
    """Return the URLs under which a thing's page may be listed."""
    visits = site.visitor.follow(thing, HTML.media_type)
    last = visits[-1]
    own = absolute(last.url, last.headers.get("content-location", "")) or thing
    others = {link.url for link in links(last) if {"canonical", "alternate"} & link.relations}
    return {thing, own, *(visit.url for visit in visits), *others}


@CHECKS.add(
    "robots",
    Text("robots.txt がデータの収集を妨げない", "robots.txt does not block the data"),
    f.rfc(9309, "2.2"),
    Text(
        "事物・文書・カタログ・VoID・ダンプのパスを Disallow から外すか、より長い Allow で許してください。",
        "Take the paths of things, documents, catalogue, VoID and dumps out of Disallow, or allow "
        "them by a longer rule.",
    ),
)
def _robots(site: Site) -> f.Result:
    visit = crawl(site).robots_visit
    if visit.status // 100 == 5:
        what = Text(
            "エラーのため、すべてが禁止と見なされます。", "An error counts as a ban on everything."
        )
        return f.failed(what, visit.line())
    wanted = [*site.things[:3], *(v[0].url for v in (site.void, site.catalog) if v)]
    wanted += [v.url for thing in site.things[:1] for v in site.visitor.follow(thing, ANY_RDF)]
    wanted += [d.url for d in site.downloads[:3] if site.visitor.may(d.url)]
    rules = crawl(site).robots
    barred = [url for url in dict.fromkeys(wanted) if not rules.can_fetch(url, "*")]
    if barred:
        return f.failed(Text("収集が禁じられています。", "Some are banned."), visit.line(), *barred)
    return f.passed(Text("妨げません。", "It does not."), visit.line())


@CHECKS.add(
    "feed",
    Text("案内されているAtomフィードが正しい", "The Atom feed that is announced is right"),
    f.rfc(4287, "4.1"),
    Text(
        "フィードと各項目に id・title・updated（RFC 3339の日時）を書き、id を重複させないでください。",
        "Give the feed and each entry an id, a title and an updated time as in RFC 3339, and use no "
        "id twice.",
    ),
)
def _feed(site: Site) -> f.Result:
    visits = [site.page, site.front[0], *(v[0] for v in (site.void, site.catalog) if v)]
    urls = [
        link.url for v in visits for link in related(v, "alternate") if link.type == ATOM.media_type
    ]
    if not urls:
        return f.skipped(Text("フィードは案内されていません。", "No feed is announced."))
    visit = site.visitor.follow(urls[0], ATOM.media_type)[-1]
    root, problem = parsed(visit)
    line = visit.line("Content-Type")
    if root is None or root.tag != f"{_ATOM}feed" or visit.media_type != ATOM.media_type:
        return f.failed(problem or Text("Atomではありません。", "It is not Atom."), line)
    entries = root.findall(f"{_ATOM}entry")
    bad = [
        f"{name}: {(entry.findtext(_ATOM + 'id') or '–')[:100]}"
        for entry in (root, *entries)
        for name in ("id", "title", "updated")
        if not (entry.findtext(_ATOM + name) or "").strip()
        or (
            name == "updated"
            and not _RFC3339.fullmatch((entry.findtext(_ATOM + name) or "").strip())
        )
    ]
    ids = [entry.findtext(_ATOM + "id") for entry in entries]
    if bad or len(set(ids)) < len(ids):
        return f.failed(Text("項目に不備があります。", "Entries are not right."), line, *bad)
    return f.passed(Text("正しいフィードです。", "It is right."), f"{line}: {len(entries)} entries")


@CHECKS.add(
    "paging-ends",
    Text("ページ送り（next）が繰り返さずに終わる", "Paging (next) does not repeat and ends"),
    f.rfc(8288, "3"),
    Text(
        '最後のページから rel="next" を除き、ページの順序を固定し、全体を一つのファイルでも提供してください。',
        'Leave rel="next" out of the last page, keep the order of pages fixed, and offer everything '
        "in one file as well.",
    ),
)
def _paging_ends(site: Site) -> f.Result:
    seen_so_far = [visit for visit in site.visitor.visits if visit.is_fine]
    starts = chain([site.front[0], site.page], seen_so_far, _behind(site))
    first = next((visit for visit in starts if _next(site, visit)), None)
    if first is None:
        what = Text("ページに分かれたものがありません。", "Nothing is divided into pages.")
        return f.skipped(what)
    seen, visit = [first.url], first
    while (url := _next(site, visit)) and len(seen) < _MOST_PAGES:
        if url in seen:
            what = Text("同じページに戻ります。", "It leads back to a page.")
            return f.failed(what, *seen[-2:], url)
        seen.append(url)
        visit = site.visitor.follow(url, first.sent.get("Accept"))[-1]
        if visit.status != 200:
            return f.failed(Text("途中で途切れます。", "It breaks off."), visit.line())
    what = Text("{n}ページで終わります。", "It ends after {n} pages.")
    if url:
        what = Text("{n}ページまで繰り返しはありません。", "No page of {n} repeats.")
    return f.passed(what.format(n=len(seen)), first.url, visit.url)


def _behind(site: Site) -> Iterator[Visit]:
    """Yield some pages to which the front page leads."""
    urls = dict.fromkeys(link.url for link in anchors(site.page) if site.visitor.may(link.url))
    for url in list(urls)[:: max(1, len(urls) // _SAMPLE)]:
        yield site.visitor.follow(url, HTML.media_type)[-1]


def _next(site: Site, visit: Visit) -> str | None:
    linked = [link.url for link in related(visit, "next")]
    if not linked and b"hydra" in visit.body:
        linked = site.read(visit).values(_HYDRA + "next")
    return next((url for url in linked if site.visitor.may(url)), None)


@CHECKS.add(
    "ckan",
    Text("案内されているCKANのAPIが一貫している", "The CKAN API that is announced is consistent"),
    f.Spec("CKAN API guide", "https://docs.ckan.org/en/latest/api/"),
    Text(
        "package_list の名前すべてについて、package_show が同じ name の結果と success: true を返すようにしてください。",
        "Let package_show answer each name of package_list with success: true and the same name.",
    ),
)
@f.worst_of(_NO_CKAN)
def _ckan(site: Site) -> Iterator[f.Result]:
    urls = site.catalog[1].values(ns.DCAT + "endpointURL") if site.catalog else []
    bases = [match[1] for url in [*urls, site.url] if (match := _CKAN.match(url))]
    if not bases or not site.visitor.may(bases[0]):
        return
    listed = site.visitor.visit(f"{bases[0]}/3/action/package_list", "application/json")
    names = _result(listed)
    if not isinstance(names, list) or not names:
        yield f.failed(
            Text("package_list が得られません。", "There is no package_list."), listed.line()
        )
        return
    for name in names[:4]:
        show = f"{bases[0]}/3/action/package_show?id={quote(str(name), safe='')}"
        visit = site.visitor.visit(show, "application/json")
        package = _result(visit)
        if not isinstance(package, dict) or package.get("name") != name:
            what = Text("package_show が一致しません。", "A package_show does not fit.")
            yield f.failed(what, visit.line("Content-Type"))
        else:
            yield f.passed(Text("一貫しています。", "It is consistent."), visit.line())


def _result(visit: Visit) -> Any:
    """Return the result of an action, or None."""
    try:
        answer = json.loads(visit.body) if visit.is_fine else None
    except (ValueError, RecursionError):
        return None
    return answer.get("result") if isinstance(answer, dict) and answer.get("success") else None
