"""Whether the IRIs that links lead to are written as their data set writes them.

How it writes them is in the data: `void:uriSpace` says how they begin, `void:uriRegexPattern` what
they match. Where an IRI does not, the usual slips are tried, so that the right IRI can be told.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import quote, unquote, unquote_to_bytes

from publish.i18n import Text
from publish.linksets.links import Crosslinks, Flaw, Kind, Link, Linkset, Target

#: White space and what looks like none, anywhere; as an escape only at the end.
_SPACES = re.compile(r"[\s\u200b\u200e\u200f\u2060\ufeff]+|(?:%20|%E3%80%80)+$", re.IGNORECASE)
#: An escape that was escaped once more.
_TWICE = re.compile(r"%25(?=[89A-Fa-f][0-9A-Fa-f])")
_SCHEME = re.compile(r"^(https?)://")
#: What quote() leaves alone in an IRI that is escaped.
_KEPT = "%:/?#[]@!$&'()*+,;=~"


@dataclass(frozen=True, slots=True)
class Rule:
    """How the IRIs of a data set are written."""

    target: Target
    patterns: tuple[re.Pattern[str], ...]

    def begins(self, iri: str) -> bool:
        """Tell whether an IRI begins as it should."""
        return not self.target.spaces or iri.startswith(self.target.spaces)

    def fits(self, iri: str) -> bool:
        """Tell whether an IRI is one that the data set could have."""
        matches = not self.patterns or any(pattern.search(iri) for pattern in self.patterns)
        return matches and self.begins(iri)

    def code(self, iri: str) -> str | None:
        """Return what the first group of a pattern that matches has captured."""
        for pattern in self.patterns:
            found = pattern.search(iri)
            if found and pattern.groups:
                return found[1]
        return None


def rules_of(crosslinks: Crosslinks) -> tuple[dict[str, Rule], list[Flaw]]:
    """Return the rules by data set, with a flaw for each pattern that is no regular expression."""
    rules, flaws = dict[str, Rule](), list[Flaw]()
    for iri, target in crosslinks.targets.items():
        patterns = list[re.Pattern[str]]()
        for text in target.patterns:
            try:
                patterns.append(re.compile(text))
            except re.error as error:
                what = _UNREADABLE.format(pattern=text, why=error)
                flaws.append(Flaw("rule", "error", what, _REWRITE, about=iri))
        rules[iri] = Rule(target, tuple(patterns))
    return rules, flaws


_UNREADABLE = Text(
    "void:uriRegexPattern の「{pattern}」は正規表現として読めません（{why}）。",
    'void:uriRegexPattern "{pattern}" is no regular expression ({why}).',
)
_REWRITE = Text(
    "括弧や「\\」の対応を確かめて書き直してください（Turtleでは「\\」を「\\\\」と書きます）。",
    'Look for unbalanced brackets and lost backslashes ("\\" is written "\\\\" in Turtle).',
)


# -- The slips ------------------------------------------------------------------------------------


def _without_spaces(iri: str) -> str:
    return _SPACES.sub("", iri)


def _composed(iri: str) -> str:
    return unicodedata.normalize("NFC", iri)


def _decoded(iri: str) -> str:
    """Return an IRI with its escaped letters beyond ASCII as they are; ASCII stays escaped."""
    text = _TWICE.sub("%", iri)
    return re.sub(r"(?:%[89A-Fa-f][0-9A-Fa-f])+", lambda found: unquote(found[0]), text)


def _encoded(iri: str) -> str:
    return quote(_decoded(iri), safe=_KEPT)


def _other_scheme(iri: str) -> str:
    return _SCHEME.sub(lambda found: _OTHER[found[1]], iri)


_OTHER = {"http": "https://", "https": "http://"}


def _with_slash(iri: str) -> str:
    return f"{iri}/"


def _without_slash(iri: str) -> str:
    return iri.rstrip("/")


#: Slips in one IRI that are undone together.
_MOST_SLIPS = 3
#: The slips, and how each is undone; the first that helps names the flaw.
_SLIPS: tuple[tuple[Kind, Callable[[str], str]], ...] = (
    ("whitespace", _without_spaces),
    ("normalisation", _composed),
    ("encoding", _decoded),
    ("encoding", _encoded),
    ("scheme", _other_scheme),
    ("slash", _with_slash),
    ("slash", _without_slash),
)


def _corrected(iri: str, rule: Rule) -> tuple[Kind, str] | None:
    """Return the first slip of an IRI, and the IRI without any, if undoing up to three helps."""
    seen, tries = {iri}, list[tuple[Kind | None, str]]([(None, iri)])
    for _ in range(_MOST_SLIPS):
        following = list[tuple[Kind | None, str]]()
        for first, one in tries:
            for kind, undo in _SLIPS:
                tried = undo(one)
                if tried in seen:
                    continue
                if rule.fits(tried):
                    return first or kind, tried
                seen.add(tried)
                following.append((first or kind, tried))
        tries = following
    return None


def _malformed(iri: str) -> tuple[Kind, str] | None:
    """Return what is wrong with an IRI whatever the data set, and how it should be."""
    if _SPACES.search(iri):
        return "whitespace", _without_spaces(iri)
    if not unicodedata.is_normalized("NFC", iri):
        return "normalisation", _composed(iri)
    if _TWICE.search(iri):
        return "encoding", _TWICE.sub("%", iri)
    if "%" in iri and not _is_utf8(iri):
        return "encoding", ""
    return None


def _is_utf8(iri: str) -> bool:
    try:
        unquote_to_bytes(iri).decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


# -- The flaws ------------------------------------------------------------------------------------

_WHAT: dict[Kind, Text] = {
    "whitespace": Text(
        "「{iri}」に空白、又は見えない文字が入っています。",
        '"{iri}" has white space in it, or a character that cannot be seen.',
    ),
    "normalisation": Text(
        "「{iri}」の文字が、合成済みの形（NFC）になっていません。",
        'The characters of "{iri}" are not composed (NFC).',
    ),
    "encoding": Text(
        "「{iri}」の「%」による符号化が、リンク先の書き方と違います。",
        'The percent-encoding of "{iri}" is not as the target writes it.',
    ),
    "scheme": Text(
        "「{iri}」の http と https が、リンク先の書き方と逆です。",
        '"{iri}" has http for https, or https for http.',
    ),
    "slash": Text(
        "「{iri}」の末尾の「/」が、リンク先の書き方と違います。",
        '"{iri}" has a trailing slash that the target does not write, or lacks one.',
    ),
    "space": Text(
        "「{iri}」は、リンク先のデータセット（{spaces}）のIRIではありません。",
        '"{iri}" is no IRI of the target data set ({spaces}).',
    ),
    "pattern": Text(
        "「{iri}」は、リンク先のIRIの形（{patterns}）と合いません。",
        '"{iri}" does not match the form of the target\'s IRIs ({patterns}).',
    ),
}
_WRITE = Text("「{fix}」と書いてください。", 'Write "{fix}".')
_ENCODE = Text(
    "UTF-8を「%」と16進2桁で正しく書き直してください。",
    'Write the UTF-8 bytes again, each as "%" and two hexadecimal digits.',
)
_LOOK = Text(
    "IRIの綴りを確かめてください。正しければ、リンクセットのリンク先、又はその規則を直してください。",
    "Check the spelling of the IRI. If it is right, correct the target of the linkset or its rule.",
)
_OTHER_CODE = Text(
    "「{iri}」のコード「{found}」が、{subject} のコード（{expected}）と違います。",
    'The code "{found}" in "{iri}" is not that of {subject} ({expected}).',
)
_SAME_CODE = Text(
    "正しい相手かを確かめ、IRIかコードを直してください。",
    "See which of them is meant, and correct the IRI or the code.",
)
_UNRULED = Text(
    "リンク先「{target}」のIRIの形が示されていないため、形を確かめられません。",
    'Nothing says how the IRIs of the target "{target}" are written, so they were not checked.',
)
_STATE = Text(
    "リンク先のデータセットに void:uriSpace と void:uriRegexPattern を書いてください。",
    "Give the target data set void:uriSpace and void:uriRegexPattern.",
)


def misspelt(crosslinks: Crosslinks) -> Iterator[Flaw]:
    """Yield what is wrong with the IRIs that links lead to, each by itself."""
    rules, flaws = rules_of(crosslinks)
    yield from flaws
    used = {one.target for one in crosslinks.linksets.values() if one.target}
    for iri in sorted(used):
        target = crosslinks.targets[iri]
        if not target.patterns:
            yield Flaw("unruled", "warning", _UNRULED.format(target=iri), _STATE, about=iri)
    for link in crosslinks.outgoing:
        linksets = crosslinks.linksets_of(link)
        ruled = [(one, rules[one.target]) for one in linksets if one.target]
        flaw = _spelt(link, [rule for _, rule in ruled])
        if flaw:
            yield flaw
        else:
            yield from _coded(crosslinks, link, ruled)


def _spelt(link: Link, rules: list[Rule]) -> Flaw | None:
    iri = link.object
    malformed = _malformed(iri)
    if malformed:
        kind, fix = malformed
        return _flaw(link, kind, _WRITE.format(fix=fix) if fix else _ENCODE)
    for rule in rules:
        if rule.fits(iri):
            continue
        corrected = _corrected(iri, rule)
        if corrected:
            return _flaw(link, corrected[0], _WRITE.format(fix=corrected[1]))
        kind = "pattern" if rule.begins(iri) else "space"
        return _flaw(link, kind, _LOOK, rule.target)
    return None


def _flaw(link: Link, kind: Kind, remedy: Text, target: Target | None = None) -> Flaw:
    what = _WHAT[kind].format(
        iri=link.object,
        spaces="、".join(target.spaces) if target else "",
        patterns=" | ".join(target.patterns) if target else "",
    )
    return Flaw(kind, "error", what, remedy, (link,))


def _coded(crosslinks: Crosslinks, link: Link, ruled: list[tuple[Linkset, Rule]]) -> Iterator[Flaw]:
    """Yield a flaw if the code in an IRI is not one of its thing's; a thing without is let be."""
    for linkset, rule in ruled:
        found = rule.code(link.object) if linkset.codes else None
        expected = sorted(
            value
            for path in linkset.codes
            for value in crosslinks.codes.get((link.subject, path), ())
        )
        if found is not None and expected and found not in expected:
            subject = crosslinks.iris.relative(link.subject)
            what = _OTHER_CODE.format(
                iri=link.object, found=found, subject=subject, expected=", ".join(expected)
            )
            yield Flaw("code", "error", what, _SAME_CODE, (link,))
