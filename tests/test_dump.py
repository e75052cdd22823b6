"""The dumps: every format, plain and gzip, the same bytes each time."""

from __future__ import annotations

import gzip
from pathlib import Path

import pyoxigraph as ox

from publish import namespaces as ns
from publish.dump import compressed, write_dumps
from publish.serialise import Serialiser
from publish.terms import node

QUADS = [
    ox.Quad(
        node("https://data.example.jp/id/town/992011"),
        node(ns.SKOS + "prefLabel"),
        ox.Literal("霞市", language="ja"),
        node("https://data.example.jp/graph/reference"),
    )
]
SERIALISER = Serialiser({"skos": ns.SKOS}, {"@context": {}}, "https://data.example.jp/c")
NAMES = ["all.ttl", "all.jsonld", "all.rdf", "all.nt", "all.trig", "all.nq"]


def test_each_format_is_written_plain_and_compressed(tmp_path: Path) -> None:
    paths = write_dumps(QUADS, SERIALISER, tmp_path, lambda name: None)
    wanted = [f"dump/{name}{end}" for name in NAMES for end in ("", ".gz")]
    assert [path.relative_to(tmp_path).as_posix() for path in paths] == wanted
    assert sorted(path.name for path in (tmp_path / "dump").iterdir()) == sorted(
        Path(name).name for name in wanted
    )


def test_progress_is_told_each_file_before_it_is_written(tmp_path: Path) -> None:
    told: list[tuple[str, bool]] = []
    write_dumps(
        QUADS,
        SERIALISER,
        tmp_path,
        lambda name: told.append((name, (tmp_path / "dump" / name).exists())),
    )
    assert told == [(name, False) for name in NAMES]


def test_compressed_dumps_hold_the_plain_ones(tmp_path: Path) -> None:
    for path in write_dumps(QUADS, SERIALISER, tmp_path, lambda name: None):
        if path.suffix == ".gz":
            assert gzip.decompress(path.read_bytes()) == path.with_suffix("").read_bytes()


def test_gzip_header_has_neither_time_nor_file_name_nor_system() -> None:
    # RFC 1952: magic, method deflate, no flags, time 0, best compression, system unknown
    assert compressed("霞市".encode())[:10] == bytes.fromhex("1f8b 08 00 00000000 02 ff")


def test_compressing_twice_gives_the_same_bytes() -> None:
    assert compressed("霞市".encode() * 99) == compressed("霞市".encode() * 99)
