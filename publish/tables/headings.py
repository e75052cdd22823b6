"""Headings of Japanese tables, and what stands below them, in one table.

Read: 自治体標準オープンデータセット (デジタル庁), its predecessor 推奨データセット (内閣官房), and
what municipalities and statistics write otherwise. Nothing here is about one place.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from publish.i18n import Text

#: What a column can be used for.
CODE = "code"
NAME = "name"
READING = "reading"
PREFECTURE = "prefecture"
REGION = "region"
DISTRICT = "district"
ADDRESS = "address"
#: What is carried along: what the row itself is, and where it is on the map.
THING = "thing"
KEY = "key"
LATITUDE = "latitude"
LONGITUDE = "longitude"

ROLES = {
    CODE: Text("コード", "code"),
    NAME: Text("市区町村などの名称", "name of a municipality or another area"),
    READING: Text("よみ", "reading"),
    PREFECTURE: Text("都道府県", "prefecture"),
    REGION: Text("地域・管内", "region"),
    DISTRICT: Text("郡", "district (郡)"),
    ADDRESS: Text("住所", "address"),
    THING: Text("行の表すものの名称", "name of what the row is about"),
    KEY: Text("行の番号", "number of the row"),
    LATITUDE: Text("緯度", "latitude"),
    LONGITUDE: Text("経度", "longitude"),
}


@dataclass(frozen=True, slots=True)
class Heading:
    """Headings that mean the same: what is below them, and why that is known.

    Of several columns for one role the one with the lower rank is tried first.
    """

    role: str
    rank: int
    spellings: tuple[str, ...]
    why: Text
    #: it names who made the data, which need not be where the thing is
    is_publisher: bool = False
    #: it holds what it is used for only now and then: its contents decide
    is_doubtful: bool = False


_STANDARD = Text(
    "自治体標準オープンデータセットの項目", "an item of the standard municipal open data sets"
)
_RECOMMENDED = Text("推奨データセットの項目", "an item of the recommended data sets")
_COMMON = Text("よく使われる見出し", "a common heading")
_ITS_OWN_PLACE = Text(
    "所在地そのものを表す項目（自治体標準オープンデータセット）",
    "the place itself (standard municipal open data sets)",
)
_ITS_PUBLISHER = Text(
    "データを作る団体を表す項目で、所在地の項目がないときに使う（自治体標準オープンデータセット）",
    "who made the data; used where no item says the place (standard municipal open data sets)",
)
_OFTEN_A_THING = Text(
    "施設などの名称であることが多く、内容が地域の名称であるときだけ使う",
    "often the name of a facility; used only if it holds names of areas",
)

HEADINGS = (
    Heading(CODE, 0, ("所在地_全国地方公共団体コード",), _ITS_OWN_PLACE),
    Heading(
        CODE, 1,
        ("市区町村コード", "市町村コード", "自治体コード", "団体コード", "地方公共団体コード",
         "地域コード", "標準地域コード", "行政区域コード", "jisコード", "city_code", "citycode",
         "municipality_code", "area_code", "areacode", "lg_code", "lgcode", "jis_code"),
        _COMMON,
    ),
    Heading(CODE, 2, ("都道府県コード又は市区町村コード",), _ITS_PUBLISHER, is_publisher=True),
    Heading(CODE, 3, ("全国地方公共団体コード",), _ITS_PUBLISHER, is_publisher=True),
    Heading(CODE, 4, ("コード", "code", "cd"), _COMMON),
    Heading(NAME, 0, ("所在地_市区町村", "所在地_市区町村名"), _ITS_OWN_PLACE),
    Heading(NAME, 1, ("市区町村名", "市区町村"), _RECOMMENDED),
    Heading(
        NAME, 2,
        ("市町村名", "市町村", "自治体名", "自治体", "市区町村名(漢字)", "市町村名(漢字)", "団体名",
         "市町", "市町名", "区市町村", "区市町村名", "市郡町村", "市名", "町村名", "行政区",
         "行政区名", "区名", "市区", "市区名", "町村", "地域名", "city", "city_name", "cityname",
         "municipality", "municipality_name", "town", "local_government"),
        _COMMON,
    ),
    Heading(NAME, 3, ("地方公共団体名",), _ITS_PUBLISHER, is_publisher=True),
    Heading(NAME, 9, ("名称", "名前", "name", "label"), _OFTEN_A_THING, is_doubtful=True),
    Heading(
        READING, 0,
        ("市区町村名_カナ", "市区町村名カナ", "市区町村名(カナ)", "市町村名カナ", "市町村名(カナ)",
         "地方公共団体名_カナ", "市区町村カナ", "市町村カナ", "団体名カナ", "団体名(カナ)",
         "ふりがな", "フリガナ", "よみ", "よみがな", "読み", "読み仮名", "カナ", "かな", "kana",
         "ローマ字", "市区町村名_英字", "市町村名_英字", "地方公共団体名_英字", "英語名", "romaji"),
        _COMMON,
    ),
    Heading(READING, 9, ("名称_カナ", "名称_英字", "名称_かな"), _OFTEN_A_THING, is_doubtful=True),
    Heading(PREFECTURE, 0, ("所在地_都道府県", "所在地_都道府県名"), _ITS_OWN_PLACE),
    Heading(PREFECTURE, 1, ("都道府県名",), _RECOMMENDED),
    Heading(PREFECTURE, 2, ("都道府県", "県名", "府県名", "prefecture", "pref"), _COMMON),
    Heading(
        REGION, 0,
        ("振興局", "振興局名", "総合振興局", "総合振興局・振興局", "管内", "管内名", "支庁", "支庁名",
         "地域", "圏域", "地区", "region", "subprefecture"),
        _COMMON, is_doubtful=True,
    ),
    Heading(DISTRICT, 0, ("郡", "郡名", "所在地_郡", "district", "county"), _COMMON),
    Heading(ADDRESS, 0, ("所在地_連結表記",), _ITS_OWN_PLACE),
    Heading(ADDRESS, 1, ("住所",), _RECOMMENDED),
    Heading(
        ADDRESS, 2,
        ("所在地", "所在地住所", "設置場所", "施設所在地", "所在", "住所表記", "住所1", "場所",
         "開催場所_住所", "address", "location"),
        _COMMON,
    ),
    Heading(
        THING, 0,
        ("名称", "施設名", "施設名称", "設置位置", "避難所名", "イベント名", "文化財名", "医療機関名",
         "学校名", "園名", "駅名", "名称_通称", "title", "facility", "facility_name", "タイトル"),
        _COMMON,
    ),
    Heading(
        KEY, 0,
        ("id", "no", "no.", "番号", "連番", "整理番号", "管理番号", "施設番号", "識別情報"),
        _COMMON,
    ),
    Heading(LATITUDE, 0, ("緯度",), _STANDARD),
    Heading(LATITUDE, 1, ("緯度(10進)", "北緯", "lat", "latitude", "y"), _COMMON),
    Heading(LONGITUDE, 0, ("経度",), _STANDARD),
    Heading(LONGITUDE, 1, ("経度(10進)", "東経", "lon", "lng", "long", "longitude", "x"), _COMMON),
)  # fmt: skip

_DROPPED = re.compile(r"[\s　・]+")
_DASHES = re.compile(r"[\-‐‑–—−_]+")
#: What stands behind a heading in brackets and says more of it: （6桁）, (必須)
_REMARK = re.compile(r"[\(\[【〔].*?[\)\]】〕]$")


def folded(heading: str) -> str:
    """Return a heading without what does not matter: width, case, blanks, kinds of dashes.

    >>> folded("都道府県コードまたは 市区町村コード"), folded("Ｃity-Code")
    ('都道府県コード又は市区町村コード', 'city_code')
    """
    plain = unicodedata.normalize("NFKC", heading).casefold()
    plain = _DASHES.sub("_", _DROPPED.sub("", plain)).strip("_*※:")
    return plain.replace("または", "又は")


def _index() -> dict[str, tuple[Heading, ...]]:
    found: dict[str, list[Heading]] = {}
    for heading in HEADINGS:
        for spelling in heading.spellings:
            found.setdefault(folded(spelling), []).append(heading)
    return {spelling: tuple(headings) for spelling, headings in found.items()}


_BY_SPELLING = _index()


def known(heading: str) -> tuple[Heading, ...]:
    """Return what may stand below a heading; a remark in brackets at its end does not matter.

    >>> [one.role for one in known("全国地方公共団体コード（６桁）")]
    ['code']
    >>> [one.role for one in known("名称")], known("備考")
    (['name', 'thing'], ())
    """
    plain = folded(heading)
    return _BY_SPELLING.get(plain) or _BY_SPELLING.get(_REMARK.sub("", plain)) or ()
