"""`/code/{code}` over HTTP: one redirect to what has the code now, or why there is none."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from publish.settings import Settings
from publish.web.app.requests import MOST_ENTRIES
from server import create_app
from tests.support import former
from tests.support.former import HAMA, KASUMI, build_former
from tests.support.served import Served

TEXT = {"Content-Type": "text/plain"}


def said(answer: Any) -> Any:
    """Return the JSON of an answer."""
    return answer.json


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A client of the small project with towns that are no more."""
    directory: Path = tmp_path_factory.mktemp("former") / "project"
    release = build_former(directory)
    return create_app(Settings(releases=release.path.parent)).test_client()


@pytest.mark.parametrize(
    ("code", "path"),
    [
        ("01", "/doc/prefecture/01"),
        ("01100", "/doc/municipality/011002"),
        ("011002", "/doc/municipality/011002"),
        ("０１１００２", "/doc/municipality/011002"),
        ("01101", "/doc/ward/011011"),
    ],
)
def test_a_code_leads_to_the_document_by_one_redirect(served: Served, code: str, path: str) -> None:
    answer = served.request(path=f"code/{quote(code)}")
    assert (answer.status, answer.headers["Location"]) == (303, path)
    assert {"Accept", "Accept-Language"} <= set(answer.headers["Vary"].split(", "))
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    followed = served.request(path=path[1:], headers={"Accept": "text/turtle"})
    assert followed.status == 200
    head = served.request("HEAD", path=f"code/{quote(code)}")
    assert (head.status, head.headers["Location"], head.body) == (303, path, b"")


def test_a_wrong_check_digit_is_404_with_the_right_one(client: FlaskClient) -> None:
    answer = client.get("/code/011003", headers={"Accept": "application/json"})
    assert answer.status_code == 404
    assert "011002" in said(answer)["detail"] and "011002" in said(answer)["detail_ja"]
    assert {"href": "/code/011002"} in said(answer)["alternatives"]
    assert answer.headers["Cache-Control"] == "no-store"
    page = client.get("/code/011003", headers={"Accept": "text/html"}).text
    assert 'href="/code/011002"' in page


@pytest.mark.parametrize("code", ["13101", "131016", "99", "x", "1100", "1234567", "%00", "<b>"])
def test_an_unknown_or_malformed_code_is_404_with_the_reason(
    client: FlaskClient, code: str
) -> None:
    answer = client.get(f"/code/{quote(code)}", headers={"Accept": "application/json"})
    assert answer.status_code == 404 and said(answer)["detail_ja"]
    page = client.get(f"/code/{quote(code)}", headers={"Accept": "text/html"})
    assert page.status_code == 404 and "<b>" not in page.text.replace("<b>1", "")


@pytest.mark.parametrize(
    ("code", "successor"),
    [
        (former.MERGED, HAMA),
        (former.EARLIER, KASUMI),
        (former.REPLACED, KASUMI),
        (former.TAKEN, HAMA),
    ],
)
def test_an_old_code_leads_to_the_successor_and_the_header_says_why(
    old: FlaskClient, code: str, successor: str
) -> None:
    answer = old.get(f"/lod/code/{code}")
    assert (answer.status_code, answer.location) == (303, f"/lod/doc/town/{successor}")
    links = answer.headers.getlist("Link")
    former_ = f'<https://data.example.jp/lod/id/town/{code}>; rel="predecessor-version"'
    (why,) = (one for one in links if one.startswith(former_))
    assert "title*=UTF-8'en'" in why and why.isascii()
    assert old.get(answer.location).status_code == 200


def test_a_split_code_offers_all_that_took_its_place(old: FlaskClient) -> None:
    answer = old.get(f"/lod/code/{former.SPLIT}", headers={"Accept": "application/json"})
    assert answer.status_code == 300
    assert [way["href"] for way in said(answer)["alternatives"]] == [
        f"/lod/id/town/{KASUMI}",
        f"/lod/id/town/{HAMA}",
    ]


def test_what_nothing_took_the_place_of_is_410(old: FlaskClient) -> None:
    code = former.DISSOLVED
    answer = old.get(f"/lod/code/{code}", headers={"Accept": "application/json"})
    assert answer.status_code == 410
    assert said(answer)["former"] == f"https://data.example.jp/lod/id/town/{code}"


# -- batches


def table(answer: Any) -> list[dict[str, str]]:
    assert answer.content_type == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(answer.text, newline="")))


def test_a_list_of_codes_is_answered_as_a_table(client: FlaskClient) -> None:
    body = '01100\n011003\n\n０１\nx,"y\n'.encode()
    answer = client.post("/code", data=body, headers=TEXT | {"Accept": "text/csv"})
    assert answer.status_code == 200 and answer.headers["Cache-Control"] == "no-store"
    rows = table(answer)
    assert [row["code"] for row in rows] == ["01100", "011003", "０１", 'x,"y']
    assert rows[0]["uri"].endswith("id/municipality/011002") and rows[0]["name_en"] == "Sapporo"
    assert rows[0]["type"] == "municipality" and not rows[0]["problem_ja"]
    assert not rows[1]["uri"] and "011002" in rows[1]["problem_en"]
    assert rows[2]["name_ja"] == "北海道" and rows[3]["problem_ja"]


@pytest.mark.parametrize("body", [["01100", "x"], {"codes": ["01100", "x"]}])
def test_a_json_list_is_answered_as_json(client: FlaskClient, body: Any) -> None:
    answer = client.post("/code", data=json.dumps(body), content_type="application/json")
    assert answer.content_type == "application/json"
    first, second = said(answer)["codes"]
    assert first["name_ja"] == "札幌市" and "problem_ja" not in first
    assert second["problem_ja"] and "uri" not in second


def test_old_codes_in_a_list_have_their_successors_and_why(old: FlaskClient) -> None:
    codes = "\n".join((former.MERGED, former.SPLIT, former.DISSOLVED))
    rows = table(old.post("/lod/code", data=codes, headers=TEXT | {"Accept": "text/csv"}))
    assert [row["uri"].rpartition("/")[2] for row in rows] == [HAMA, KASUMI, HAMA, ""]
    assert "浜町に編入" in rows[0]["note_ja"] and rows[0]["former_uri"].endswith(former.MERGED)
    assert "dissolved" in rows[3]["problem_en"]


def test_a_full_batch_is_answered_and_a_longer_one_refused(served: Served) -> None:
    codes = [f"01{number:03}" for number in range(MOST_ENTRIES)]
    answer = served.request("POST", (), TEXT, "\n".join(codes), path="code")
    assert answer.status == 200 and len(said(answer)["codes"]) >= MOST_ENTRIES
    refused = served.request("POST", (), TEXT, "\n".join([*codes, "01"]), path="code")
    assert refused.status == 413 and said(refused)["detail_ja"]


@pytest.mark.parametrize("accept", ["application/json", "text/csv"])
def test_half_a_surrogate_pair_is_no_code_and_breaks_nothing(
    client: FlaskClient, accept: str
) -> None:
    headers = {"Content-Type": "application/json", "Accept": accept}
    answer = client.post("/code", data='["\\ud800", "01"]', headers=headers)
    assert answer.status_code == 200 and "北海道" in answer.text


def test_without_a_code_there_is_only_the_batch(client: FlaskClient) -> None:
    answer = client.get("/code")
    assert answer.status_code == 405 and "POST" in answer.headers["Allow"]
    assert client.get("/code/").status_code == 404
    assert client.post("/code", data="a=b", content_type="image/png").status_code == 415
    refused = client.post("/code", data="01", headers=TEXT | {"Accept": "image/png"})
    assert refused.status_code == 406
