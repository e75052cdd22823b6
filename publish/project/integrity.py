"""What no shape can say of a project: every term is declared, every thing is described."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import pyoxigraph as ox

from publish.errors import GraphError, Place, Problem
from publish.i18n import Text
from publish.iris import Iris
from publish.project.dataset import CATALOG, Dataset
from publish.project.turtle_files import Origin, ontologies
from publish.project.withdrawn import SOURCE, Withdrawal, Withdrawals
from publish.rdf import datatypes, rdfxml
from publish.rdf import namespaces as ns
from publish.rdf.terms import Triple

_PlaceOf = Callable[[Triple], Place | None]
#: Addresses of ours that content may speak of although nothing is said about them there.
_PAGES = ("", "about", "catalog", "ontology", "shapes", "sparql", "void")
_VERSIONS = {
    ns.OWL + name
    for name in ("versionIRI", "priorVersion", "backwardCompatibleWith", "incompatibleWith")
}


def check(dataset: Dataset, catalog: Iterable[Triple] = ()) -> None:
    """Raise GraphError unless the dataset is whole; `catalog` is what data/catalog.ttl states.

    Whole means: each term in the namespace of an ontology, ours or borrowed, is declared in it, each
    IRI of ours that is spoken of is described, each thing (`id/…`) has a well-formed IRI,
    nothing else of ours is described, each text can be written down, and each literal is one of its
    datatype.
    """
    problems = [
        *_undeclared(dataset),
        *_undescribed(dataset),
        *_malformed(dataset),
        *_unwritable(dataset.found, dataset.place_of),
        *_ill_typed(dataset.found, dataset.place_of),
        *_ill_typed(catalog, _catalog_place(dataset)),
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


def _nodes(triple: Triple) -> Iterator[ox.NamedNode]:
    subject, predicate, object_ = triple
    yield subject
    yield predicate
    yield object_ if isinstance(object_, ox.NamedNode) else object_.datatype


def _undescribed(dataset: Dataset) -> Iterator[Problem]:
    known = {triple[0] for triple in dataset.found}
    known |= {ox.NamedNode(dataset.iris.of(page)) for page in _PAGES}
    known |= {ox.NamedNode(dataset.iris.graph(name)) for name in dataset.graph_names()}
    elsewhere = _vocabularies(dataset)
    for triple in dataset.found:
        object_ = triple[2]
        if _is_under(object_, (dataset.iris.base,)) and object_ not in known:
            if object_.value.startswith(elsewhere):  # _undeclared tells of it
                continue
            yield _problem(
                dataset,
                triple,
                Text(
                    "参照先「{name}」はどこにも記述されていません。",
                    '"{name}" is referred to but described nowhere.',
                ),
                object_.value.removeprefix(dataset.iris.base),
                Text(
                    "キーの綴りを確かめるか、その記述を追加してください。",
                    "Check the key's spelling, or add its description.",
                ),
            )


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
            yield Problem(what, _WRITE.format(form=datatypes.form(datatype)), place_of(triple))


_ILL_TYPED = Text(
    "「{value}」は、データ型 {datatype} の値ではありません。",
    '"{value}" is no value of {datatype}.',
)
_WRITE = Text("{form}書いてください。", "Write {form}.")


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
