"""Barriers that axe-core finds on every page of a site: `python bench/accessibility.py URL [N [LANGUAGE]]`.

Opens each page of the site's sitemap and those that it does not list (errors, answers, states of
lists) in Chromium, in both languages and three widths, and prints what axe-core finds, by rule.
`N` opens only each N-th address of the sitemap, `LANGUAGE` only pages in one language. Needs chromium, chromium-driver and npm.
"""

from __future__ import annotations

import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

from publish.i18n import LANGUAGES
from tests.support.browser import KINDS, NARROW, WIDE, Browser, axe, browsing

WIDTHS = (NARROW, 768, WIDE)
_PAGES = tuple(f".{language}.html" for language in LANGUAGES)


def listed(address: str) -> Iterator[str]:
    """Yield the addresses of a sitemap, and of those that it leads to."""
    with urlopen(address) as answer:
        text = answer.read().decode()
    for found in re.findall(r"<loc>([^<]+)</loc>", text):
        if re.search(r"sitemap[^/]*\.xml$", found):
            yield from listed(found)
        else:
            yield found


def addresses(url: str, each: int) -> Iterator[tuple[str, str]]:
    """Yield the paths of what is to be opened, with the language of each."""
    paths = [one.removeprefix(url) for one in listed(f"{url}sitemap.xml")]
    found = [path for path in paths if path.endswith(_PAGES)]
    release = next(path for path in found if path.startswith("release/"))
    for path in found[::each]:
        yield path, path.split(".")[-2]
    for language in LANGUAGES:
        for path in KINDS.values():
            name = release.removeprefix("release/").partition(".")[0]
            yield path.replace("{}", language).replace("RELEASE", name), language


def main() -> int:
    """Print the barriers and how many pages were looked at."""
    url, each = sys.argv[1].rstrip("/") + "/", int(sys.argv[2]) if len(sys.argv) > 2 else 1
    chosen = sys.argv[3:4] or LANGUAGES
    source, lacking = axe()
    if lacking:
        raise SystemExit(lacking)
    rules: Counter[str] = Counter()
    examples: dict[str, str] = {}
    begun, seen = time.monotonic(), 0
    parts = urlsplit(url)
    with (
        tempfile.TemporaryDirectory() as profile,
        browsing(f"{parts.netloc}{parts.path}".rstrip("/"), Path(profile)) as browser,
    ):
        for path, language in dict.fromkeys(addresses(url, each)):
            if language not in chosen:
                continue
            browser.open(path, language, width=WIDTHS[0])
            browser.driver.execute_script(source)
            for width in WIDTHS:
                seen += 1
                for barrier in barriers(browser, width):
                    rule = barrier.partition(":")[0]
                    rules[rule] += 1
                    examples.setdefault(rule, f"{path} at {width}: {barrier[:400]}")
            print(f"\r{seen} {path[:60]:60}", end="", file=sys.stderr)
    print(f"\n{seen} views in {time.monotonic() - begun:.0f} s, {rules.total()} barriers")
    for rule, count in rules.most_common():
        print(f"{rule}: {count}, first {examples[rule]}")
    return 1 if rules else 0


def barriers(browser: Browser, width: int) -> list[str]:
    """Return what axe-core finds on the open page at a width, and whether it is wider than that."""
    browser.resize(width)
    found = browser.barriers("")  # which the page has already
    wider = browser.driver.execute_script(
        "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return [*found, *([f"wider than its window: {wider} px"] if wider > 0 else [])]


if __name__ == "__main__":
    sys.exit(main())
