"""publish.rdf.line_numbers: the line on which a Turtle file states something."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publish.rdf import namespaces as ns
from publish.rdf.line_numbers import line_of, lines_of

BASE = "https://data.example.jp/"
NAME, TIMES = BASE + "name", BASE + "times"
#: What may stand between two tokens of Turtle.
gaps = st.sampled_from([" ", "\n", "\n\n    ", "\t", ' # 「注」 ; . <x> "\n', "\r\n"])
words = st.text(st.sampled_from("見守り a;.,#<>[]()'"), max_size=6)
#: Objects as Turtle, and as the string by which a position is asked for.
objects = st.one_of(
    st.integers(0, 99).map(lambda n: (f"<id/{n}>", f"{BASE}id/{n}")),
    words.map(lambda w: (f'"{w}"@ja', w)),
    words.map(lambda w: (f'"""{w}\n{w}"""', f"{w}\n{w}")),
    st.sampled_from(["1", "-5", "1.50", "true", "false"]).map(lambda n: (n, n)),
)
#: Predicates as Turtle, and as IRIs.
predicates = st.sampled_from([("<p0>", BASE + "p0"), ("<p1>", BASE + "p1"), ("a", ns.RDF + "type")])
statements = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.lists(
            st.tuples(predicates, st.lists(objects, min_size=1, max_size=3)),
            min_size=1,
            max_size=3,
        ),
    ),
    max_size=4,
)


class Document:
    """Turtle text that grows token by token and remembers on which line it stated what."""

    def __init__(self) -> None:
        self.text = ""
        self.lines: dict[tuple[str, str, str], int] = {}

    def put(self, token: str, gap: str) -> int:
        line = self.text.count("\n") + 1
        self.text += token + gap
        return line


@st.composite
def documents(draw: st.DrawFn) -> Document:
    made = Document()
    for subject, said in draw(statements):
        made.put(f"<s{subject}>", draw(gaps))
        for place, ((verb, predicate), values) in enumerate(said):
            made.put(";" if place else "", draw(gaps) if place else "")
            made.put(verb, draw(gaps))
            for number, (turtle, value) in enumerate(values):
                made.put("," if number else "", draw(gaps) if number else "")
                line = made.put(turtle, draw(gaps))
                key = (f"{BASE}s{subject}", predicate, value)
                made.lines.setdefault(key, line)
        made.put(".", draw(gaps))
    return made


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("positions") / "any.ttl"


@settings(deadline=None)
@given(documents())
def test_every_statement_is_on_the_line_of_its_object(file: Path, made: Document) -> None:
    file.write_bytes(made.text.encode())
    assert lines_of(file, BASE) == made.lines


@settings(deadline=None)
@given(documents())
def test_positions_are_known_of_just_what_the_engine_reads(file: Path, made: Document) -> None:
    file.write_bytes(made.text.encode())
    read = ox.parse(made.text, format=ox.RdfFormat.TURTLE, base_iri=BASE)
    assert {tuple(_value(term) for term in quad.triple) for quad in read} == set(
        lines_of(file, BASE)
    )


def _value(term: object) -> str:
    assert isinstance(term, ox.NamedNode | ox.Literal)
    return term.value


TURTLE = """\
PREFIX : <>
# 見守り
:plan :name "遠隔見守り"@ja ,
        "remote care"@en ;
    :times 3 .

:other
    :name '''二行の
名前'''@ja ; :times 4 .
"""


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    path = tmp_path / "plans.ttl"
    path.write_text(TURTLE, "utf-8")
    return path


@pytest.mark.parametrize(
    ("subject", "predicate", "object_", "line"),
    [
        ("plan", NAME, "遠隔見守り", 3),
        ("plan", NAME, "remote care", 4),
        ("plan", TIMES, "3", 5),
        ("other", NAME, "二行の\n名前", 8),
        ("other", TIMES, "4", 9),
    ],
)
def test_a_statement_is_found(
    plans: Path, subject: str, predicate: str, object_: str, line: int
) -> None:
    assert line_of(plans, BASE, BASE + subject, predicate, object_) == line


def test_an_unknown_value_gives_the_line_of_its_property(plans: Path) -> None:
    assert line_of(plans, BASE, BASE + "plan", TIMES, "03") == 5


def test_an_unknown_property_gives_the_first_line_of_the_thing(plans: Path) -> None:
    assert line_of(plans, BASE, BASE + "plan", BASE + "town") == 3


def test_an_unknown_thing_gives_the_first_line(plans: Path) -> None:
    assert line_of(plans, BASE, BASE + "nothing") == 1


def test_a_file_that_breaks_off_gives_the_lines_before(plans: Path) -> None:
    plans.write_text(TURTLE + ":broken :name", "utf-8")
    assert line_of(plans, BASE, BASE + "plan", TIMES, "3") == 5


def test_a_file_with_a_byte_order_mark_is_read(plans: Path) -> None:
    plans.write_text(TURTLE, "utf-8-sig")
    assert line_of(plans, BASE, BASE + "plan", TIMES, "3") == 5


def test_a_file_that_was_edited_is_read_again(plans: Path) -> None:
    assert line_of(plans, BASE, BASE + "plan", TIMES) == 5
    plans.write_text("\n\n" + TURTLE, "utf-8")
    assert line_of(plans, BASE, BASE + "plan", TIMES) == 7


def test_blank_nodes_and_lists_do_not_disturb_the_rest(plans: Path) -> None:
    before = ':list :of ( "a" [ :name "b" ] ) , [ :name "c" , "d" ] ;\n  :times 5 .\n'
    plans.write_text(f"PREFIX : <>\n{before}[] :name 'e' .\n:plan :times 3 .\n", "utf-8")
    assert line_of(plans, BASE, BASE + "list", TIMES, "5") == 3
    assert line_of(plans, BASE, BASE + "plan", TIMES, "3") == 5
