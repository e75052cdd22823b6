"""publish.cli.new_project: a new project is written whole or not at all, whatever its title is."""

from __future__ import annotations

import csv
import re
import tomllib
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from publish.build import build, check
from publish.cli import new_project
from publish.cli.new_project import (
    Plan,
    filled,
    municipality_at,
    municipality_of,
    skeleton,
    terms,
    vocabulary_at,
    vocabulary_in,
    vocabulary_of,
    write,
)
from publish.errors import CodeError, LodpubError, SettingError, SourceError, ValidationError
from publish.i18n import Text
from publish.release.release import Release, current
from publish.settings import Settings
from tests.support.projects import BASE, KV, write_project
from tests.support.real import BASE as OURS
from tests.support.real import ROOT
from tests.test_architecture import _place_names, _word

SOURCE = ROOT / "publish" / "skeleton"
HERE = "https://lod.city.example.jp/data/"
EVIL = Text(
    r'「$PATH」と"引用符"、\n、@@{base}、<b>', r'$(make) "quoted", back\slash, \u0041, @@{x} & <b>'
)


@pytest.fixture(scope="module")
def plan(release: Release) -> Plan:
    title, publisher = Text("施設", "Facilities"), Text("函館市", "Hakodate")
    place = municipality_of(release, "012025", None)
    return Plan(HERE, vocabulary_of(release), place, title, publisher)


def _left(directory: Path) -> list[str]:
    return sorted(path.name for path in directory.iterdir())


# -- The skeleton itself -----------------------------------------------------------------------


def test_the_skeleton_knows_no_place_and_no_project() -> None:
    pattern = re.compile("|".join(map(_word, sorted(_place_names()))))
    found = {path: pattern.findall(text) for path, text in skeleton()}
    assert {path: names for path, names in found.items() if names} == {}
    assert not [path for path, text in skeleton() if "society5" in text or "s5:" in text]


def test_it_is_packed_whole() -> None:
    patterns = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    packed = patterns["tool"]["setuptools"]["package-data"]["publish.skeleton"]
    globbed = {path for pattern in packed for path in SOURCE.glob(pattern)}
    assert {path for path in globbed if path.is_file()} == {
        path for path in SOURCE.rglob("*") if path.is_file()
    }
    # a name that begins with a dot would not be packed
    assert not [path for path in SOURCE.rglob(".*")]


def test_it_uses_few_terms_of_the_vocabulary() -> None:
    assert terms() == {"linkMethod", "confidence"}


def test_both_languages_say_the_same_commands() -> None:
    texts = dict(skeleton())
    japanese, english = (
        re.findall(r"```sh\n(.*?)```", texts[name], re.DOTALL)
        for name in ("README.ja.md", "README.md")
    )
    assert [block.replace("--lang ja", "--lang en") for block in japanese] == english
    headings = [
        len(re.findall(r"^## ", texts[name], re.M)) for name in ("README.ja.md", "README.md")
    ]
    assert headings[0] == headings[1]


# -- What is made of it ------------------------------------------------------------------------


def test_nothing_is_left_to_fill_in(plan: Plan) -> None:
    files = filled(plan)
    assert {".gitignore", "Makefile", "data/catalog.ttl", "ontology/shared.ttl"} <= files.keys()
    assert not [path for path, content in files.items() if b"@@" in content]


def test_the_project_conforms_and_its_iris_follow_the_base(plan: Plan, tmp_path: Path) -> None:
    write(plan, tmp_path / "city")
    checked = check(Settings(base="http://127.0.0.1:8001/", project=tmp_path / "city"))
    assert checked.report.conforms
    assert {finding.severity for finding in checked.report.findings} == {"Warning"}
    assert not [t for t in checked.dataset.found if t[0].value.startswith(HERE)]
    assert _left(tmp_path) == ["city"]


def test_same_values_make_the_same_bytes(plan: Plan) -> None:
    assert filled(plan) == filled(plan)


def test_any_title_and_publisher_can_be_written(plan: Plan, tmp_path: Path) -> None:
    place = replace(plan.municipality, name=Text('町,"一"', 'Town, "one"'))
    odd = replace(plan, title=EVIL, publisher=EVIL, municipality=place)
    write(odd, tmp_path / "city")
    build(Settings(base=HERE, project=tmp_path / "city", releases=tmp_path / "releases"))
    made = current(tmp_path / "releases")
    title = made.store.quads_for_pattern(
        ox.NamedNode(f"{HERE}catalog#dataset"), ox.NamedNode("http://purl.org/dc/terms/title"), None
    )
    assert {quad.object.value for quad in title} == {EVIL.ja, EVIL.en}  # type: ignore[union-attr]
    with (tmp_path / "city" / "data" / "facilities.csv").open(encoding="utf-8", newline="") as file:
        assert {row["地方公共団体名"] for row in csv.DictReader(file)} == {'町,"一"'}


def test_a_base_with_odd_characters_is_quoted_where_a_shell_reads_it(plan: Plan) -> None:
    odd = "https://lod.example.jp/a$b'c(d)/"
    files = filled(replace(plan, base=odd))
    assert b"doctor --lang en 'https://lod.example.jp/a$b'\"'\"'c(d)/'" in files["README.md"]
    assert tomllib.loads(files["lodpub.toml"].decode())["base"] == odd


@pytest.mark.parametrize(
    ("base", "port", "local"),
    [
        ("http://127.0.0.1:8005/lod/", "8005", "http://127.0.0.1:8005/lod/"),
        ("https://lod.example.jp/lod/", "8000", "http://127.0.0.1:8000/lod/"),
        ("https://lod.example.jp:8443/", "8000", "http://127.0.0.1:8000/"),
    ],
)
def test_one_can_try_it_on_this_machine(plan: Plan, base: str, port: str, local: str) -> None:
    values = replace(plan, base=base).values()
    assert (values["port"], values["local"]) == (port, local)


def test_a_vocabulary_without_a_copy_is_used_but_not_checked(plan: Plan, tmp_path: Path) -> None:
    elsewhere = replace(plan, shared=vocabulary_at("https://terms.example.jp/ontology"))
    write(elsewhere, tmp_path / "city")
    text = (tmp_path / "city" / "data" / "links.linksets.ttl").read_text("utf-8")
    assert "PREFIX shared: <https://terms.example.jp/ontology#>" in text
    assert _left(tmp_path / "city" / "ontology") == ["README.md"]


def test_a_prefix_that_the_skeleton_has_for_something_else_is_replaced(plan: Plan) -> None:
    assert (
        replace(plan, shared=replace(plan.shared, prefix="linkset")).values()["prefix"] == "shared"
    )
    assert plan.values()["prefix"] == "s5"


# -- What is refused, leaving nothing ----------------------------------------------------------


def test_a_directory_that_is_not_empty_is_refused(plan: Plan, tmp_path: Path) -> None:
    (tmp_path / "city").mkdir()
    (tmp_path / "city" / "mine.txt").write_text("keep", "utf-8")
    with pytest.raises(LodpubError, match="no empty directory"):
        write(plan, tmp_path / "city")
    assert _left(tmp_path) == ["city"]
    assert _left(tmp_path / "city") == ["mine.txt"]


@pytest.mark.parametrize("kind", ["file", "link"])
def test_what_is_no_directory_is_refused(plan: Plan, tmp_path: Path, kind: str) -> None:
    if kind == "file":
        (tmp_path / "city").write_text("keep", "utf-8")
    else:
        (tmp_path / "city").symlink_to(tmp_path / "nowhere" / "else")
        (tmp_path / "nowhere").mkdir()
        (tmp_path / "nowhere" / "else").write_text("keep", "utf-8")
    with pytest.raises(LodpubError, match="no empty directory"):
        write(plan, tmp_path / "city")


def test_an_empty_directory_and_a_new_place_are_fine(plan: Plan, tmp_path: Path) -> None:
    (tmp_path / "city").mkdir()
    write(plan, tmp_path / "city")
    write(plan, tmp_path / "new" / "place")
    assert _left(tmp_path / "city") == _left(tmp_path / "new" / "place")
    assert oct((tmp_path / "city").stat().st_mode)[-3:] == "755"


def test_the_current_directory_is_refused(
    plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SettingError, match="current directory"):
        write(plan, Path("."))


def test_the_base_of_what_is_shared_is_not_for_others(plan: Plan, tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="--base"):
        write(replace(plan, base=OURS), tmp_path / "city")
    assert _left(tmp_path) == []


def test_a_vocabulary_that_lacks_what_the_skeleton_uses_is_refused(
    plan: Plan, tmp_path: Path
) -> None:
    poor = replace(plan.shared, terms=frozenset({"linkMethod"}))
    with pytest.raises(LodpubError, match="confidence"):
        write(replace(plan, shared=poor), tmp_path / "city")
    assert _left(tmp_path) == []


def test_nothing_is_left_of_a_project_that_does_not_conform(
    plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = {**filled(plan)}
    broken["data/facilities.csv"] = broken["data/facilities.csv"].replace(b"012025", b"012026")
    monkeypatch.setattr(new_project, "filled", lambda _: broken)
    with pytest.raises(ValidationError, match="検査数字"):
        write(plan, tmp_path / "city")
    assert _left(tmp_path) == []


# -- The vocabulary and the municipality that a new project shares with others --------------------

OWL = "http://www.w3.org/2002/07/owl#"


# -- The vocabulary ----------------------------------------------------------------------------


def test_the_vocabulary_of_a_release_comes_with_a_copy(release: Release) -> None:
    shared = vocabulary_of(release)
    assert (shared.iri, shared.space, shared.prefix) == (
        f"{OURS}ontology",
        f"{OURS}ontology#",
        "s5",
    )
    assert shared.terms is not None
    assert {"Initiative", "linkMethod", "confidence"} <= shared.terms
    assert shared.copy is not None
    copied = {quad.subject.value for quad in ox.parse(shared.copy, format=ox.RdfFormat.TURTLE)}
    assert {f"{OURS}ontology", f"{OURS}ontology#Initiative"} <= copied
    assert not any("/id/" in iri for iri in copied)


def test_the_copy_is_the_same_as_what_is_served(release: Release, tmp_path: Path) -> None:
    shared = vocabulary_of(release)
    assert shared.copy is not None
    (tmp_path / "copy.ttl").write_bytes(shared.copy)
    assert vocabulary_in(tmp_path / "copy.ttl") == shared


def test_any_project_has_a_vocabulary_to_share(kasumi: Path) -> None:
    shared = vocabulary_of(current(kasumi / "releases"))
    assert (shared.space, shared.prefix) == (KV, "kv")
    assert sorted(shared.terms or ()) == [
        "Place", "Plan", "Step", "Town", "hasStep", "stepOf", "times", "town",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("header", "prefix"),
    [("", "shared"), ('"kv"', "kv"), ('"skos"', "shared"), ('"No prefix"', "shared")],
)
def test_a_prefix_that_is_missing_or_taken_is_replaced(
    tmp_path: Path, header: str, prefix: str
) -> None:
    stated = f"; <http://purl.org/vocab/vann/preferredNamespacePrefix> {header}" if header else ""
    text = f"<https://t.example/v/> a <{OWL}Ontology> {stated} .\n<https://t.example/v/A> a <{OWL}Class> .\n"
    (tmp_path / "v.ttl").write_text(text, "utf-8")
    shared = vocabulary_in(tmp_path / "v.ttl")
    assert (shared.iri, shared.space) == ("https://t.example/v/", "https://t.example/v/")
    assert (shared.prefix, shared.terms) == (prefix, frozenset("A"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"<ontology> a <{OWL}Ontology> .", "relative IRIs"),
        (f"<https://t.example/v> a <{OWL}Ontology> ; a <#here> .", "relative IRIs"),
        (f"<https://t.example/v#A> a <{OWL}Class> .", "No owl:Ontology"),
        ("<https://t.example/v> a", "syntax error"),
    ],
)
def test_a_file_that_cannot_be_shared_is_refused(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "v.ttl").write_text(text, "utf-8")
    with pytest.raises(SourceError) as caught:
        vocabulary_in(tmp_path / "v.ttl")
    (problem,) = caught.value.problems
    assert said in problem.what.en
    assert problem.place is not None


def test_our_sources_are_not_what_we_serve() -> None:
    with pytest.raises(SourceError, match=r"ontology\.ttl"):
        vocabulary_in(ROOT / "ontology" / "society5.ttl")


@pytest.mark.parametrize(
    ("given", "iri", "space"),
    [
        ("https://t.example/v", "https://t.example/v", "https://t.example/v#"),
        ("https://t.example/v#", "https://t.example/v", "https://t.example/v#"),
        ("https://t.example/v/", "https://t.example/v/", "https://t.example/v/"),
    ],
)
def test_of_a_vocabulary_elsewhere_only_the_namespace_is_known(
    given: str, iri: str, space: str
) -> None:
    shared = vocabulary_at(given)
    assert (shared.iri, shared.space, shared.prefix) == (iri, space, "shared")
    assert shared.terms is None
    assert shared.copy is None


@pytest.mark.parametrize("given", ["ftp://t.example/v", "https://t.example/<v>", "https://a b"])
def test_what_is_no_iri_is_no_vocabulary(given: str) -> None:
    with pytest.raises(SettingError, match="--ontology"):
        vocabulary_at(given)


# -- The municipality --------------------------------------------------------------------------


def test_a_municipality_of_a_release_is_found_by_its_code(release: Release) -> None:
    found = municipality_of(release, "012025", None)
    assert found.iri == f"{OURS}id/municipality/012025"
    assert found.name == Text("函館市", "Hakodate")
    assert (found.latitude, found.longitude) == ("41.85973", "140.93243")
    assert found.target == f"{OURS}catalog#dataset"
    assert "Society 5.0" in found.title.en


def test_without_a_code_it_is_the_first_of_the_prefecture(release: Release, kasumi: Path) -> None:
    assert municipality_of(release, None, "01").code == "011002"
    assert municipality_of(release, None, None).code == "011002"
    small = municipality_of(current(kasumi / "releases"), None, "99")
    assert (small.iri, small.name) == (f"{BASE}id/town/992011", Text("霞市", "Kasumi"))


@pytest.mark.parametrize(("code", "prefecture"), [("172014", None), (None, "17")])
def test_a_municipality_that_the_release_lacks_is_refused(
    release: Release, code: str | None, prefecture: str | None
) -> None:
    with pytest.raises(SettingError, match="--municipality"):
        municipality_of(release, code, prefecture)


def test_a_release_without_codes_has_no_municipality(tmp_path: Path) -> None:
    from publish.build import build
    from tests.support.projects import settings_for

    project = write_project(tmp_path / "kasumi")
    for path in (project / "data" / "towns.csv", *project.glob("*/*.ttl")):
        text = path.read_text("utf-8").replace("992011", "kasumi").replace("992020", "hama")
        path.write_text(text, "utf-8")
    metadata = project / "data" / "towns.csv-metadata.json"
    metadata.write_text(metadata.read_text("utf-8").replace("[0-9]{6}", "[a-z]+"), "utf-8")
    shapes = project / "shapes" / "plan.ttl"
    shapes.write_text(shapes.read_text("utf-8").replace("^99[0-9]{4}$", "^[a-z]+$"), "utf-8")
    build(settings_for(project))
    with pytest.raises(SettingError, match="no municipality"):
        municipality_of(current(project / "releases"), None, None)


@pytest.mark.parametrize(
    ("iri", "space", "target"),
    [
        (f"{BASE}id/town/992011", f"{BASE}id/town/", f"{BASE}catalog#dataset"),
        ("https://t.example/area/992011", "https://t.example/area/", "https://t.example/area/"),
    ],
)
def test_a_municipality_elsewhere_is_known_by_its_iri(iri: str, space: str, target: str) -> None:
    found = municipality_at(iri)
    assert (found.iri, found.space, found.code, found.target) == (iri, space, "992011", target)
    assert found.name is None


@pytest.mark.parametrize("iri", [f"{BASE}id/town/kasumi", f"{BASE}id/town/99201", "urn:x://992011"])
def test_an_iri_that_ends_in_no_code_is_refused(iri: str) -> None:
    with pytest.raises(SettingError):
        municipality_at(iri)


def test_a_wrong_check_digit_in_the_iri_is_told() -> None:
    with pytest.raises(CodeError, match="992011"):
        municipality_at(f"{BASE}id/town/992012")
