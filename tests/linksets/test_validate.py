"""Each kind of flaw: a project that has it and no other, and where it is told to be."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pyoxigraph as ox
import pytest

from publish.build import build, check
from publish.errors import GraphError, SourceError
from publish.linksets.links import EXACT, SEVERITIES, TITLES, Kind
from publish.linksets.validate import Upkeep, as_json, as_text, of_project, of_quads, summary
from publish.rdf import namespaces as ns
from publish.rdf.terms import node
from publish.release.release import Release, current
from tests.support.linked import LINKS, PLACES, linked_project, replace_iri
from tests.support.projects import IRIS, append, edit, settings_for
from tests.support.real import ROOT

MANY, LINKS_OF_MANY = "http://many.example/", 4_000
KASUMI, HAMA = f"{PLACES}992011-霞市", f"{PLACES}992020-浜町"


def stating(turtle: str) -> Callable[[Path], None]:
    return lambda project: append(project / LINKS, f"\n{turtle}\n")


def writing(old: str, new: str) -> Callable[[Path], None]:
    return lambda project: replace_iri(project, old, new)


def _link_twice(project: Path) -> None:
    again = (
        "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n<id/town/992011> skos:exactMatch\n"
    )
    (project / "data" / "links.again.ttl").write_text(f"{again}    <{KASUMI}> .\n", "utf-8")


def _no_pattern(project: Path) -> None:
    pattern = (
        '" ;\n    void:uriRegexPattern "^https://places\\\\.example\\\\.org/id/([0-9]{6})-[^%/]+$'
    )
    edit(project / LINKS, pattern, "")


def _unreadable_pattern(project: Path) -> None:
    edit(project / LINKS, "([0-9]{6})-[^%/]+$", "([0-9]{6}-[^%/]+$")


def _same_item_for_both(project: Path) -> None:
    edit(project / "data" / "towns.csv", "Hama,", "Hama,Q900001")


#: What is put wrong in a project whose links are right, by the kind of flaw that it makes.
DEEDS: list[tuple[Kind, str, Callable[[Path], None]]] = [
    ("whitespace", "error", writing(KASUMI, f"{PLACES}992011-霞\u3000市")),
    ("normalisation", "error", writing(HAMA, f"{PLACES}992020-か\u3099町")),
    ("encoding", "error", writing(KASUMI, f"{PLACES}992011-%E9%9C%9E%E5%B8%82")),
    ("encoding", "error", writing(KASUMI, f"{PLACES}992011-%25E9%259C%259E")),
    ("encoding", "error", writing(KASUMI, f"{PLACES}992011-%E9%9C")),
    ("scheme", "error", writing(KASUMI, KASUMI.replace("https:", "http:"))),
    ("slash", "error", writing(HAMA, f"{HAMA}/")),
    ("space", "error", writing(KASUMI, "https://other.example.org/id/992011-霞市")),
    ("pattern", "error", writing(KASUMI, f"{PLACES}霞市")),
    ("code", "error", writing(KASUMI, f"{PLACES}992020-霞市")),
    ("rule", "error", _unreadable_pattern),
    ("unruled", "warning", _no_pattern),
    ("repeated", "warning", _link_twice),
    (
        "linksets",
        "warning",
        stating(
            "linkset:places-too a void:Linkset ; void:linkPredicate skos:exactMatch ;\n"
            "    void:objectsTarget <https://places.example.org/> .\n"
            f"<{KASUMI}> void:inDataset linkset:places-too ."
        ),
    ),
    ("ours", "error", _same_item_for_both),
    (
        "theirs",
        "error",
        stating(
            "town:992011 skos:exactMatch wd:Q900002 .\nwd:Q900002 void:inDataset linkset:wikidata ."
        ),
    ),
    (
        "theirs",
        "warning",
        stating(
            "linkset:wikidata-too a void:Linkset ; void:linkPredicate skos:exactMatch ;\n"
            "    void:objectsTarget wd:Q2013 .\n"
            "town:992011 skos:exactMatch wd:Q900002 .\nwd:Q900002 void:inDataset linkset:wikidata-too ."
        ),
    ),
    (
        "disjoint",
        "error",
        stating(
            f"town:992011 skos:broadMatch <{KASUMI}> .\n"
            f"<{KASUMI}> void:inDataset linkset:places-around ."
        ),
    ),
    (
        "relations",
        "warning",
        stating(
            f"town:992020 skos:closeMatch <{HAMA}> .\n<{HAMA}> void:inDataset linkset:places-near ."
        ),
    ),
    ("chain", "error", stating(f"wd:Q900001 skos:exactMatch <{HAMA}> .")),
    ("chain", "error", stating("town:992011 skos:exactMatch town:992020 .")),
    ("crossing", "error", stating(f"wd:Q900001 skos:exactMatch <{PLACES}990000-霞県> .")),
    (
        "withdrawn",
        "error",
        stating(
            "plan:old-care skos:exactMatch wd:Q900009 .\nwd:Q900009 void:inDataset linkset:wikidata ."
        ),
    ),
    (
        "unknown",
        "error",
        stating(
            "town:992038 skos:exactMatch wd:Q900003 .\nwd:Q900003 void:inDataset linkset:wikidata ."
        ),
    ),
    ("homeless", "error", stating("town:992020 skos:exactMatch wd:Q900004 .")),
    (
        "predicate",
        "error",
        stating(
            "town:992020 skos:closeMatch wd:Q900004 .\nwd:Q900004 void:inDataset linkset:wikidata ."
        ),
    ),
    (
        "empty",
        "warning",
        stating(
            "linkset:nothing a void:Linkset ; void:linkPredicate skos:exactMatch ;\n"
            "    void:objectsTarget <https://places.example.org/> ."
        ),
    ),
]


def checked(project: Path) -> Upkeep:
    return of_project(project, IRIS)


def kinds(upkeep: Upkeep) -> set[str]:
    return {found.flaw.kind for found in upkeep.found}


def test_links_without_a_flaw_are_found_to_be_right(tmp_path: Path) -> None:
    upkeep = checked(linked_project(tmp_path / "project"))
    assert (upkeep.found, upkeep.conforms) == ((), True)
    assert summary(upkeep).en == "5 links in 4 linksets: no errors, 0 warnings."


@pytest.mark.parametrize(("kind", "severity", "deed"), DEEDS, ids=[f"{d[0]}-{d[1]}" for d in DEEDS])
def test_each_flaw_is_found_alone_and_where_it_stands(
    tmp_path: Path, kind: Kind, severity: str, deed: Callable[[Path], None]
) -> None:
    project = linked_project(tmp_path / "project")
    deed(project)
    upkeep = checked(project)
    (found,) = upkeep.found
    assert (found.flaw.kind, found.flaw.severity) == (kind, severity)
    assert upkeep.conforms is (severity == "warning")
    assert found.places
    for place in found.places:
        assert place.line
        line = (project / place.file).read_text("utf-8").splitlines()[place.line - 1]
        if place.column and place.file.endswith(".csv"):
            assert place.column == "wikidata" and "Q900001" in line
        elif found.flaw.links:
            ends = [link.object for link in found.flaw.links]
            assert any(end.rpartition("/")[2] in line or end in line for end in ends), line
        else:
            assert found.flaw.about.rpartition("/")[2] in line or "void:" in line, line


def test_every_kind_of_flaw_is_tried() -> None:
    assert {deed[0] for deed in DEEDS} == set(get_args(Kind)) == set(TITLES)


@pytest.mark.parametrize(
    ("written", "right"),
    [
        (f"{PLACES}992011-霞\u3000市", KASUMI),
        (f"{PLACES}992011-%E9%9C%9E%E5%B8%82", KASUMI),
        (f"http{KASUMI.removeprefix('https')}/", KASUMI),
        ("http://places.example.org/id/992011-%E9%9C%9E%E5%B8%82/", KASUMI),
    ],
)
def test_what_to_write_instead_is_told(tmp_path: Path, written: str, right: str) -> None:
    project = linked_project(tmp_path / "project")
    replace_iri(project, KASUMI, written)
    (found,) = checked(project).found
    assert found.flaw.remedy.ja == f"「{right}」と書いてください。"
    assert found.flaw.remedy.en == f'Write "{right}".'


def test_an_iri_that_its_data_set_writes_with_escapes_is_told_to_have_them(tmp_path: Path) -> None:
    project = linked_project(tmp_path / "project")
    edit(project / LINKS, "-[^%/]+$", "-[!-~]+$")
    upkeep = checked(project)
    assert kinds(upkeep) == {"encoding"}
    assert f'Write "{PLACES}992011-%E9%9C%9E%E5%B8%82".' in as_text(upkeep, "en")


def test_two_of_ours_by_one_target_are_told_once_and_not_as_a_chain(tmp_path: Path) -> None:
    project = linked_project(tmp_path / "project")
    _same_item_for_both(project)
    (found,) = checked(project).found
    assert [link.subject for link in found.flaw.links] == [
        IRIS.of("id/town/992011"),
        IRIS.of("id/town/992020"),
    ]
    assert [(place.file, place.line, place.column) for place in found.places] == [
        ("data/towns.csv", 2, "wikidata"),
        ("data/towns.csv", 3, "wikidata"),
    ]


def test_a_chain_is_told_step_by_step(tmp_path: Path) -> None:
    project = linked_project(tmp_path / "project")
    stating(f"wd:Q900001 skos:exactMatch <{HAMA}> .")(project)
    (found,) = checked(project).found
    steps = f"id/town/992011 = http://www.wikidata.org/entity/Q900001 = {HAMA} = id/town/992020"
    assert steps in found.flaw.what.en and steps in found.flaw.what.ja


def test_a_withdrawn_thing_names_its_successor(tmp_path: Path) -> None:
    project = linked_project(tmp_path / "project")
    stating(
        "plan:old-care skos:exactMatch wd:Q900009 .\nwd:Q900009 void:inDataset linkset:wikidata ."
    )(project)
    (found,) = checked(project).found
    assert "id/plan/remote-care" in found.flaw.remedy.ja
    assert "2031-04-01" in found.flaw.what.en


def test_a_thing_without_the_code_is_let_be(tmp_path: Path) -> None:
    """A plan has no code: nothing can be compared."""
    project = linked_project(tmp_path / "project")
    stating(
        f"plan:remote-care skos:exactMatch <{PLACES}992038-見守り> .\n"
        f"<{PLACES}992038-見守り> void:inDataset linkset:places ."
    )(project)
    assert checked(project).found == ()


def test_a_release_is_found_to_have_the_flaws_of_its_sources(tmp_path: Path) -> None:
    project = linked_project(tmp_path / "project")
    stating("town:992020 skos:exactMatch wd:Q900004 .")(project)
    stating(f"wd:Q900001 skos:exactMatch <{PLACES}990000-霞県> .")(project)
    build(settings_for(project))
    release = current(project / "releases")
    found = of_quads(release.store, release.iris, release.withdrawn)
    assert kinds(found) == kinds(checked(project)) == {"homeless", "crossing"}
    assert all(one.places == () for one in found.found)


def test_the_links_of_this_repository_are_right(release: Release) -> None:
    sources = of_project(ROOT, release.iris)
    assert [as_text(sources, "en")] == [f"{summary(sources).en}\n"]
    assert sources.found == ()
    assert of_quads(release.store, release.iris, release.withdrawn).found == ()
    assert len(sources.crosslinks.links) > 700


def test_a_wrong_code_in_this_repository_would_be_found(release: Release) -> None:
    """The rule is in the data, not in the program."""
    town = node(release.iris.of("id/municipality/012025"))
    sac = "http://data.e-stat.go.jp/lod/sac/"
    (link,) = release.store.quads_for_pattern(town, node(EXACT), node(f"{sac}C01202"))
    wrong = ox.Quad(town, link.predicate, node(f"{sac}C01203"), link.graph_name)
    quads = [quad for quad in release.store if quad != link]
    upkeep = of_quads([*quads, wrong], release.iris, release.withdrawn)
    assert [(found.flaw.kind, found.flaw.links[0].subject) for found in upkeep.found] == [
        ("code", town.value),
        ("ours", town.value),
    ]


def test_reports_say_the_same_in_both_languages_and_as_json(tmp_path: Path) -> None:
    project = linked_project(tmp_path / "project")
    stating("town:992020 skos:exactMatch wd:Q900004 .")(project)
    _link_twice(project)
    upkeep = checked(project)
    ja, en = as_text(upkeep, "ja"), as_text(upkeep, "en")
    assert ja.count("\n") == en.count("\n") == 3
    assert ja.startswith("data/links.places.ttl:") and "［誤り］" in ja and "［注意］" in ja
    assert ja.endswith("誤りが1件、注意が1件あります。\n")
    said = json.loads(as_json(upkeep))
    assert (said["conforms"], said["errors"], said["warnings"]) == (False, 1, 1)
    assert said["kinds"] == {"homeless": 1, "repeated": 1}
    assert [one["severity"] for one in said["findings"]] == ["error", "warning"]
    assert said["findings"][0]["places"][0]["file"] == "data/links.places.ttl"
    assert set(said["findings"][0]["title"]) == {"ja", "en"}
    assert len(said["findings"][1]["places"]) == 2


def test_errors_of_the_files_are_told_with_their_place(tmp_path: Path) -> None:
    project = linked_project(tmp_path / "project")
    append(project / LINKS, "\ntown:992011 skos:exactMatch [] .\n")
    with pytest.raises(SourceError) as caught:
        checked(project)
    assert caught.value.problems[0].place


def test_every_word_is_there_in_both_languages() -> None:
    for text in (*TITLES.values(), *SEVERITIES.values()):
        assert text.ja and text.en and text.ja != text.en


@pytest.mark.parametrize(
    ("form", "flaws"), [("C{:06}", 0), ("c{:06}/", LINKS_OF_MANY), ("C{:06}X", LINKS_OF_MANY)]
)
def test_many_links_are_checked(form: str, flaws: int) -> None:
    """Those that are right, and those that are all wrong; bench/links.py has the time."""
    upkeep = of_quads(many_links(form), IRIS, {})
    assert len(upkeep.found) == flaws


def many_links(form: str) -> list[ox.Quad]:
    """Return a linkset of many links, with the statements that make it a whole one."""
    graph, linkset, data_set = (
        node(IRIS.of(name)) for name in ("graph/links", "id/linkset/many", "other")
    )
    said: list[tuple[ox.NamedNode, str, ox.NamedNode | ox.Literal]] = [
        (linkset, ns.RDF + "type", node(ns.VOID + "Linkset")),
        (linkset, ns.VOID + "linkPredicate", node(EXACT)),
        (linkset, ns.VOID + "objectsTarget", data_set),
        (linkset, IRIS.of("ontology#targetCode"), node(ns.DCTERMS + "identifier")),
        (data_set, ns.VOID + "uriRegexPattern", ox.Literal("^http://many\\.example/C([0-9]{6})$")),
    ]
    for number in range(LINKS_OF_MANY):
        thing, other = node(IRIS.thing("town", f"{number:06}")), node(MANY + form.format(number))
        said += [
            (thing, ns.RDF + "type", node(IRIS.of("ontology#Town"))),
            (thing, ns.DCTERMS + "identifier", ox.Literal(f"{number:06}")),
            (thing, EXACT, other),
            (other, ns.VOID + "inDataset", linkset),
        ]
    return [ox.Quad(one, node(path), other, graph) for one, path, other in said]


# -- What no release has --------------------------------------------------------------------------

SAME = "PREFIX owl: <http://www.w3.org/2002/07/owl#>\n"


@pytest.mark.parametrize(
    ("more", "names"),
    [
        ("town:992020 skos:exactMatch wd:Q900001 .", ["id/town/992011", "id/town/992020"]),
        (SAME + "town:992020 owl:sameAs wd:Q900001 .", ["id/town/992011", "id/town/992020"]),
        ("plan:snow-robots skos:exactMatch wd:Q900001 .", ["id/plan/snow-robots", "id/town/992011"]),
        (SAME + "plan:snow-robots owl:sameAs wd:Q7 . plan:remote-care owl:sameAs wd:Q7 .", ["entity/Q7"]),
        ("town:992011 skos:exactMatch town:992020 .", ["id/town/992011", "id/town/992020"]),
        (f"wd:Q900001 skos:exactMatch <{HAMA}> .", ["id/town/992011", "id/town/992020"]),
    ],
)  # fmt: skip
def test_two_of_ours_are_not_published_as_one(tmp_path: Path, more: str, names: list[str]) -> None:
    project = linked_project(tmp_path / "kasumi")
    head = "PREFIX plan: <id/plan/>\nPREFIX town: <id/town/>\n"
    stating(head + more)(project)
    with pytest.raises(GraphError) as raised:
        check(settings_for(project))
    assert raised.value.problems
    for problem in raised.value.problems:
        assert all(name in problem.what.ja for name in names)
        assert "書かれているのは data/" in problem.what.ja and problem.place
        assert "closeMatch" in problem.remedy.ja


def test_what_is_only_near_to_two_of_ours_is_published(tmp_path: Path) -> None:
    project = linked_project(tmp_path / "kasumi")
    head = "PREFIX town: <id/town/>\n"
    stating(head + "town:992011 skos:closeMatch wd:Q9 . town:992020 skos:closeMatch wd:Q9 .")(
        project
    )
    check(settings_for(project))
