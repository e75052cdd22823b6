"""A real browser, without a window, and what it finds on a page."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from selenium.common.exceptions import WebDriverException
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.expected_conditions import staleness_of
from selenium.webdriver.support.wait import WebDriverWait

from tests.support.alone import alone_in
from tests.support.real import ROOT

AXE = ROOT / "tests" / "axe"
WIDE, NARROW = 1200, 360
#: seconds after which a test takes the browser for hung
_PATIENCE = 60
SKOS = "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>"
ROWS = SKOS + " SELECT ?thing ?name WHERE { ?thing skos:prefLabel ?name } LIMIT 5"
TRIPLES = "CONSTRUCT { ?s a ?type } WHERE { ?s a ?type } LIMIT 5"

#: Kinds of pages; {} stands for the language.
KINDS = {
    "home": "index.{}.html",
    "charts": "charts.{}.html",
    "initiative": "doc/initiative/telemedicine.{}.html",
    "activity": "doc/activity/expert-panel-meetings-2020.{}.html",
    "municipality": "doc/municipality/012106.{}.html",
    "region": "doc/region/sorachi.{}.html",
    "list": "doc/municipality.{}.html?page=2",
    "ontology": "ontology.{}.html",
    "codelists": "codelists.{}.html",
    "shapes": "shapes.{}.html",
    "quality": "quality.{}.html",
    "links": "links.{}.html",
    "graph": "graph/source.{}.html",
    "reconcile": "reconcile.{}.html",
    "catalog": "catalog.{}.html",
    "dump": "dump.{}.html",
    "release": "release/RELEASE.{}.html",
    "about": "about.{}.html",
    "error": "doc/initiative/nothing.{}.html",
    "query": "sparql.{}.html",
    "rows": "sparql?lang={}&format=html&query=" + quote(ROWS),
    "triples": "sparql?lang={}&format=html&query=" + quote(TRIPLES),
    "mistake": "sparql?lang={}&format=html&query=SELEC",
}
_FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

#: What is read from an open page; texts come with the language that they are marked with.
_READ = """
const texts = [];
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
  const text = walker.currentNode.textContent.trim(), parent = walker.currentNode.parentElement;
  if (text && !parent.closest('script, style, code, pre, textarea'))
    texts.push([parent.closest('[lang]').lang, text]);
}
const root = document.documentElement;
return {
  language: root.lang,
  headings: [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map(h => Number(h.tagName[1])),
  links: [...document.links].map(link => link.href),
  texts: texts,
  too_wide: root.scrollWidth - root.clientWidth,
  ground: getComputedStyle(document.body).backgroundColor,
};
"""

#: Of a long row of sections or of values, which are all alike, it looks at the first eight.
_RUN_AXE = """
const done = arguments[0];
const like = ':is(main, section) > section:nth-of-type(n+9), dd:nth-of-type(n+9)';
axe.run({include: document, exclude: like}, {
  resultTypes: ['violations'], preload: false, rules: {'target-size': {enabled: true}},
}).then(found => done(found.violations.map(
  rule => rule.id + ': ' + rule.nodes.map(node => node.html.slice(0, 200)).join(' | '))));
"""


@dataclass(frozen=True)
class Seen:
    """What the browser found on a page."""

    language: str
    headings: list[int]
    links: list[str]
    texts: list[tuple[str, str]]
    #: pixels by which the page is wider than its window
    too_wide: int
    #: the colour behind the text
    ground: str
    console: list[str]
    requested: list[str]
    #: barriers that axe-core found, or None where there is no axe-core
    barriers: list[str] | None


def missing() -> str:
    """Return why there is no browser, or an empty text."""
    programs = [name for name in ("chromium", "chromedriver") if not shutil.which(name)]
    if not programs:
        return ""
    return f"not installed: {', '.join(programs)} (apt-get install chromium chromium-driver)"


def axe() -> tuple[str, str]:
    """Return the source of axe-core, installed now if need be, and why it is missing if it is."""
    script = AXE / "node_modules" / "axe-core" / "axe.min.js"
    npm = shutil.which("npm")
    if not script.exists() and not npm:
        return "", "not installed: npm, which fetches axe-core (apt-get install npm)"
    with alone_in(AXE):
        if not script.exists():
            install = [npm or "", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
            done = subprocess.run(
                [*install, "--fetch-retries=0"], cwd=AXE, capture_output=True, text=True
            )
            if done.returncode:
                return "", f"npm cannot fetch axe-core: {done.stderr.strip()[-300:]}"
    return script.read_text("utf-8"), ""


class Browser:
    """Chromium with the pages of one server."""

    def __init__(self, driver: Chrome, host: str) -> None:
        self.driver = driver
        self.address = f"http://{host}/"
        self._command("Network.enable")

    def open(
        self, path: str, language: str = "ja", *, dark: bool = False, width: int = WIDE
    ) -> None:
        """Open a page in a window of a width, wanting a language and light or dark colours."""
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self._command("Network.setExtraHTTPHeaders", headers={"Accept-Language": language})
        self._command("Emulation.setEmulatedMedia", features=[scheme])
        self.resize(width)
        self.driver.get(self.address + path)

    def resize(self, width: int) -> None:
        """Give the window another width."""
        size = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": False}
        self._command("Emulation.setDeviceMetricsOverride", **size)

    def see(self, path: str, language: str, axe: str, *, dark: bool, width: int) -> Seen:
        """Open a page and return what is on it; `axe` is the source of axe-core."""
        self._forget()
        self.open(path, language, dark=dark, width=width)
        read: Mapping[str, Any] = self.driver.execute_script(_READ)
        console, requested = self._console(), self._requested()
        barriers = self.barriers(axe) if axe else None
        return Seen(**read, console=console, requested=requested, barriers=barriers)

    def barriers(self, axe: str) -> list[str]:
        """Return the barriers that axe-core, given as source, finds on the page as it is now."""
        self.driver.execute_script(axe)
        found: list[str] = self.driver.execute_async_script(_RUN_AXE)
        return found

    def keep_downloads(self, directory: Path) -> None:
        """Put what is downloaded into a directory."""
        self._command("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(directory))

    def let_scripts(self, run: bool) -> None:
        """Let pages run scripts, or keep them from it."""
        self._command("Emulation.setScriptExecutionDisabled", value=not run)

    @contextmanager
    def without_scripts(self) -> Iterator[None]:
        """Keep pages from running scripts for a while."""
        self.let_scripts(False)
        try:
            yield
        finally:
            self.let_scripts(True)

    def one(self, selector: str) -> WebElement:
        """Return the first element that a CSS selector finds; raises if there is none."""
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def all(self, selector: str) -> list[WebElement]:
        """Return all elements that a CSS selector finds."""
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def texts(self, selector: str) -> list[str]:
        """Return the texts of all elements that a CSS selector finds."""
        script = "return [...document.querySelectorAll(arguments[0])].map(one => one.innerText)"
        found: list[str] = self.driver.execute_script(script, selector)
        return found

    def follow(self, selector: str) -> None:
        """Click on the first element that a CSS selector finds, and wait for another page."""
        left = self.one("html")
        self.one(selector).click()
        self.wait_for_another(left)

    def wait_for_another(self, left: WebElement) -> None:
        """Wait until the page of which `left` is the root is left for another."""
        # the driver fails now and then when it is asked about a page that is just being left
        wait = WebDriverWait(self.driver, _PATIENCE, ignored_exceptions=[WebDriverException])
        wait.until(staleness_of(left))

    def press(self, key: str) -> WebElement:
        """Press a key and return the element that has the focus then."""
        ActionChains(self.driver).send_keys(key).perform()
        return self.driver.switch_to.active_element

    def _command(self, name: str, **parameters: object) -> None:
        self.driver.execute_cdp_cmd(name, parameters)

    def _log(self, kind: str) -> list[dict[str, Any]]:
        """Return what has been written to a log since it was last asked for."""
        found: list[dict[str, Any]] = self.driver.execute("getLog", {"type": kind})["value"]
        return found

    def _forget(self) -> None:
        self._log("browser")
        self._log("performance")

    def _console(self) -> list[str]:
        """Return errors and warnings, but not that this very address answered with an error."""
        entries = self._log("browser")
        own = f"{self.driver.current_url} - Failed to load resource"
        found = [entry for entry in entries if entry["level"] in ("SEVERE", "WARNING")]
        return [entry["message"] for entry in found if not entry["message"].startswith(own)]

    def _requested(self) -> list[str]:
        entries = self._log("performance")
        events = [json.loads(entry["message"])["message"] for entry in entries]
        sent = [event for event in events if event["method"] == "Network.requestWillBeSent"]
        return [event["params"]["request"]["url"] for event in sent]


@contextmanager
def browsing(host: str, profile: Path) -> Iterator[Browser]:
    """Start a browser with a profile of its own, and end it."""
    options = ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for flag in (*_FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = Chrome(options=options, service=Service(shutil.which("chromedriver")))
    try:
        driver.set_page_load_timeout(_PATIENCE)
        driver.set_script_timeout(_PATIENCE)
        yield Browser(driver, host)
    finally:
        driver.quit()


class Visits:
    """Each page, opened once: in Japanese light and wide, in English dark and narrow."""

    def __init__(self, browser: Browser, release: str) -> None:
        self._browser = browser
        self._release = release
        self._axe, self.no_axe = axe()
        self._seen: dict[tuple[str, str], Seen] = {}

    def path(self, kind: str, language: str) -> str:
        return KINDS[kind].replace("RELEASE", self._release).replace("{}", language)

    def see(self, kind: str, language: str) -> Seen:
        if (kind, language) not in self._seen:
            dark, width = (False, WIDE) if language == "ja" else (True, NARROW)
            path = self.path(kind, language)
            seen = self._browser.see(path, language, self._axe, dark=dark, width=width)
            self._seen[kind, language] = seen
        return self._seen[kind, language]
