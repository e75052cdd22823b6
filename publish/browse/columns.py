"""The columns of a table of things: one for each form in which a property has values.

A column also says in CSVW ("Metadata Vocabulary for Tabular Data") what its cells mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any
from urllib.parse import quote

import pyoxigraph as ox

from publish.i18n import LANGUAGES, Text
from publish.rdf import namespaces as ns
from publish.rdf.terms import Term
from publish.shacl.shapes import Field

#: Between several values of one cell, unless a value holds it: see `_separator`.
SEPARATOR = " | "
#: The first column: which thing a row is about.
KEY = "iri"
KEY_TITLE = Text("識別子（IRI）", "identifier (IRI)")
_LANG_STRING, _STRING = ns.RDF + "langString", ns.XSD + "string"
_LANGUAGES = {
    "ja": Text("日本語", "Japanese"),
    "en": Text("英語", "English"),
    "ja-hrkt": Text("かなのよみ", "reading in kana"),
    "ja-latn": Text("ローマ字のよみ", "reading in Latin letters"),
}
_TITLE = Text("{what}（{form}）", "{what} ({form})")
#: The datatypes of XML Schema that CSVW has, too, under their local names.
_BUILT_IN = frozenset(
    {
        "anyURI", "base64Binary", "boolean", "byte", "date", "dateTime", "dateTimeStamp",
        "dayTimeDuration", "decimal", "double", "duration", "float", "gDay", "gMonth", "gMonthDay",
        "gYear", "gYearMonth", "hexBinary", "int", "integer", "long", "negativeInteger",
        "nonNegativeInteger", "nonPositiveInteger", "normalizedString", "positiveInteger", "short",
        "string", "time", "unsignedByte", "unsignedInt", "unsignedLong", "unsignedShort",
        "yearMonthDuration",
    }
)  # fmt: skip

#: A form of value: ("", "") an IRI, (language, langString) a text, ("", datatype) a literal.
Form = tuple[str, str]
_IRI: Form = ("", "")
#: property -> form -> thing -> values
Values = Mapping[str, Mapping[Form, Mapping[str, list[str]]]]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its header, the property of its values, and their form."""

    name: str
    path: str
    title: Text
    description: Text | None
    form: Form
    #: between the values of a cell, if there is a cell with several
    separator: str | None
    #: all values are ASCII; a template encodes what is not, and makes another IRI of it (RFC 6570)
    is_ascii: bool = True

    @property
    def is_iri(self) -> bool:
        """Tell whether the values are IRIs."""
        return self.form == _IRI

    @property
    def language(self) -> str | None:
        """Return the language tag of the values, if they are texts in a language."""
        return self.form[0] or None


def form_of(term: Term) -> Form:
    """Return the form of a value."""
    return _IRI if isinstance(term, ox.NamedNode) else (term.language or "", term.datatype.value)


def _declared(field: Field) -> tuple[Form, ...]:
    """Return the forms of value that a shape allows for, without those that may occur, too."""
    if field.is_iri:
        return (_IRI,)
    if field.datatype == _LANG_STRING:
        return ("ja", _LANG_STRING), ("en", _LANG_STRING)
    return (("", field.datatype),) if field.datatype else ()


def columns_of(fields: Iterable[Field], values: Values) -> Iterator[Column]:
    """Yield the columns for values by property, form and thing, in the order of the fields.

    A property has the columns that its shape allows for, and one for each other form that occurs.
    """
    taken = {KEY}
    for field in fields:
        declared, found = _declared(field), values[field.path]
        others = tuple(sorted(form for form in found if form not in declared))
        for number, form in enumerate(declared + others or (("", _STRING),)):
            mark = _mark(form, number)
            name = free(_local(field.path) + (f"_{_plain(mark)}" if mark else ""), taken)
            taken.add(name)
            title = _TITLE.format(what=field.name, form=_words(mark)) if mark else field.name
            cells = list(found[form].values()) if form in found else []
            said = (name, field.path, title, field.description, form, _separator(cells))
            yield Column(*said, all(value.isascii() for values in cells for value in values))


def _mark(form: Form, number: int) -> str:
    """Return what tells a column from the others of its property: a language, or a datatype."""
    language, datatype = form
    if language or not number:
        return language
    return _local(datatype) if datatype else KEY


def _words(mark: str) -> Text:
    return _LANGUAGES.get(mark, Text(mark, mark))


def _local(iri: str) -> str:
    """Return the local name of an IRI in the characters that names of columns may have."""
    return _plain(iri.replace("#", "/").rpartition("/")[2]) or "column"


def _plain(text: str) -> str:
    return quote(re.sub("[-.~]", "_", text), safe="").lstrip("_")


def free(name: str, taken: set[str]) -> str:
    """Return a name, with a number if it is taken."""
    numbered = (f"{name}_{number}" for number in count(2))
    return name if name not in taken else next(one for one in numbered if one not in taken)


def _separator(cells: Iterable[list[str]]) -> str | None:
    """Return what keeps the values of each cell apart, or None if no cell has several.

    CSVW knows no escape inside a cell: the separator is one that splits every cell of the column
    into just its values.
    """
    lists = list(cells)
    if all(len(values) < 2 for values in lists):
        return None
    others = (f" |{number}| " for number in count(1))
    tried = SEPARATOR
    while any(tried.join(values).split(tried) != values for values in lists):
        tried = next(others)
    return tried


def by_language(text: Text) -> list[dict[str, str]]:
    """Return a text as CSVW has it for properties of other vocabularies (JSON-LD values)."""
    return [{"@value": text.in_(language), "@language": language} for language in LANGUAGES]


def _titled(name: str, title: Text) -> dict[str, Any]:
    """Return name and titles; one title is the header itself, by which processors compare them."""
    titles = {language: title.in_(language) for language in LANGUAGES}
    return {"name": name, "titles": titles | {"und": name}}


KEY_COLUMN = _titled(KEY, KEY_TITLE) | {
    "datatype": "anyURI",
    "required": True,
    "suppressOutput": True,
}


def described(column: Column) -> dict[str, Any]:
    """Return what CSVW says of a column."""
    said = _titled(column.name, column.title) | {"propertyUrl": column.path}
    if column.description:
        said["dc:description"] = by_language(column.description)
    if column.language:
        said |= {"lang": column.language, "datatype": "string"}
    elif column.is_iri and (column.separator or not column.is_ascii):
        said |= {"datatype": "anyURI", "suppressOutput": True}
    elif column.is_iri:
        said |= {"datatype": "anyURI", "valueUrl": f"{{+{column.name}}}"}
    else:
        said["datatype"] = _datatype(column.form[1])
    if column.separator:
        said |= {"separator": column.separator, "ordered": False}
    return said


def _datatype(iri: str) -> str | dict[str, str]:
    name = iri.removeprefix(ns.XSD)
    return name if name in _BUILT_IN else {"@id": iri, "base": "string"}
