"""The command `lodpub`: verbs, languages, exit codes 0, 1 and 2."""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import click
import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result

from publish import __version__
from publish.build import build
from publish.cli import query as ask
from publish.cli.main import main
from publish.errors import QueryError
from publish.formats import RDF_FORMATS
from publish.i18n import Text
from publish.project.stamp import read_stamp
from publish.release.release import current, current_id
from publish.settings import Settings
from tests.support.projects import BASE, IRIS, append, edit, settings_for, write_project

JAPANESE = re.compile("[ぁ-んァ-ヶ一-龯]")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project with a release; tests that change something use `project`."""
    settings = settings_for(write_project(tmp_path_factory.mktemp("cli") / "kasumi"))
    build(settings)
    return settings.project


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write_project(tmp_path / "kasumi")


def run(*arguments: str | Path, stdin: str | None = None, **environment: str) -> Result:
    return CliRunner().invoke(main, [*map(str, arguments)], input=stdin, env=environment)


def options(project: Path) -> list[str]:
    return ["--project", str(project), "--releases", str(project / "releases"), "--base", BASE]


# -- Help --------------------------------------------------------------------------------------


def test_the_verbs_are_these() -> None:
    assert sorted(main.commands) == [
        "build",
        "diff",
        "doctor",
        "dump",
        "fingerprint",
        "init",
        "link",
        "links",
        "query",
        "releases",
        "serve",
        "settings",
        "stamp",
        "validate",
        "verify",
    ]


def test_help_lists_each_verb_with_its_whole_sentence() -> None:
    result = run("--help")
    assert result.exit_code == 0
    for name, command in main.commands.items():
        first = str(command.help).partition("\n")[0]
        assert re.search(rf"^  {name} +{re.escape(first)}$", result.output, re.M)


@pytest.mark.parametrize("verb", main.commands)
def test_help_of_a_verb_is_in_both_languages(verb: str) -> None:
    result = run(verb, "--help")
    assert result.exit_code == 0
    japanese, _, english = str(main.commands[verb].help).rpartition("/ ")
    assert JAPANESE.search(japanese)
    assert english
    assert not JAPANESE.search(english)


@pytest.mark.parametrize("verb", main.commands)
def test_help_of_each_option_is_in_both_languages(verb: str) -> None:
    parameters = [p for p in main.commands[verb].params if isinstance(p, click.Option)]
    for option in parameters:
        japanese, slash, english = str(option.help).partition("/")
        assert slash, option.name
        assert JAPANESE.search(japanese), option.name
        assert english.strip(), option.name


@pytest.mark.parametrize("verb", main.commands)
def test_each_verb_can_speak_one_language(verb: str) -> None:
    command = main.commands[verb]
    below = [[verb, one] for one in command.commands] if isinstance(command, click.Group) else []
    for words in below or [[verb]]:
        assert "--lang [ja|en]" in run(*words, "--help").output


def test_short_help_works_too() -> None:
    assert run("-h").output == run("--help").output


def test_the_version_is_told() -> None:
    assert run("--version").output == f"lodpub, version {__version__}\n"


# -- Wrong usage: 2 ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        ["publish"],
        ["build", "--fast"],
        ["validate", "--lang", "fr"],
        ["validate", "--format", "pdf"],
        ["stamp", "--date", "2032-04-01"],
        ["serve", "--port", "many"],
        ["query"],
        ["query", "no-such-file.rq"],
        ["dump", "--format", "csv"],
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_2(arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2


def test_an_unusable_base_is_wrong_usage_and_explained_in_both_languages(project: Path) -> None:
    result = run("build", *options(project)[:4], "--base", "data.example.jp")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr == (
        "公開URL（base）「data.example.jp」は使えません。"
        " → http:// 又は https:// で始まり「/」で終わるURLを指定してください。\n"
        'The base "data.example.jp" cannot be used.'
        ' → Give a URL that begins with http:// or https:// and ends in "/".\n'
    )


def test_an_unusable_setting_in_the_environment_is_wrong_usage() -> None:
    result = run("releases", "--lang", "en", LODPUB_ROWS="many")
    assert result.exit_code == 2
    assert 'Setting rows: "many" cannot be used.' in result.stderr


# -- validate ----------------------------------------------------------------------------------


def test_valid_data_end_with_0_and_are_summarised_in_both_languages(built: Path) -> None:
    result = run("validate", "--project", built)
    assert result.exit_code == 0
    assert "対象 5 件：違反 0 件、警告 1 件、参考 0 件\n" in result.stdout
    assert result.stdout.endswith("5 focus nodes: 0 violations, 1 warnings, 0 infos\n")


def test_one_language_can_be_asked_for(built: Path) -> None:
    assert not JAPANESE.search(run("validate", "--project", built, "--lang", "en").stdout)
    assert "focus nodes" not in run("validate", "--project", built, "--lang", "ja").stdout


def test_invalid_data_end_with_1_and_name_file_line_value_bounds_and_remedy(project: Path) -> None:
    edit(project / "data" / "source.plans.ttl", "kv:times 3", "kv:times 0")
    result = run("validate", "--project", project, "--lang", "ja")
    assert result.exit_code == 1
    (line,) = [line for line in result.stdout.splitlines() if "違反: " in line]
    assert line.startswith(
        "data/source.plans.ttl:22: 違反: 「回数」は1以上でなければなりません（今の値：0）。"
    )
    assert "step/care-survey-2030" in line
    assert "→ 桁や小数点の位置" in line


def test_unreadable_data_end_with_1_and_say_so_on_standard_error(project: Path) -> None:
    edit(project / "data" / "towns.csv", "992020", "99202")
    result = run("validate", "--project", project, "--lang", "en")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.startswith("data/towns.csv:3:code: ")


def test_a_directory_that_is_no_project_ends_with_1(tmp_path: Path) -> None:
    result = run("validate", "--project", tmp_path, "--lang", "ja")
    assert result.exit_code == 1
    assert "data/catalog.ttl がありません。" in result.stderr


def test_the_report_can_be_had_as_json(built: Path) -> None:
    result = run("validate", "--project", built, "--format", "json")
    report = json.loads(result.stdout)
    assert report["conforms"] is True
    assert report["results"][0]["message"] == {
        "ja": "計画に実施内容がありません。",
        "en": "The plan has no step.",
    }


def test_the_report_can_be_had_as_turtle(built: Path) -> None:
    result = run("validate", "--project", built, "--format", "turtle", "--base", BASE)
    quads = list(ox.parse(result.stdout, format=ox.RdfFormat.TURTLE))
    assert ox.NamedNode(IRIS.of("report")) in {quad.subject for quad in quads}


@pytest.mark.parametrize(
    ("lang", "title"), [([], "検証結果"), (["--lang", "en"], "Validation report")]
)
def test_the_report_can_be_had_as_html(built: Path, lang: list[str], title: str) -> None:
    result = run("validate", "--project", built, "--format", "html", *lang)
    assert result.stdout.startswith("<!doctype html>")
    assert f"<title>{title}</title>" in result.stdout


# -- build -------------------------------------------------------------------------------------


def test_build_tells_id_size_and_base_in_both_languages(project: Path) -> None:
    result = run("build", *options(project))
    release = current_id(project / "releases")
    assert result.exit_code == 0
    assert result.stdout == (
        f"リリース {release} を作成しました（97件の文、公開URL {BASE}）。"
        f" / Built release {release} (97 triples, base {BASE}).\n"
    )


def test_build_warns_of_a_stale_stamp(project: Path) -> None:
    result = run("build", *options(project), "--lang", "en")
    assert result.exit_code == 0
    assert "Note: the content has changed" in result.stderr
    assert "lodpub stamp" in result.stderr


def test_strict_build_fails_with_a_stale_stamp(project: Path) -> None:
    assert run("build", *options(project), "--strict").exit_code == 1


def _spoilt(project: Path) -> None:
    """Give a project empty rows, dirt in a table, in a Turtle file and in the catalogue."""
    edit(project / "data" / "towns.csv", "浜町", "浜町　")
    append(project / "data" / "towns.csv", ",,,,\n\n")
    note = 'skos:note "外\ue000字"@ja .\n'
    append(project / "data" / "editorial.plans.ttl", f"<id/plan/care> {note}")
    prefix = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
    append(project / "data" / "catalog.ttl", f"{prefix}<catalog> {note}")


@pytest.mark.parametrize("verb", ["build", "validate"])
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_dirt_is_noted_with_its_place_and_fails_only_if_that_is_wished(
    project: Path, verb: str, lang: str
) -> None:
    _spoilt(project)
    where = options(project)
    if verb == "validate":
        where = [*where[:2], *where[4:]]
    else:  # so that the stamp is no reason
        run("stamp", "--date", "2031-05-01", "--version", "9", *where[:2], "--lang", lang)
    result = run(verb, *where, "--lang", lang)
    assert result.exit_code == 0
    note = "注意：" if lang == "ja" else "Note: "
    starts = [line.partition(note)[0] for line in result.stderr.splitlines() if note in line]
    noted = [re.sub(r"\.ttl:\d+", ".ttl:n", one) for one in starts]
    assert noted == [
        "data/towns.csv:4: ", "data/towns.csv:3:name_ja: ", "data/editorial.plans.ttl:n: ",
        "data/catalog.ttl:n: ",
    ]  # fmt: skip
    assert run(verb, *where, "--strict").exit_code == 1


def test_strict_validation_fails_with_a_warning_of_a_rule_or_a_note_of_reading(
    project: Path,
) -> None:
    where = ["--project", str(project), "--base", BASE]
    assert run("validate", *where).exit_code == 0
    assert run("validate", *where, "--strict").exit_code == 1
    edit(project / "shapes" / "plan.ttl", "sh:severity sh:Warning", "sh:severity sh:Info")
    assert run("validate", *where, "--strict").exit_code == 0
    _spoilt(project)
    assert run("validate", *where, "--strict").exit_code == 1


def test_build_of_invalid_data_ends_with_1_and_keeps_the_current_release(project: Path) -> None:
    run("build", *options(project))
    before = current_id(project / "releases")
    edit(project / "data" / "source.plans.ttl", "kv:times 3", "kv:times 0")
    result = run("build", *options(project), "--lang", "ja")
    assert result.exit_code == 1
    assert result.stderr.startswith("data/source.plans.ttl:22: 「回数」は1以上でなければ")
    assert current_id(project / "releases") == before


def test_the_environment_gives_what_the_command_line_does_not(project: Path) -> None:
    result = run(
        "build",
        LODPUB_PROJECT=str(project),
        LODPUB_RELEASES=str(project / "out"),
        LODPUB_BASE="https://example.jp/lod/society5/",
    )
    assert result.exit_code == 0
    assert current(project / "out").manifest.base == "https://example.jp/lod/society5/"


def test_the_command_line_wins_over_the_environment(project: Path) -> None:
    run("build", *options(project), LODPUB_BASE="https://example.jp/")
    assert current(project / "releases").manifest.base == BASE


def test_a_project_is_built_where_its_own_file_says(project: Path) -> None:
    (project / "lodpub.toml").write_text(f'base = "{BASE}"\nreleases = "out"\n', "utf-8")
    result = run("build", "--project", project)
    assert result.exit_code == 0, result.output
    assert current(project / "out").manifest.base == BASE


# -- settings ----------------------------------------------------------------------------------


def test_settings_tells_each_value_and_where_it_comes_from(project: Path) -> None:
    (project / "lodpub.toml").write_text(f'base = "{BASE}"\nworkers = 2\n', "utf-8")
    told = run("settings", "--project", project, "--lang", "en", LODPUB_RATE="5").stdout
    assert [line.split()[1:] for line in told.splitlines() if line.startswith(("b", "w", "ra", "p"))] == [
        [BASE, f"{project / 'lodpub.toml'}:1"],
        [str(project), "--project"],
        ["127.0.0.1:8000", "default"],
        ["2", f"{project / 'lodpub.toml'}:2"],
        ["5", "LODPUB_RATE"],
        ["default"],
    ]  # fmt: skip
    assert len(told.splitlines()) == 12


@pytest.mark.parametrize(
    ("language", "said"), [((), "既定値 / default"), (("--lang", "ja"), "既定値")]
)
def test_settings_tells_it_in_the_language_asked_for(language: tuple[str, ...], said: str) -> None:
    last = run("settings", *language).stdout.splitlines()[-1]
    assert last.split(maxsplit=2) == ["log", "text", said]


def test_a_setting_that_does_not_exist_is_wrong_usage(project: Path) -> None:
    (project / "lodpub.toml").write_text('bases = "https://data.example.jp/"\n', "utf-8")
    for verb in ("settings", "validate", "build"):
        result = run(verb, "--project", project)
        assert result.exit_code == 2
        assert "lodpub.toml:1: 「bases」という設定はありません。" in result.stderr
        assert 'There is no setting "bases" here.' in result.stderr


# -- stamp -------------------------------------------------------------------------------------


def test_stamp_writes_date_and_version_of_the_content(project: Path) -> None:
    result = run("stamp", "--project", project, "--date", "2032-04-01", "--version", "1.1.0")
    assert result.exit_code == 0
    assert result.stdout == (
        "2032-04-01、版 1.1.0 を記録しました。 / Stamped 2032-04-01, version 1.1.0.\n"
    )
    built = run("build", *options(project), "--strict")
    assert built.exit_code == 0
    assert built.stderr == ""
    stamp = read_stamp(project / "data" / "catalog.ttl", IRIS)
    assert stamp.content_hash == current(project / "releases").manifest.content_hash


def test_stamp_refuses_what_is_no_date_as_wrong_usage(project: Path) -> None:
    result = run("stamp", "--project", project, "--date", "R14.4.1", "--version", "1.1.0")
    assert result.exit_code == 2
    assert '"R14.4.1" is no value for --date.' in result.stderr


# -- releases ----------------------------------------------------------------------------------


def test_releases_are_listed_with_their_whole_id_and_the_current_one_marked(project: Path) -> None:
    run("build", *options(project))
    older = str(current_id(project / "releases"))
    run("build", *options(project)[:4], "--base", "http://127.0.0.1:8000/")
    newer = str(current_id(project / "releases"))
    result = run("releases", "--releases", project / "releases")
    assert result.exit_code == 0
    assert re.search(rf"│ {older} │ +│", result.stdout)
    assert re.search(rf"│ {newer} │ ● +│", result.stdout)


def test_headings_of_the_list_are_in_the_language_asked_for(built: Path) -> None:
    english = run("releases", "--releases", built / "releases", "--lang", "en").stdout
    assert "┃ release " in english
    assert not JAPANESE.search(english)


def test_releases_can_be_switched(project: Path) -> None:
    run("build", *options(project))
    older = str(current_id(project / "releases"))
    run("build", *options(project)[:4], "--base", "http://127.0.0.1:8000/")
    assert run("releases", "--releases", project / "releases", "--switch", older).exit_code == 0
    assert current_id(project / "releases") == older


def test_switching_to_an_unknown_release_ends_with_1(project: Path) -> None:
    run("build", *options(project))
    result = run("releases", "--releases", project / "releases", "--switch", "latest")
    assert result.exit_code == 1
    assert "「latest」はリリースのIDではありません。" in result.stderr
    assert '"latest" is no id of a release.' in result.stderr


def test_without_releases_the_list_is_empty(tmp_path: Path) -> None:
    assert run("releases", "--releases", tmp_path / "none").exit_code == 0


# -- dump --------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", [format_.suffix for format_ in RDF_FORMATS])
def test_dump_writes_the_current_release_to_standard_output(built: Path, suffix: str) -> None:
    result = run("dump", "--releases", built / "releases", "--format", suffix)
    assert result.exit_code == 0
    dump = built / "releases" / "current" / "dump"
    assert result.stdout_bytes == (dump / f"all.{suffix}").read_bytes()
    assert result.stdout_bytes == gzip.decompress((dump / f"all.{suffix}.gz").read_bytes())


@pytest.mark.parametrize("name", ["all.nq.zst", "town.csv", "town.csv-metadata.json", "SHA256SUMS"])
def test_dump_writes_any_file_by_its_name(built: Path, name: str) -> None:
    result = run("dump", "--releases", built / "releases", "--file", name)
    assert result.exit_code == 0
    dump = built / "releases" / "current" / "dump"
    assert result.stdout_bytes == (dump / name).read_bytes()


def test_dump_lists_the_files(built: Path) -> None:
    result = run("dump", "--releases", built / "releases", "--list")
    names = {path.name for path in (built / "releases" / "current" / "dump").iterdir()}
    assert {line.split()[1] for line in result.stdout.splitlines()} == names


@pytest.mark.parametrize("choice", [["--dataset", "towns"], ["--file", "../manifest.json"]])
def test_a_dump_that_is_not_there_is_explained(built: Path, choice: list[str]) -> None:
    result = run("dump", "--releases", built / "releases", *choice)
    assert result.exit_code == 1
    assert "lodpub dump --list" in result.stderr


def test_dump_writes_to_a_file_and_says_so(built: Path, tmp_path: Path) -> None:
    target = tmp_path / "all.ttl"
    result = run("dump", "--releases", built / "releases", "--output", target)
    assert result.stdout == f"{target} に書き出しました。 / Wrote {target}.\n"
    assert target.read_bytes() == (built / "releases" / "current" / "dump" / "all.ttl").read_bytes()


def test_a_file_that_cannot_be_written_ends_with_1_and_an_explanation(
    built: Path, tmp_path: Path
) -> None:
    target = tmp_path / "no" / "such" / "directory.ttl"
    result = run("dump", "--releases", built / "releases", "--output", target, "--lang", "ja")
    assert result.exit_code == 1
    assert result.stderr.startswith("ファイルが読み書きできません（")
    assert str(target) in result.stderr


@pytest.mark.parametrize("verb", ["dump", "serve"])
def test_without_a_release_it_is_said_what_to_do(
    tmp_path: Path, verb: str, listening: list[Settings]
) -> None:
    result = run(verb, "--releases", tmp_path)
    assert result.exit_code == 1
    assert "先に「lodpub build」を実行してください。" in result.stderr
    assert listening == []


# -- query -------------------------------------------------------------------------------------


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str, str]]:
    """Remember what is asked of whom, and answer "霞市"."""
    calls: list[tuple[str, str, str]] = []

    def endpoint(url: str, text: str, format_: str) -> bytes:
        calls.append((url, text, format_))
        return "霞市\n".encode()

    def release(settings: Settings, text: str, format_: str) -> bytes:
        return endpoint(str(settings.releases), text, format_)

    monkeypatch.setattr(ask, "ask_endpoint", endpoint)
    monkeypatch.setattr(ask, "ask_release", release, raising=False)
    return calls


def test_a_query_is_read_from_a_file_and_put_to_the_current_release(
    tmp_path: Path, asked: list[tuple[str, str, str]]
) -> None:
    query = tmp_path / "towns.rq"
    query.write_text("SELECT ?市 { ?市 ?p ?o }", "utf-8")
    result = run("query", query, "--releases", tmp_path, "--format", "csv")
    assert (result.exit_code, result.stdout) == (0, "霞市\n")
    assert asked == [(str(tmp_path), "SELECT ?市 { ?市 ?p ?o }", "csv")]


def test_a_query_is_read_from_standard_input(asked: list[tuple[str, str, str]]) -> None:
    run("query", "-", "--releases", "releases", stdin="ASK {}")
    assert asked == [("releases", "ASK {}", "table")]


def test_a_query_is_put_to_an_endpoint(asked: list[tuple[str, str, str]]) -> None:
    run("query", "-", "--endpoint", "https://example.jp/sparql", stdin="ASK {}")
    assert asked == [("https://example.jp/sparql", "ASK {}", "table")]


def test_a_refused_query_ends_with_1(
    monkeypatch: pytest.MonkeyPatch, asked: list[tuple[str, str, str]]
) -> None:
    def refuse(*_: object) -> bytes:
        raise QueryError(Text("更新はできません。", "No updates."), Text("…", "…"), status=403)

    monkeypatch.setattr(ask, "ask_release", refuse, raising=False)
    result = run("query", "-", "--lang", "ja", stdin="DROP ALL")
    assert result.exit_code == 1
    assert result.stderr == "更新はできません。 → …\n"


# -- serve -------------------------------------------------------------------------------------


@pytest.fixture
def listening(monkeypatch: pytest.MonkeyPatch) -> list[Settings]:
    """Put a server that does not listen in the place of the real one; return its settings."""
    calls: list[Settings] = []

    def serve(settings: Settings, ready: Callable[[], None]) -> None:
        calls.append(settings)
        ready()

    stub = ModuleType("server")
    stub.serve = serve  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "server", stub)
    return calls


def test_serve_tells_its_address_with_the_path_of_the_base(
    built: Path, listening: list[Settings]
) -> None:
    result = run("serve", "--releases", built / "releases", "--lang", "en")
    release = current_id(built / "releases")
    assert result.stdout == (
        f"Serving release {release} on http://127.0.0.1:8000/lod/. Press Ctrl-C to stop.\n"
    )
    assert [settings.bind for settings in listening] == ["127.0.0.1:8000"]


@pytest.mark.parametrize(
    ("arguments", "bind"),
    [
        (["--port", "9000"], "127.0.0.1:9000"),
        (["--host", "0.0.0.0"], "0.0.0.0:8000"),
        (["--host", "0.0.0.0", "--port", "0"], "0.0.0.0:0"),
        (["--host", "::1"], "[::1]:8000"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else value,
)
def test_serve_listens_where_it_is_told(
    built: Path, listening: list[Settings], arguments: list[str], bind: str
) -> None:
    run("serve", "--releases", built / "releases", *arguments)
    assert [settings.bind for settings in listening] == [bind]


def test_serve_keeps_what_the_environment_says_of_the_other_part(
    built: Path, listening: list[Settings]
) -> None:
    run("serve", "--releases", built / "releases", "--port", "9000", LODPUB_BIND="[::]:80")
    assert [settings.bind for settings in listening] == ["[::]:9000"]
    assert listening[0].host_and_port() == ("::", 9000)


def test_serve_with_an_impossible_port_is_wrong_usage(
    built: Path, listening: list[Settings]
) -> None:
    assert run("serve", "--releases", built / "releases", "--port", "99999").exit_code == 2
    assert listening == []


def test_unused_files_of_a_project_do_not_disturb(project: Path) -> None:
    (project / "data" / "メモ.txt").write_text("下書き", "utf-8")
    append(project / "data" / "source.plans.ttl", "\n# 追記\n")
    assert run("build", *options(project)).exit_code == 0
