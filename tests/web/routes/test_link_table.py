"""The page for somebody's table over HTTP: forms, files, lines of JSON, limits, nothing kept."""

from __future__ import annotations

import csv
import io
import json
import threading
import time
import zipfile
from collections.abc import Mapping
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import html5lib
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from publish.tables.job import OUTPUTS
from publish.web.routes import link_table
from publish.web.routes.link_table import MOST_BYTES, Jobs
from tests.support.served import Served

TABLE = "市区町村名,人口\n函館市,1\n泊村,2\n青森市,3\n<b>火星</b>,4\n"
PERSON = {"Accept": "text/html", "Accept-Language": "ja"}
LINES = {"Accept": "application/x-ndjson"}
both = pytest.mark.parametrize("language", ["ja", "en"])


def send(
    client: FlaskClient,
    table: str | bytes = TABLE,
    headers: Mapping[str, str] = PERSON,
    name: str = "表.csv",
    address: str = "/link",
    **fields: str,
) -> TestResponse:
    data = table if isinstance(table, bytes) else table.encode()
    body, type_ = encoded(data, name, fields)
    return client.post(address, data=body, content_type=type_, headers=headers)


def choice(iri: str, row: int = 3) -> dict[str, Any]:
    """Return the field with what a person decided about a row."""
    return {f"choice-{row}": iri}


def encoded(table: bytes, name: str, fields: Mapping[str, str]) -> tuple[bytes, str]:
    """Return a form with a file as browsers send it, and its media type."""
    mark, escaped = "----boundary", name.replace('"', "%22")
    parts = [
        f'--{mark}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'.encode()
        for field, value in fields.items()
    ]
    head = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{escaped}"\r\n\r\n'
    body = b"".join([*parts, head.encode(), table, f"\r\n--{mark}--\r\n".encode()])
    return body, f"multipart/form-data; boundary={mark}"


def rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))


# -- the form ----------------------------------------------------------------------------------


@both
def test_the_form_is_a_page_in_both_languages_that_caches_may_keep(
    client: FlaskClient, language: str
) -> None:
    answer = client.get(f"/link.{language}.html")
    assert answer.status_code == 200
    assert answer.headers["Content-Language"] == language
    assert answer.headers["ETag"]
    tree = html5lib.parse(answer.text, namespaceHTMLElements=False)
    (form,) = [one for one in tree.iter("form") if one.get("data-link")]
    assert (form.get("method"), form.get("enctype")) == ("post", "multipart/form-data")
    assert form.get("action") == f"/link?lang={language}"
    assert {one.get("name") for one in form.iter("input")} >= {"file", "code", "name", "address"}
    types = [one.get("value") for one in form.iter("option")]
    assert {"municipality", "ward", "csv", "xlsx", "zip"} <= {*types}


def test_other_methods_are_refused_and_head_is_like_get(client: FlaskClient) -> None:
    assert client.put("/link").status_code == 405
    head, get = client.head("/link", headers=PERSON), client.get("/link", headers=PERSON)
    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["ETag"] == get.headers["ETag"]


# -- the outcome -------------------------------------------------------------------------------


@both
def test_the_page_shows_the_rows_to_review_first(client: FlaskClient, language: str) -> None:
    answer = send(client, headers={**PERSON, "Accept-Language": language})
    assert answer.status_code == 200
    tree = html5lib.parse(answer.text, namespaceHTMLElements=False)
    review, others = [one for one in tree.iter("table")]
    said = ["".join(row.itertext()) for row in review.iter("tr")][1:]
    assert [("泊村" in one) for one in said] == [True]
    (decision,) = review.iter("select")
    assert decision.get("name") == "choice-3"
    assert next(decision.iter("option")).get("value") == ""
    assert len([*decision.iter("option")]) == 4  # not yet, two candidates, none
    listed = ["".join(row.itertext()) for row in others.iter("tr")][1:]
    assert "青森市" in listed[0]
    assert "函館市" in listed[-1]


@both
def test_an_address_that_is_not_understood_is_shown_with_the_reason(
    client: FlaskClient, language: str
) -> None:
    table = "住所\n北海道勇払郡鵡川町花園1\n札幌市⻄区琴似2条\n"
    answer = send(client, table, headers={**PERSON, "Accept-Language": language})
    tree = html5lib.parse(answer.text, namespaceHTMLElements=False)
    review, others = ["".join(one.itertext()) for one in tree.iter("table")]
    assert "勇払郡鵡川町" in review and "⻄区" not in review
    assert {"ja": "このデータになく", "en": "no such municipality"}[language] in review
    assert {"ja": "札幌市西区", "en": "Nishi"}[language] in others


def test_nothing_of_the_table_is_markup_and_nothing_is_kept(client: FlaskClient) -> None:
    answer = send(client, name='"><script>alert(1)</script>.csv')
    assert "<b>火星" not in answer.text
    assert "<script>alert" not in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert "ETag" not in answer.headers


@pytest.mark.parametrize("one", OUTPUTS, ids=lambda one: one.suffix)
def test_every_form_is_a_download(client: FlaskClient, one: Any) -> None:
    answer = send(client, format=one.suffix)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == one.media_type
    disposition = answer.headers["Content-Disposition"]
    assert disposition.startswith("attachment; filename*=UTF-8''%E8%A1%A8.linked.")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.data


def test_choices_are_sent_with_the_file_and_are_in_the_download(client: FlaskClient) -> None:
    page = html5lib.parse(send(client).text, namespaceHTMLElements=False)
    options = [one.get("value") or "" for one in page.iter("option")]
    iri = next(value for value in options if value.endswith("/municipality/014036"))
    by_field = send(client, format="csv", **choice(iri))
    by_json = send(client, format="csv", choices=json.dumps({"3": iri}))
    assert by_field.data == by_json.data
    assert rows(by_field.data)[2][2] == iri
    none = rows(send(client, format="csv", **choice("none")).data)[2]
    assert (none[2], none[6], none[7]) == ("", "人が「該当なし」としました。", "いいえ")


def test_choices_are_kept_when_the_table_is_linked_again(client: FlaskClient) -> None:
    page = html5lib.parse(send(client).text, namespaceHTMLElements=False)
    options = [one.get("value") or "" for one in page.iter("option")]
    iri = next(value for value in options if value.endswith("/municipality/014036"))
    again = html5lib.parse(
        send(client, format="page", **choice(iri)).text, namespaceHTMLElements=False
    )
    assert selected(again, "choice-3") == iri
    # a choice can be taken back, and one whose row is not shown any more is still sent
    many = "市区町村名,人口\n" + "函館市,\n" * 150 + "泊村,\n"
    page = html5lib.parse(
        send(client, many, format="page", **choice(iri, 152)).text, namespaceHTMLElements=False
    )
    assert [one for one in page.iter("select") if one.get("name") == "choice-152"] == []
    fields = {one.get("name"): one.get("value") for one in page.iter("input")}
    assert fields["choice-152"] == iri


def selected(page: Any, name: str) -> str | None:
    (field,) = [one for one in page.iter("select") if one.get("name") == name]
    assert field.get("form") == "decide"
    (option,) = [one for one in field.iter("option") if one.get("selected") is not None]
    value: str | None = option.get("value")
    return value


def test_a_row_that_is_linked_can_be_corrected(client: FlaskClient) -> None:
    page = html5lib.parse(send(client).text, namespaceHTMLElements=False)
    (field,) = [one for one in page.iter("select") if one.get("name") == "choice-2"]
    values = [one.get("value") or "" for one in field.iter("option")]
    assert (values[0], values[-1]) == ("", "none")
    assert values[1].endswith("/municipality/012025")
    wrong = choice("none", 2)
    assert rows(send(client, format="csv", **wrong).data)[1][2] == ""
    again = html5lib.parse(send(client, format="page", **wrong).text, namespaceHTMLElements=False)
    assert selected(again, "choice-2") == "none"


@both
def test_the_address_of_an_outcome_leads_to_the_form_in_its_language(
    client: FlaskClient, language: str
) -> None:
    answer = client.get(f"/link?lang={language}", headers=PERSON)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/link.{language}.html")


def test_a_workbook_that_means_harm_is_refused(client: FlaskClient) -> None:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 50_000_000)
    answer = send(client, output.getvalue(), {"Accept": "application/json"}, "bomb.xlsx")
    assert answer.status_code == 400
    assert answer.json and "不自然に圧縮" in answer.json["detail_ja"]


def test_a_choice_that_is_no_candidate_changes_nothing(client: FlaskClient) -> None:
    plain = send(client, format="csv").data
    for other in ("https://example.com/", "javascript:alert(1)", "/id/municipality/012025"):
        assert send(client, format="csv", **choice(other)).data == plain


def test_the_language_of_columns_is_that_of_the_request(client: FlaskClient) -> None:
    english = rows(send(client, address="/link?lang=en", format="csv").data)
    assert english[0][2] == "link_uri"
    assert english[1][3] == "Hakodate"


def test_columns_types_and_relations_can_be_said(client: FlaskClient) -> None:
    table = "甲,乙,ID\n石狩,函館市,7\n"
    found = rows(send(client, table, format="csv", name_="").data)[1]
    assert found[4] == "石狩市"  # the first column that holds names
    asked = {"type": "region", "relation": "subject", "subject": "https://example.jp/{ID}"}
    answer = client.post(
        "/link",
        data={
            "file": (io.BytesIO(table.encode()), "t.csv"),
            "name": "甲",
            "format": "ttl",
            **asked,
        },
    )
    assert "<https://example.jp/7> dcterms:subject <" in answer.text
    assert "/id/region/ishikari> ." in answer.text


def test_the_small_project_under_a_path_links_too(small: FlaskClient) -> None:
    page = small.get("/lod/link.ja.html")
    assert 'action="/lod/link?lang=ja"' in page.text
    table = "団体コード,市町村名\n992011,霞市\n,浜町\n012025,函館市\n"
    found = rows(send(small, table, address="/lod/link", format="csv").data)
    assert [row[2] for row in found[1:]] == [
        "https://data.example.jp/lod/id/town/992011",
        "https://data.example.jp/lod/id/town/992020",
        "",
    ]


# -- lines -------------------------------------------------------------------------------------


@both
def test_progress_is_told_as_lines_and_the_last_one_has_the_outcome(
    client: FlaskClient, language: str
) -> None:
    table = "市区町村名\n" + "函館市\n泊村\n" * 500
    answer = send(client, table, {**LINES, "Accept-Language": language})
    assert answer.headers["Content-Type"] == "application/x-ndjson"
    assert answer.headers["Cache-Control"] == "no-store"
    lines = [json.loads(line) for line in answer.text.splitlines()]
    assert [line.get("done") for line in lines[:-1]] == [0, 200, 400, 600, 800, 1000]
    assert {line.get("total") for line in lines[:-1]} == {1000}
    assert {"ja": "確認の要る行", "en": "Rows to review"}[language] in lines[-1]["html"]
    # 200 rows to review, and 100 others that can be corrected
    assert lines[-1]["html"].count('name="choice-') == 300


@both
def test_what_is_wrong_comes_as_the_last_line(client: FlaskClient, language: str) -> None:
    answer = send(client, "a,b\n1\n", {**LINES, "Accept-Language": language})
    (line,) = [json.loads(one) for one in answer.text.splitlines()]
    said = {"ja": "表.csv:2: セルの数が1で", "en": "表.csv:2: The row has 1 cells"}[language]
    assert line["problems"][0].startswith(said)


# -- what is wrong -----------------------------------------------------------------------------


@both
def test_what_is_wrong_stands_above_the_form_with_its_place(
    client: FlaskClient, language: str
) -> None:
    answer = send(client, "a,b\n1\n", {**PERSON, "Accept-Language": language}, code="b")
    assert answer.status_code == 400
    assert answer.headers["Cache-Control"] == "no-store"
    tree = html5lib.parse(answer.text, namespaceHTMLElements=False)
    (alert,) = [one for one in tree.iter("div") if one.get("role") == "alert"]
    assert "表.csv:2" in "".join(alert.itertext())
    (field,) = [one for one in tree.iter("input") if one.get("name") == "code"]
    assert field.get("value") == "b"


def test_programs_get_a_problem_with_every_place(client: FlaskClient) -> None:
    answer = send(client, "a,b\n1\n1,2,3\n", {"Accept": "application/json"}, format="csv")
    assert answer.status_code == 400
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    assert answer.json is not None
    assert [one["line"] for one in answer.json["problems"]] == [2, 3]
    assert answer.json["detail_ja"].startswith("セルの数が1で")
    assert answer.json["problems"][0]["hint"]


@pytest.mark.parametrize(
    "fields",
    [
        {"format": "exe"},
        {"relation": "sameAs"},
        {"encoding": "utf-7"},
        {"type": "planet"},
        {"subject": "{ID}"},
        {"choices": "[1]"},
        {"choices": "{"},
        {"choices": "[" * 100_000},
        {"name": "無"},
    ],
    ids=str,
)
def test_options_that_cannot_be_are_refused(client: FlaskClient, fields: dict[str, str]) -> None:
    answer = client.post(
        "/link",
        data={**fields, "file": (io.BytesIO(TABLE.encode()), "t.csv")},
        headers={"Accept": "application/json"},
    )
    assert answer.status_code == 400
    assert answer.json and answer.json["detail"] and answer.json["detail_ja"]


def test_a_request_without_a_file_is_refused(client: FlaskClient) -> None:
    json_ = {"Accept": "application/json"}
    for data in ({}, {"file": ""}, {"file": (io.BytesIO(b"x"), "")}):
        answer = client.post("/link", data=data, headers=json_)
        assert answer.status_code == 400
        assert answer.json and "ファイル" in answer.json["detail_ja"]
    assert client.post("/link", data="x", content_type="text/csv").status_code == 400


# -- limits ------------------------------------------------------------------------------------


def padded(size: int) -> bytes:
    """Return a table of exactly so many bytes."""
    row = "函館市,".encode() + b"x" * 1000 + b"\n"
    data = "市区町村名,備考\n".encode()
    data += row * ((size - len(data)) // len(row))
    rest = size - len(data)
    return data + (b"\n" * rest)


def test_five_megabytes_are_taken_and_one_byte_more_is_not(client: FlaskClient) -> None:
    assert send(client, padded(MOST_BYTES), format="ttl").status_code == 200
    answer = send(client, padded(MOST_BYTES + 1), {"Accept": "application/json"}, format="ttl")
    assert answer.status_code == 413
    assert answer.json and "lodpub link" in answer.json["detail"]


def test_more_parts_or_longer_fields_than_a_form_has_are_refused(client: FlaskClient) -> None:
    many: dict[str, Any] = {f"choice-{n}": "x" for n in range(1200)}
    assert send(client, **many).status_code == 413
    assert send(client, choices="x" * 600_000).status_code == 413


def test_only_so_many_tables_are_worked_on_at_once(app: Flask, client: FlaskClient) -> None:
    jobs: Jobs = app.config["TABLES"]
    held = [jobs.begin(), jobs.begin()]
    try:
        answer = send(client, headers={"Accept": "application/json"})
        assert answer.status_code == 503
        assert answer.headers["Retry-After"] == "15"
        assert answer.json and "ほかの表" in answer.json["detail_ja"]
    finally:
        for job in held:
            job.end()
            job.end()  # a second end gives no second place
    assert send(client).status_code == 200


def test_every_way_out_gives_the_place_to_the_next_one(client: FlaskClient) -> None:
    for _ in range(3):
        assert send(client, "a,b\n1\n").status_code == 400
        assert send(client, format="exe").status_code == 400
        assert client.post("/link", data={}).status_code == 400
        assert "html" in send(client, headers=LINES).text
        assert "problems" in send(client, "a,b\n1\n", LINES).text
        body, type_ = encoded(TABLE.encode(), "t.csv", {})
        unread = client.post("/link", data=body, content_type=type_, headers=LINES, buffered=False)
        unread.close()
        deadline = time.monotonic() + 10
        while send(client).status_code == 503 and time.monotonic() < deadline:
            time.sleep(0.01)  # its thread has still to notice that nobody waits
    assert send(client).status_code == 200


def test_work_that_takes_too_long_ends(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(link_table, "SECONDS", 0.0)
    answer = send(client, headers={"Accept": "application/json"}, format="csv")
    assert answer.status_code == 400
    assert answer.json and "時間内に終わりません" in answer.json["detail_ja"]


# -- over a real server ------------------------------------------------------------------------


def posted(host: str, path: str, table: bytes, accept: str, **fields: str) -> tuple[int, bytes]:
    body, type_ = encoded(table, "t.csv", fields)
    connection = HTTPConnection(host, timeout=60)
    headers = {"Content-Type": type_, "Accept": accept}
    try:
        connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def test_the_server_takes_a_table_of_five_megabytes_here_and_nowhere_else(served: Served) -> None:
    table = padded(MOST_BYTES)
    status, content = posted(served.host, "/link", table, "*/*", format="zip")
    assert status == 200
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert "t.linked.csv" in archive.namelist()
    status, content = posted(served.host, "/link", padded(MOST_BYTES + 1), "application/json")
    assert (status, json.loads(content)["status"]) == (413, 413)
    for path in ("/reconcile", "/link/"):
        try:
            assert posted(served.host, path, table, "*/*")[0] == 413
        except ConnectionError:
            continue  # the server has said so and left before all was sent


def test_the_site_answers_while_a_hundred_thousand_rows_are_worked_on(served: Served) -> None:
    names = ("函館市", "小樽市", "泊村", "釧路", "Otaru Shi", "えさしちょう")
    table = (
        "市区町村名,番号\n" + "".join(f"{names[n % 6]},{n}\n" for n in range(100_000))
    ).encode()
    done: list[tuple[int, bytes]] = []
    work = threading.Thread(
        target=lambda: done.append(posted(served.host, "/link", table, "*/*", format="csv"))
    )
    work.start()
    slowest = 0.0
    while work.is_alive():
        begun = time.monotonic()
        assert served.request("GET", path="healthz").status == 200
        slowest = max(slowest, time.monotonic() - begun)
        time.sleep(0.05)
    work.join()
    ((status, content),) = done
    assert status == 200
    assert content.count(b"\r\n") == 100_001
    assert slowest < 5


def test_no_file_is_left_behind(served: Served, tmp_path: Path) -> None:
    before = open_files(served.process.pid)
    status, _ = posted(served.host, "/link", padded(3_000_000), "*/*", format="xlsx")
    assert status == 200
    deadline = time.monotonic() + 10
    while open_files(served.process.pid) - before and time.monotonic() < deadline:
        time.sleep(0.1)
    assert open_files(served.process.pid) - before == set()


def open_files(process: int) -> set[str]:
    """Return the temporary files that a process holds open, deleted ones too."""
    directory = Path(f"/proc/{process}/fd")
    if not directory.is_dir():
        pytest.skip("there is no /proc here")
    found = set()
    for entry in directory.iterdir():
        try:
            target = str(entry.readlink())
        except OSError:
            continue  # closed meanwhile
        if target.startswith("/tmp") and "log" not in target:
            found.add(target)
    return found


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("市区町村名,備考\n,\n函館市,x\n,\n", "値のない行を2行、飛ばしました（2、4行目）"),
        ("sep=;\n市区町村名;備考\n函館市;x\n", "区切り文字の指定として読みました"),
        ("市区町村名,備考\n市区町村名,備考\n函館市,x\n", "2行目は、見出しの繰返しか"),
        ("市区町村名,備考\n函館市,#N/A\n", "表計算ソフトのエラー表示"),
        ("市区町村名,備考\n函館市,譌･譛ｬ\n", "元は「日本」か"),
    ],
)
def test_what_is_no_value_is_told_on_the_page(client: FlaskClient, table: str, said: str) -> None:
    answer = send(client, table)
    assert answer.status_code == 200
    assert said in answer.text
