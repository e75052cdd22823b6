"""The services of the site that a catalogue lists: addresses at which programs ask."""

from __future__ import annotations

from dataclasses import dataclass

from publish.formats import JSON, RDF_FORMATS, RESULT_FORMATS, Format
from publish.i18n import Text

SPARQL_PROTOCOL = "https://www.w3.org/TR/sparql11-protocol/"
#: The specification of the version that its clients speak.
RECONCILIATION = "https://reconciliation-api.github.io/specs/0.2/"
CKAN_API = "https://docs.ckan.org/en/latest/api/"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A way for programs to ask: where, by which rules, in which formats."""

    name: str
    title: Text
    description: Text
    #: address of the endpoint, relative to the base
    path: str
    #: where the endpoint is described; None: at its own address
    described: str | None
    standard: str
    formats: tuple[Format, ...]
    keywords: tuple[Text, ...]


_API = Text("API", "API")
ENDPOINTS = (
    Endpoint(
        "sparql",
        Text("SPARQL エンドポイント", "SPARQL endpoint"),
        Text(
            "SPARQL 1.1 による照会を受け付ける。全てのデータセットを対象とし、更新は受け付けない。",
            "Answers SPARQL 1.1 queries over all data sets. Updates are refused.",
        ),
        "sparql",
        None,
        SPARQL_PROTOCOL,
        (*RESULT_FORMATS, *RDF_FORMATS),
        (Text("SPARQL", "SPARQL"), _API),
    ),
    Endpoint(
        "ckan",
        Text("CKAN API（参照のみ）", "CKAN API (read-only)"),
        Text(
            "データカタログをCKANのAction APIと同じ形のJSONで返す。参照のみで、登録や変更は受け付けない。",
            "Gives the catalogue as JSON in the form of CKAN's Action API. It is read-only.",
        ),
        "api/3/",
        CKAN_API,
        CKAN_API,
        (JSON,),
        (Text("CKAN", "CKAN"), _API),
    ),
    Endpoint(
        "reconcile",
        Text("名寄せの窓口（Reconciliation Service API）", "Reconciliation service"),
        Text(
            "手元の表にある名称やコードが、このデータのどれに当たるかを、点数と理由を付けて返す。"
            "OpenRefineなどのソフトから使える。",
            "Tells which things of these data the names and codes in a table mean, with scores and "
            "reasons. It can be used from OpenRefine and other software.",
        ),
        "reconcile",
        None,
        RECONCILIATION,
        (JSON,),
        (Text("名寄せ", "reconciliation"), _API),
    ),
)
