"""What the policy text and the official tables say, written out to compare the data with.

Names are verbatim: full-width forms, 「」, ｢｣ and blanks as printed.
"""

from __future__ import annotations

INITIATIVES = {
    "smart-primary-industries": "スマート農林水産業の展開",
    "telemedicine-and-remote-lessons": "遠隔医療・遠隔授業の充実",
    "automated-driving": "自動運転技術の実用化",
    "care-robots": "介護ロボット等の導入支援",
    "society-5-0-realisation": "「北海道Society5.0」の実現に向けた取組",
    "remote-lesson-hub": "遠隔授業の配信機能集中化",
    "school-ict": "学校におけるICT環境の整備",
    "senior-health-ict": "ICTを活用した高齢者の健康づくり",
    "smart-agriculture": "スマート農業技術の導入推進",
    "kelp-automation": "ICTを活用したコンブ生産の自動化実証",
    "smart-forestry": "スマート林業の構築推進",
    "food-process-automation": "食品製造工程の自動化技術の開発",
    "telemedicine": "遠隔医療の推進",
    "tantetsuko-collaboration": "日本遺産「炭鉄港」広域連携推進",
    "sorachi-venison": "空知地域エゾシカ肉有効活用需要喚起",
    "all-sorachi-tourism": "オール空知観光資源活用誘客促進",
    "ishikari-olympics-paralympics": "いしかり地域戦略推進プロジェクト（オリパラ）",
    "ishikari-post-covid": "｢ポストコロナ｣いしかり地域戦略推進プロジェクト（ポストコロナ）",
    "ishikari-young-people": "若者の地元定着促進と首都圏からの新しい人の流れの創出",
    "shiribeshi-nature-food-tourism": "ShiriBeshi 自然と食を活かしたツーリズム",
    "global-citizenship": "グローバル・シチズンシップ育成プラン",
    "shiribeshi-glocal-hub": "ShiriBeshiグローカル・ハブ推進",
    "iburi-education-travel": "いぶり観光・教育旅行誘致促進",
    "iburi-living": "「いぶり暮らし」プロモーション事業",
    "iburi-people-and-industry": "いぶり人材育成・産業活性化推進",
}
REGION_OF = {
    "tantetsuko-collaboration": "sorachi",
    "sorachi-venison": "sorachi",
    "all-sorachi-tourism": "sorachi",
    "ishikari-olympics-paralympics": "ishikari",
    "ishikari-post-covid": "ishikari",
    "ishikari-young-people": "ishikari",
    "shiribeshi-nature-food-tourism": "shiribeshi",
    "global-citizenship": "shiribeshi",
    "shiribeshi-glocal-hub": "shiribeshi",
    "iburi-education-travel": "iburi",
    "iburi-living": "iburi",
    "iburi-people-and-industry": "iburi",
}
PILLARS = {
    "living": "暮らし",
    "industry": "産業",
    "administration": "行政",
    "data-use": "データ利活用",
    "infrastructure": "基盤整備",
}
PERSPECTIVES = {
    "quality-of-life": "暮らしの質を高める",
    "value-and-appeal": "価値と魅力を高める",
    "human-development": "人づくりの効果を高める",
    "digital-administration": "行政のデジタル化",
    "data-utilisation": "データの利活用",
    "social-infrastructure": "社会的・人的基盤の整備",
}
STRATEGIES = {
    "hokkaido-creation-2": "第２期北海道創生総合戦略",
    "society5-promotion-plan": "北海道Society5.0推進計画",
}
PROJECTS = {"hokkaido-society5": "「北海道 Society 5.0」プロジェクト"}
FISCAL_YEARS = {"2020": "令和2年度", "2021": "令和3年度"}
STAGES = {"under-way": "実施済み又は実施中", "planned": "実施予定"}
REGIONS = {
    "sorachi": "空知地域",
    "ishikari": "石狩地域",
    "shiribeshi": "後志地域",
    "iburi": "胆振地域",
    "hidaka": "日高地域",
    "oshima": "渡島地域",
    "hiyama": "檜山地域",
    "kamikawa": "上川地域",
    "rumoi": "留萌地域",
    "soya": "宗谷地域",
    "okhotsk": "オホーツク地域",
    "tokachi": "十勝地域",
    "kushiro": "釧路地域",
    "nemuro": "根室地域",
}
WARDS = {
    "011011": "札幌市中央区",
    "011029": "札幌市北区",
    "011037": "札幌市東区",
    "011045": "札幌市白石区",
    "011053": "札幌市豊平区",
    "011061": "札幌市南区",
    "011070": "札幌市西区",
    "011088": "札幌市厚別区",
    "011096": "札幌市手稲区",
    "011100": "札幌市清田区",
}
VILLAGES = {
    "016951": "色丹村",
    "016969": "泊村",
    "016977": "留夜別村",
    "016985": "留別村",
    "016993": "紗那村",
    "017001": "蘂取村",
}
#: Municipalities of each region, as the official list has them.
MUNICIPALITIES_OF = {
    "sorachi": 24,
    "ishikari": 8,
    "shiribeshi": 20,
    "iburi": 11,
    "hidaka": 7,
    "oshima": 11,
    "hiyama": 7,
    "kamikawa": 23,
    "rumoi": 8,
    "soya": 10,
    "okhotsk": 18,
    "tokachi": 19,
    "kushiro": 8,
    "nemuro": 5,
}
#: What is dated or counted: the notation as printed, the date and the number made of it.
NOTATIONS = {
    ("activity/survey-telemedicine-2020", "R2.8", "2020-08", "2020", None),
    ("activity/survey-medical-information-networks-2020", "R2.8", "2020-08", "2020", None),
    ("activity/exhibit-automated-driving-expo-2020", "R2.10", "2020-10", "2020", None),
    ("activity/expert-panel-meetings-2020", "R2年度：５回", None, "2020", 5),
    ("activity/set-out-five-pillars", "５つの施策の柱", None, "2020", 5),
    ("activity/adopt-society5-promotion-plan-2021", "R3.3月", "2021-03", "2020", None),
    ("strategy/society5-promotion-plan", "R3.3月", "2021-03", None, None),
}
#: The form of the targets of each linkset, and how many links there are.
LINKS = {
    "wikidata-confirmed": (r"http://www\.wikidata\.org/entity/Q[1-9][0-9]*", 51),
    "wikidata-single-source": (r"http://www\.wikidata\.org/entity/Q[1-9][0-9]*", 135),
    "wikidata-regions": (r"http://www\.wikidata\.org/entity/Q[1-9][0-9]*", 2),
    "geonames-administrative": (r"https://sws\.geonames\.org/[1-9][0-9]*/", 36),
    "geonames-settlements": (r"https://sws\.geonames\.org/[1-9][0-9]*/", 134),
    "geonamesjp": (r"http://geonames\.jp/resource/北海道[^/%]+[市町村区]", 195),
    "address-lod": (r"https://uedayou\.net/loa/北海道[^/%]+[市町村区]", 195),
    "dbpedia": (r"http://dbpedia\.org/resource/[^/%]+", 189),
    "dbpedia-japanese": (r"http://ja\.dbpedia\.org/resource/[^/%]+市", 15),
    "whosonfirst": (r"https://spelunker\.whosonfirst\.org/id/[1-9][0-9]*", 177),
    "estat-codes": (r"http://data\.e-stat\.go\.jp/lod/sac/C01[0-9]{3}", 209),
    "estat-dated-codes": (r"http://data\.e-stat\.go\.jp/lod/sac/C01[0-9]{3}-(19|20)[0-9]{6}", 193),
}
#: Credit lines that whoever reuses the reference tables must keep.
CREDITS = (
    "「国土数値情報（行政区域データ）」（国土交通省）を加工して作成",
    "Contains GeoNames data (CC BY 4.0)",
    "Data from Who's On First",
    "Wikidata (CC0)",
    "based on Japan Government, Gazetteer of Japan (2007)",
    "e-Stat 統計に用いる標準地域コード",
)
