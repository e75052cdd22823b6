"""The ways in which one IRI is written, so that none of them misses what is stated of it.

Only what makes no difference, or what a data set says of its own IRIs, is evened out (RFC 3986,
section 6; RFC 3987, section 5.3): case of scheme and host, a default port, percent-encoding, the
Unicode form, http and https, a slash at the end, and the several beginnings (`void:uriSpace`) of
one data set. A query and a fragment stay as they are: with another one, it is another IRI.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import product
from urllib.parse import quote, unquote_to_bytes

#: Longer ones are not looked up.
LONGEST = 2048
_PARTS = re.compile(
    r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*):(?://(?P<host>[^/?#\x00-\x20<>\"{}|\\^`\ud800-\udfff]*))?(?P<rest>[^\x00-\x20<>\"{}|\\^`\ud800-\udfff]*)"
)
_ENCODED = re.compile("(?:%[0-9A-Fa-f]{2})+")
#: Never worth encoding, so the same as encoded (RFC 3986, section 2.3).
_UNRESERVED = re.compile("[A-Za-z0-9._~-]")
_PORTS = {"http": "80", "https": "443"}
#: Namespaces that stand for each other: what follows them is the same thing.
Spaces = Iterable[Sequence[str]]


def tidied(text: str) -> str | None:
    """Return an absolute IRI as it is usually written, or None if the text is none.

    >>> tidied(" HTTP://Example.JP:80/%e6%9c%ad%E5%B9%8c ")
    'http://example.jp/札幌'
    """
    bare = text.strip().removeprefix("<").removesuffix(">")
    match = _PARTS.fullmatch(bare) if len(bare) <= LONGEST else None
    if match is None:
        return None
    scheme, host, rest = match["scheme"].lower(), match["host"], match["rest"]
    if scheme in _PORTS:
        if not host:
            return None
        host = host.removesuffix(f":{_PORTS[scheme]}")
    authority = "" if host is None else f"//{_lowered(host)}"
    return unicodedata.normalize("NFC", f"{scheme}:{authority}{_decoded(rest)}")


def notations(text: str, spaces: Spaces = ()) -> tuple[str, ...]:
    """Return the ways to write an IRI, the given one first; none if the text is no IRI.

    >>> notations("https://example.jp/a", [("http://example.jp/", "http://example.jp/page/")])[2:4]
    ('https://example.jp/a/', 'http://example.jp/a')
    """
    tidy = tidied(text)
    if tidy is None:
        return ()
    given = text.strip().removeprefix("<").removesuffix(">")
    found = {given: None, tidy: None}
    for iri in (tidy, *_in_other_spaces(tidy, [*spaces])):
        for scheme, slash in product(_schemes(iri), (False, True)):
            written = scheme + iri.partition(":")[2]
            written = _other_end(written) if slash else written
            # all of them with Japanese as it is, and then percent-encoded
            found |= {written: None, _encoded(written): None}
    return tuple(found)


def local(iri: str, spaces: Iterable[str]) -> str | None:
    """Return what follows the longest of some namespaces in a tidied IRI, or None.

    >>> local("https://example.jp/page/a", ["http://example.jp/", "http://example.jp/page/"])
    'a'
    """
    bare = _schemeless(iri)
    heads = sorted((_schemeless(tidied(space) or space) for space in spaces), key=len)
    found = (bare[len(head) :] for head in reversed(heads) if bare.startswith(head))
    return next(found, None)


def _in_other_spaces(iri: str, spaces: Spaces) -> list[str]:
    return [
        (tidied(space) or space) + name
        for group in spaces
        if len(group) > 1 and (name := local(iri, group))
        for space in group
    ]


def _schemeless(iri: str) -> str:
    scheme, _, rest = iri.partition(":")
    return rest if scheme in _PORTS else iri


def _schemes(iri: str) -> tuple[str, ...]:
    scheme = iri.partition(":")[0]
    return (
        f"{scheme}:",
        *(f"{other}:" for other in _PORTS if scheme in _PORTS and other != scheme),
    )


def _other_end(iri: str) -> str:
    """Return an IRI with a slash at its end, or without the one it has."""
    if "?" in iri or "#" in iri or not iri.startswith(("http:", "https:")):
        return iri
    return iri[:-1] if iri.endswith("/") else f"{iri}/"


def _lowered(host: str) -> str:
    user, at, name = host.rpartition("@")
    return f"{user}{at}{name.lower()}"


def _decoded(rest: str) -> str:
    return _ENCODED.sub(lambda match: _as_iri(match[0]), rest)


def _as_iri(encoded: str) -> str:
    """Return encoded octets as an IRI has them: decoded where they are text and mean no more.

    What is no UTF-8 stays as it is; what has a meaning in an IRI, like %2F, stays encoded.
    """
    try:
        text = unquote_to_bytes(encoded).decode()
    except UnicodeDecodeError:
        return encoded.upper()
    return "".join(one if _is_plain(one) else quote(one, safe="") for one in text)


def _is_plain(character: str) -> bool:
    if character.isascii():
        return _UNRESERVED.fullmatch(character) is not None
    return character.isprintable() and unicodedata.category(character) not in ("Zs", "Co")


def _encoded(iri: str) -> str:
    """Return an IRI as a URI: what is not ASCII percent-encoded (RFC 3987, section 3.1)."""
    return "".join(one if one.isascii() else quote(one, safe="") for one in iri)
