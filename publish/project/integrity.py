"""What no shape can say of a project: every term is declared, every thing is described."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial

import pyoxigraph as ox

from publish.eras import LENGTHS, iso_of
from publish.errors import GraphError, Place, Problem
from publish.i18n import LANGUAGES, Text
from publish.iris import Iris
from publish.project import copied, positions, scripts, terms
from publish.project.dataset import CATALOG, DERIVED, Dataset
from publish.project.turtle_files import Origin, ontologies
from publish.project.withdrawn import SOURCE, Withdrawal, Withdrawals
from publish.rdf import datatypes, rdfxml
from publish.rdf import namespaces as ns
from publish.rdf.terms import TYPE, Triple

_PlaceOf = Callable[[Triple], Place | None]
#: Addresses of ours that content may speak of although nothing is said about them there.
_PAGES = ("", "about", "catalog", "ontology", "shapes", "sparql", "void")
_VERSIONS = {
    ns.OWL + name
    for name in ("versionIRI", "priorVersion", "backwardCompatibleWith", "incompatibleWith")
}


def check(dataset: Dataset, catalog: Iterable[Triple] = (), uses: Iterable[terms.Use] = ()) -> None:
    """Raise GraphError unless the dataset is whole.

    `catalog` is what data/catalog.ttl states, `uses` are the terms of the shapes, each with its place.

    Whole means: each term in the namespace of an ontology, ours or borrowed, is declared in it, each
    IRI of ours that is spoken of is described, each thing (`id/…`) has a well-formed IRI,
    nothing else of ours is described, each text can be written down, each literal is one of its
    datatype and language, each point is where it can be, the terms of well-known vocabularies exist,
    and no text of ours is copied from a source.
    """
    problems = [
        *_undeclared(dataset),
        *_undescribed(dataset),
        *_malformed(dataset),
        *_unwritable(dataset.found, dataset.place_of),
        *_ill_typed(dataset.found, dataset.place_of),
        *_ill_typed(catalog, _catalog_place(dataset)),
        *scripts.problems(dataset.found, dataset.place_of),
        *scripts.problems(catalog, _catalog_place(dataset)),
        *copied.problems(dataset),
        *positions.problems(dataset),
        *terms.misspelt((*_uses(dataset, catalog), *uses)),
    ]
    if problems:
        raise GraphError.of(problems)


def _vocabularies(dataset: Dataset) -> tuple[str, ...]:
    """Return how the terms of our ontologies begin; one under the base need not say that it is."""
    return _spaces({*ontologies(dataset.found), dataset.iris.of("ontology")})


def _spaces(iris: Iterable[str]) -> tuple[str, ...]:
    stems = sorted({iri.rstrip("#/") for iri in iris})
    return tuple(stem + mark for stem in stems for mark in ("#", "/"))


def _undeclared(dataset: Dataset) -> Iterator[Problem]:
    theirs = _spaces(ontologies(dataset.borrowed))
    spaces = (*_vocabularies(dataset), *theirs)
    declared = {triple[0] for triple, (graph, _) in dataset.found.items() if graph == "ontology"}
    declared = {term for term in declared if not term.value.startswith(theirs)}
    declared |= {triple[0] for triple in dataset.borrowed}
    for triple in dataset.found:
        for term in _nodes(triple):
            is_version = triple[1].value in _VERSIONS
            if term.value.startswith(spaces) and term not in declared and not is_version:
                yield _problem(
                    dataset,
                    triple,
                    Text("語彙にない用語「{name}」です。", 'Undeclared term "{name}".'),
                    term.value.removeprefix(dataset.iris.base),
                    _BORROWED if term.value.startswith(theirs) else _OWN,
                )


_OWN = Text(
    "綴りを確かめるか、ontology/ にその用語を定義してください。",
    "Check its spelling, or define the term in ontology/.",
)
_BORROWED = Text(
    "綴りを確かめるか、ontology/ にある写しを新しい版に替えてください（他者の語彙に用語は足せません）。",
    "Check its spelling, or renew the copy in ontology/ (no term can be added to others' vocabulary).",
)


def _uses(dataset: Dataset, catalog: Iterable[Triple]) -> Iterator[terms.Use]:
    """Yield the IRIs in the statements of files; a copy of a vocabulary says itself what it has."""
    theirs = _spaces(ontologies(dataset.borrowed))
    both = ((dataset.found, dataset.place_of), (catalog, _catalog_place(dataset)))
    for triples, place_of in both:
        for triple in triples:
            for term in _nodes(triple):
                if not term.value.startswith(theirs):
                    yield term.value, partial(place_of, triple)


def _nodes(triple: Triple) -> Iterator[ox.NamedNode]:
    subject, predicate, object_ = triple
    yield subject
    yield predicate
    yield object_ if isinstance(object_, ox.NamedNode) else object_.datatype


def _undescribed(dataset: Dataset) -> Iterator[Problem]:
    """Yield a problem for each IRI of ours that is spoken of, however often, and not described."""
    known = {triple[0] for triple, (graph, _) in dataset.found.items() if graph != DERIVED}
    known |= {triple[0] for triple in dataset.found if triple[1] == TYPE}
    known |= {ox.NamedNode(dataset.iris.of(page)) for page in _PAGES}
    known |= {ox.NamedNode(dataset.iris.graph(name)) for name in dataset.graph_names()}
    elsewhere = _vocabularies(dataset)
    spoken: dict[ox.NamedNode, list[Triple]] = {}
    for triple in dataset.found:
        object_ = triple[2]
        if not isinstance(object_, ox.NamedNode) or object_ in known:
            continue
        # of the terms of a vocabulary _undeclared tells
        if _is_under(object_, (dataset.iris.base,)) and not object_.value.startswith(elsewhere):
            spoken.setdefault(object_, []).append(triple)
    for missing, triples in spoken.items():
        stated = [triple for triple in triples if dataset.found[triple][1]]
        yield _misspelt(dataset, missing.value, stated or triples)


def _misspelt(dataset: Dataset, missing: str, spoken: list[Triple]) -> Problem:
    """Return what to say of an IRI that is not described: where, and what may have been meant."""
    name = missing.removeprefix(dataset.iris.base)
    near = list(_near(dataset, missing))
    others = Counter(triple[2].value for triple in dataset.found if dataset.found[triple][1])
    if (
        len(spoken) > 1 and len(near) == 1 and not others[near[0]]
    ):  # all say it but the thing itself
        key = near[0].rpartition("/")[2]
        what = _ONE_AGAINST_ALL.format(
            found=near[0].removeprefix(dataset.iris.base), name=name, count=len(spoken)
        )
        remedy = _KEY.format(found=key, name=name.rpartition("/")[2])
        return Problem(what, remedy, _key_place(dataset, near[0]))
    what = (_NOWHERE if len(spoken) == 1 else _NOWHERE_OFTEN).format(name=name, count=len(spoken))
    remedy = _SPELLING
    if near:
        listed = [_called(dataset, iri) for iri in near]
        remedy = _MEANT.format(
            names=Text("、".join(one.ja for one in listed), ", ".join(one.en for one in listed))
        )
    return Problem(what, remedy, dataset.place_of(spoken[0]))


_NOWHERE = Text(
    "参照先「{name}」はどこにも記述されていません。",
    '"{name}" is referred to but described nowhere.',
)
_NOWHERE_OFTEN = Text(
    "参照先「{name}」はどこにも記述されていません（参照は{count}か所）。",
    '"{name}" is referred to ({count} times) but described nowhere.',
)
_ONE_AGAINST_ALL = Text(
    "「{found}」はどこからも参照されず、{count}か所で参照されている「{name}」は記述されていません。",
    'Nothing refers to "{found}", and "{name}", which is referred to {count} times, is not described.',
)
_KEY = Text(
    "ここの「{found}」が「{name}」の書き誤りでないか確かめてください。",
    'See whether "{found}" is miscopied here and should be "{name}".',
)
_SPELLING = Text(
    "キーの綴りを確かめるか、その記述を追加してください。",
    "Check the key's spelling, or add its description.",
)
_MEANT = Text(
    "書き誤りでないか確かめてください（近いもの：{names}）。新しいものであれば、その記述を追加してください。",
    "See whether it is miscopied (near to it: {names}). If it is new, add its description.",
)


def _near(dataset: Dataset, missing: str) -> Iterator[str]:
    """Yield the described things of the same type whose key a slip of the pen may have changed.

    A key that differs in the last character alone goes before others: that is a check digit.
    """
    head, _, key = missing.rpartition("/")
    stated = {triple[0].value for triple, (graph, _) in dataset.found.items() if graph != DERIVED}
    keys = sorted(iri[len(head) + 1 :] for iri in stated if iri.startswith(f"{head}/"))
    year = iso_of(key, "gYear")
    if year in keys:
        yield f"{head}/{year}"
        return
    if key.isdecimal():
        close = [one for one in keys if one[:-1] == key[:-1]]
        close = close or [one for one in keys if _is_slip(one, key)]
    else:
        close = difflib.get_close_matches(key, keys, n=_MOST_NEAR, cutoff=_NEAR)
    yield from (f"{head}/{one}" for one in close[:_MOST_NEAR])


#: How alike two keys must be for one to be offered for the other, and how many are.
_NEAR, _MOST_NEAR = 0.8, 3


def _is_slip(one: str, other: str) -> bool:
    """Tell whether two codes differ by one digit: another, one more or less, or two swapped."""
    if len(one) != len(other):
        short, long = sorted((one, other), key=len)
        return any(long[:n] + long[n + 1 :] == short for n in range(len(long)))
    at = [n for n, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if len(at) == 2:
        return at[1] == at[0] + 1 and one[at[0]] + one[at[1]] == other[at[1]] + other[at[0]]
    return len(at) == 1


def _called(dataset: Dataset, iri: str) -> Text:
    """Return a thing as messages name it: its IRI under the base, its name, where it is keyed."""
    names = {
        object_.language: object_.value
        for subject, predicate, object_ in dataset.found
        if subject.value == iri and predicate.value == ns.SKOS + "prefLabel"
        if isinstance(object_, ox.Literal)
    }
    name, place = iri.removeprefix(dataset.iris.base), _key_place(dataset, iri)
    ja, en = (" ".join(filter(None, (names.get(tag), str(place or "")))) for tag in LANGUAGES)
    return Text(
        f"「{name}」（{ja}）" if ja else f"「{name}」", f'"{name}" ({en})' if en else f'"{name}"'
    )


def _key_place(dataset: Dataset, iri: str) -> Place | None:
    """Return where a thing's key stands: the cell that says it, else where the thing is typed."""
    key = iri.rpartition("/")[2]
    said = [triple for triple in dataset.found if triple[0].value == iri]
    wishes = [
        *(triple for triple in said if triple[2].value == key),
        *(triple for triple in said if triple[1] == TYPE),
        *said,
    ]
    return next(filter(None, map(dataset.place_of, wishes)), None)


def _malformed(dataset: Dataset) -> Iterator[Problem]:
    pages = {dataset.iris.of(page) for page in _PAGES}
    others = (*_vocabularies(dataset), dataset.iris.graph(""))
    first: dict[ox.NamedNode, Triple] = {}
    for triple in dataset.found:
        first.setdefault(triple[0], triple)
    for subject, triple in first.items():
        if not _is_under(subject, (dataset.iris.base,)) or subject.value in pages:
            continue
        if not subject.value.startswith(others) and not dataset.iris.thing_parts(subject.value):
            yield _problem(
                dataset,
                triple,
                Text("IRI「{name}」の形が正しくありません。", 'IRI "{name}" is not well-formed.'),
                subject.value.removeprefix(dataset.iris.base),
                Text(
                    "id/種別/キー の形とし、キーは半角小文字・数字・ハイフンで書いてください。",
                    "Write id/type/key; a key has lower-case letters, digits and hyphens.",
                ),
            )


def _unwritable(triples: Iterable[Triple], place_of: _PlaceOf) -> Iterator[Problem]:
    for triple in triples:
        found = rdfxml.forbidden_in(triple[2].value)
        if found:
            yield Problem(_CONTROL.format(name=found), _TYPE_AGAIN, place_of(triple))


_CONTROL = Text(
    "文字列に制御文字（{name}）が入っています。",
    "The text holds a control character ({name}).",
)
_TYPE_AGAIN = Text(
    "PDFなどから写した文字列を入力し直してください。",
    "Type the text again if it was copied from a PDF or the like.",
)


def _ill_typed(triples: Iterable[Triple], place_of: _PlaceOf) -> Iterator[Problem]:
    for triple in triples:
        object_ = triple[2]
        if isinstance(object_, ox.NamedNode) or object_.language:
            continue
        datatype = object_.datatype.value
        if not datatypes.is_well_formed(object_.value, datatype):
            name = ns.shorten(datatype, ns.PREFIXES)
            what = _ILL_TYPED.format(value=object_.value, datatype=name)
            remedy = _WRITE.format(form=datatypes.form(datatype))
            local = datatype.removeprefix(ns.XSD)
            if local in LENGTHS and (iso := iso_of(object_.value, local)):
                what = _NOT_ISO.format(value=object_.value)
                remedy = _WRITE_ISO.format(literal=f'"{iso}"^^{name}')
            yield Problem(what, remedy, place_of(triple))


_ILL_TYPED = Text(
    "「{value}」は、データ型 {datatype} の値ではありません。",
    '"{value}" is no value of {datatype}.',
)
_WRITE = Text("{form}書いてください。", "Write {form}.")
_NOT_ISO = Text(
    "「{value}」は、日付のデータの書き方ではありません（元号や区切りの「年」「/」「.」は使えません）。",
    '"{value}" is not how data write a date (no eras, and hyphens only between the parts).',
)
_WRITE_ISO = Text("西暦で {literal} と書いてください。", "Write {literal}.")


def _is_under(term: ox.NamedNode | ox.Literal, heads: tuple[str, ...]) -> bool:
    return isinstance(term, ox.NamedNode) and term.value.startswith(heads)


def _problem(dataset: Dataset, triple: Triple, what: Text, name: str, remedy: Text) -> Problem:
    return Problem(what.format(name=name), remedy, dataset.place_of(triple))


def unsayable(dataset: Dataset, catalog: Iterable[Triple]) -> Iterator[Problem]:
    """Yield a problem for each property that RDF/XML cannot name, where it stands first.

    It is no error: other formats can. `catalog` is what data/catalog.ttl states.
    """
    origins = (dataset.place_of, _catalog_place(dataset))
    for triples, place_of in zip((dataset.found, catalog), origins, strict=True):
        told: dict[str, Place | None] = {}
        for triple in triples:
            iri = triple[1].value
            # what is derived has no place of its own; what it was derived from may have one
            if not rdfxml.is_property(iri) and not told.get(iri):
                told[iri] = place_of(triple)
        for iri, place in told.items():
            better = rdfxml.proposed(iri)
            remedy = _NAME_IT.format(better=better) if better else _OTHER_PROPERTY
            yield Problem(_UNSAYABLE.format(iri=iri), remedy, place)


_UNSAYABLE = Text(
    "プロパティ「{iri}」は、末尾がXMLの名前（XML 1.0 第4版）にならず、RDF/XMLでは書けません。"
    "これを含むRDF/XMLは提供しません（ほかの形式では提供します）。",
    'The property "{iri}" cannot be written in RDF/XML: its end is no name of XML 1.0 (fourth '
    "edition). RDF/XML that has it is not offered; other formats are.",
)
_NAME_IT = Text(
    "公開前なら「{better}」のような名前にしてください。"
    "名前は文字か「_」で始め、文字・数字・「-」「_」「.」だけで書きます。",
    'Before it is published, name it "{better}" or the like. A name begins with a letter or "_" and '
    'has letters, digits, "-", "_" and ".".',
)
_OTHER_PROPERTY = Text(
    "この名前空間の語は、RDF/XMLの文法が使っています。別のプロパティを使ってください。",
    "RDF/XML itself uses this namespace for its syntax. Use another property.",
)


def _catalog_place(dataset: Dataset) -> _PlaceOf:
    origin = Origin(dataset.project / "data" / "catalog.ttl")
    return lambda triple: origin.place(dataset.project, triple, dataset.iris.base)


def check_catalog(triples: Iterable[Triple], dataset: Dataset) -> None:
    """Raise GraphError unless the catalogue is whole.

    Whole means: what of ours it refers to is described, and each text can be written down.
    """
    everything = list(triples)
    described = {triple[0] for triple in (*everything, *dataset.found)}
    place_of = _catalog_place(dataset)
    ours = tuple(map(dataset.iris.of, ("id/", "graph/", f"{CATALOG}#", "void#", "sparql#")))
    problems = [
        Problem(
            Text(
                "カタログの参照先「{name}」はどこにも記述されていません。",
                'The catalogue refers to "{name}", which is described nowhere.',
            ).format(name=triple[2].value.removeprefix(dataset.iris.base)),
            Text("data/catalog.ttl を直してください。", "Correct data/catalog.ttl."),
            place_of(triple),
        )
        for triple in everything
        if _is_under(triple[2], ours) and triple[2] not in described
    ]
    problems += _unwritable(everything, place_of)
    if problems:
        raise GraphError.of(problems)


def check_withdrawn(dataset: Dataset, withdrawals: Withdrawals) -> None:
    """Raise GraphError if a withdrawn thing is still described, or its successor is not."""
    subjects = {triple[0].value for triple in dataset.found}
    problems = [
        problem
        for withdrawal in withdrawals.values()
        for problem in _withdrawn(dataset.iris, withdrawal, subjects)
    ]
    if problems:
        raise GraphError.of(problems)


def _withdrawn(iris: Iris, withdrawal: Withdrawal, subjects: set[str]) -> Iterator[Problem]:
    place, name = Place(str(SOURCE)), f"{withdrawal.type}/{withdrawal.key}"
    if iris.of(f"id/{name}") in subjects:
        yield Problem(
            Text(
                "取り下げた「{name}」がまだ記述されています。",
                'The withdrawn "{name}" is still described.',
            ).format(name=name),
            Text(
                "データから削除するか、この行を削除してください。",
                "Delete it from the data, or delete this row.",
            ),
            place,
        )
    if withdrawal.successor and withdrawal.successor_iri(iris) not in subjects:
        yield Problem(
            Text(
                "後継「{name}」はどこにも記述されていません。",
                'The successor "{name}" is described nowhere.',
            ).format(name=withdrawal.successor),
            Text("「種別/キー」の形と綴りを確かめてください。", "Write type/key and check it."),
            place,
        )
