"""What search engines' crawlers read: robots.txt (RFC 9309) and sitemaps, bounded."""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from publish.doctor.site import Site
from publish.doctor.visits import Visit
from publish.i18n import Text

#: What RFC 9309 lets crawlers stop at; how many sitemaps of an index are read.
_LONGEST, _SITEMAPS = 500 << 10, 10
_XML_TYPES = frozenset({"application/xml", "text/xml", "application/gzip", "application/x-gzip"})
_LONGEST_SITEMAP = 52_428_800
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@dataclass(frozen=True, slots=True)
class Robots:
    """What robots.txt says to a crawler that it does not name."""

    rules: tuple[tuple[bool, str], ...] = ()
    sitemaps: tuple[str, ...] = ()

    @classmethod
    def read(cls, text: str) -> Robots:
        """Return the rules of the groups for `*`; lines that cannot be read are skipped."""
        rules, sitemaps, agents, in_rules = [], [], set[str](), False
        for line in text[:_LONGEST].splitlines():
            name, colon, value = line.partition("#")[0].partition(":")
            name, value = name.strip().lower(), value.strip()
            if not colon:
                continue
            if name == "user-agent":
                agents = {value} if in_rules else agents | {value}
                in_rules = False
            elif name in ("allow", "disallow"):
                in_rules = True
                if "*" in agents and value:
                    rules.append((name == "allow", value))
            elif name == "sitemap":
                sitemaps.append(value)
        return cls(tuple(rules), tuple(sitemaps))

    def allows(self, url: str) -> bool:
        """Tell whether a URL may be fetched: the longest rule that fits decides, Allow if equal."""
        parts = urlsplit(url)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        fitting = [(len(rule), allowed) for allowed, rule in self.rules if _fits(rule, path)]
        return max(fitting, default=(0, True))[1]


def _fits(rule: str, path: str) -> bool:
    ends = rule.endswith("$")
    pieces = rule.removesuffix("$").split("*")
    place = len(pieces[0])
    if not path.startswith(pieces[0]):
        return False
    for piece in pieces[1:]:
        found = path.find(piece, place)
        if found < 0:
            return False
        place = found + len(piece)
    return not ends or place == len(path) or (len(pieces) > 1 and path.endswith(pieces[-1]))


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
    def robots(self) -> Robots:
        """What robots.txt says; nothing if there is none."""
        visit = self.robots_visit
        return Robots.read(visit.body.decode("utf-8", "replace")) if visit.is_fine else Robots()

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
