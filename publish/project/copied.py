"""Our own words are not those of the source: sentences taken over from it are found without it.

`lodpub fingerprint TEXT` makes of a text what stands in `data/{graph}.fingerprint.json`: of each run of seven
characters one bit among eight times as many, put there by its hash. So an eighth of all runs seem to
be in the text. A copied sentence shows by fifteen characters in a row of which each seven do, which
chance does once in a hundred million; the text cannot be read off, as it could be from whole
hashes of overlapping runs, by trying what comes next. The file is looked at here and published nowhere.

Width, white space, punctuation and case do not count. Names in the graph of the file's name, which has what
is verbatim, may be used by anybody: they are facts.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import pyoxigraph as ox

from publish.errors import GraphError, Place, Problem
from publish.i18n import Text
from publish.project.dataset import Dataset
from publish.project.turtle_files import read_text, shown
from publish.rdf import namespaces as ns
from publish.rdf.terms import Triple

SUFFIX = ".fingerprint.json"
#: Characters of a run, and runs in a row that are no chance: together fifteen characters.
WINDOW, IN_A_ROW = 7, 9
#: One bit in so many is set.
_SPARSE = 8
#: Properties whose texts are prose, however short; other texts are if they have a full stop.
_PROSE = {ns.SKOS + name for name in (
    "definition", "note", "scopeNote", "editorialNote", "historyNote", "changeNote", "example"
)} | {
    ns.DCTERMS + "description", ns.DCTERMS + "abstract", ns.RDFS + "comment", ns.SCHEMA + "description",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What is kept of a text: a field of bits."""

    bits: bytes

    def has(self, window: str) -> bool:
        """Tell whether a run of characters may be in the text."""
        place = _place(window, len(self.bits) * 8)
        return bool(self.bits[place // 8] >> place % 8 & 1)

    def as_json(self) -> str:
        """Return the fingerprint as its file has it."""
        bits = base64.b64encode(self.bits).decode("ascii")
        lines = [bits[at : at + 100] for at in range(0, len(bits), 100)]
        return json.dumps({"window": WINDOW, "bits": lines}, indent=1) + "\n"


def fingerprint_of(text: str) -> Fingerprint:
    """Return the fingerprint of a text.

    >>> fingerprint_of("離れて暮らす家族を見守るための機器を整備").has("暮らす家族を見")
    True
    """
    windows = set(_windows(folded(text)))
    bits = bytearray(max(1, len(windows)) * _SPARSE // 8)
    for window in windows:
        place = _place(window, len(bits) * 8)
        bits[place // 8] |= 1 << place % 8
    return Fingerprint(bytes(bits))


def folded(text: str) -> str:
    """Return what counts of a text: letters and digits, in one width and case."""
    return "".join(
        c for c in unicodedata.normalize("NFKC", text).lower() if c.isalnum() or c == "ー"
    )


def _windows(text: str) -> list[str]:
    return [text[at : at + WINDOW] for at in range(len(text) - WINDOW + 1)]


def _place(window: str, length: int) -> int:
    return int.from_bytes(hashlib.sha256(window.encode()).digest()[:8], "big") % length


def read_fingerprint(path: Path, project: Path) -> Fingerprint:
    """Return the fingerprint in a file; raises GraphError if it is none."""
    try:
        content = json.loads(read_text(path, project))
        bits = base64.b64decode("".join(content["bits"]), validate=True)
        if content["window"] != WINDOW or not bits:
            raise ValueError("window")
    except (ValueError, KeyError, TypeError, binascii.Error) as error:
        raise GraphError(_UNREADABLE, _MAKE_AGAIN, Place(shown(path, project))) from error
    return Fingerprint(bits)


def problems(dataset: Dataset) -> Iterator[Problem]:
    """Yield a problem for each Japanese text that has a sentence of the source, or a good part of one.

    Raises GraphError for a file that is no fingerprint.
    """
    for path in sorted((dataset.project / "data").glob(f"*{SUFFIX}")):
        graph = path.name.partition(".")[0]
        fingerprint = read_fingerprint(path, dataset.project)
        names = {
            window
            for triple, text, home in _texts(dataset)
            if home == graph and not _is_prose(triple, text)
            for window in _windows(folded(text))
        }
        for triple, text, _ in _texts(dataset):
            if _is_prose(triple, text) and (copied := longest_copied(text, fingerprint, names)):
                file = shown(path, dataset.project)
                what = _COPIED.format(copied=copied, file=file)
                yield Problem(what, _REWORD, dataset.place_of(triple))


def _texts(dataset: Dataset) -> Iterator[tuple[Triple, str, str]]:
    for triple, (graph, _) in dataset.found.items():
        if isinstance(triple[2], ox.Literal) and triple[2].language == "ja":
            yield triple, triple[2].value, graph


def _is_prose(triple: Triple, text: str) -> bool:
    return triple[1].value in _PROSE or "。" in text


def longest_copied(text: str, fingerprint: Fingerprint, names: set[str] | frozenset[str]) -> str:
    """Return the longest part of a text that is in the source and more than a name, or ""."""
    bare = folded(text)
    windows = _windows(bare)
    found = [(at, window in names) for at, window in enumerate(windows) if fingerprint.has(window)]
    runs = (list(run) for _, run in groupby(enumerate(found), lambda one: one[1][0] - one[0]))
    copied = [
        bare[run[0][1][0] : run[-1][1][0] + WINDOW]
        for run in runs
        if sum(not named for _, (_, named) in run) >= IN_A_ROW
    ]
    return max(copied, key=len, default="")


_COPIED = Text(
    "出典の文をそのまま写しています：「{copied}」（{file} と照合。記号と空白は除いて比べます）。",
    "This copies the source word by word: “{copied}” (compared with {file}, without marks and blanks).",
)
_REWORD = Text(
    "事実はそのままに、自分の言葉で書き直してください。"
    "名称であれば、出典のグラフに名称として加えると写しとはみなされません。",
    "Keep the facts and say them in words of your own. If it is a name, state it as one in the graph of "
    "the source; then it counts as no copy.",
)
_UNREADABLE = Text(
    "出典の照合用ファイルが読めません。", "The fingerprint of a source cannot be read."
)
_MAKE_AGAIN = Text(
    "出典のテキストから lodpub fingerprint で作り直してください。",
    "Make it again from the text, with lodpub fingerprint.",
)
