"""Checks of the files that can be downloaded: sizes, types, checksums, pieces, the same graph."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator

from publish.doctor import findings as f
from publish.doctor.http import Visit
from publish.doctor.rdf_process import Reading
from publish.doctor.site import Download, Site
from publish.formats import RDFXML, TURTLE
from publish.i18n import Text

CHECKS = f.Checks("harvest")
NO_DOWNLOADS = f.skipped(
    Text("ダウンロードできるファイルが示されていません。", "No files to download are named.")
)
_ELSEWHERE = f.skipped(Text("ファイルは別のホストにあります。", "The files are on other hosts."))
_NOT_WHOLE = Text("全体を取得できません。", "It could not be fetched whole.")
#: How many files are asked for by HEAD, fetched to sum them, and read to compare them.
_HEADS, _SUMMED, _COMPARED = 24, 8, 4
#: Bytes that are fetched in all to verify checksums, and for a file that is read.
_BYTES, _READ = 48 << 20, 16 << 20
_ALGORITHMS = ("sha256", "sha512", "sha384", "sha1", "md5")
#: Other names of the type that a packed file has.
_PACKED = frozenset(
    {"application/gzip", "application/x-gzip", "application/zstd", "application/octet-stream"}
)


def _here(site: Site) -> list[Download]:
    """Return the files on hosts that may be visited, the smallest first."""
    found = [download for download in site.downloads if site.visitor.may(download.url)]
    return sorted(found, key=lambda download: (download.weight, download.url))


def _files(site: Site) -> list[Download]:
    return f.needed(_here(site), _ELSEWHERE if site.downloads else NO_DOWNLOADS)


def _chosen(downloads: list[Download], most: int) -> list[Download]:
    """Return some of many files, of all kinds of packing and type, evenly chosen."""
    step = max(1, -(-len(downloads) // most))
    return downloads[::step]


@CHECKS.add(
    "downloads-answer",
    Text("ダウンロードURLが、カタログのとおりの大きさと形式で答える", "Download URLs answer with the size and type of the catalogue"),
    f.w3c("vocab-dcat-3", "DCAT 3, download URL", "Property:distribution_download_url"),
    Text(
        "dcat:downloadURL はファイルそのものに向け、HEADに Content-Length を付け、dcat:byteSize・dcat:mediaType・dcat:compressFormat は公開のたびにファイルから計算してください。",
        "Let dcat:downloadURL lead to the file itself, answer HEAD with Content-Length, and "
        "compute dcat:byteSize, mediaType and compressFormat from the files, each time.",
    ),
)  # fmt: skip
def _downloads_answer(site: Site) -> f.Result:
    found = _files(site)
    results = [_answering(site, download) for download in _chosen(found, _HEADS)]
    what = Text("{n}個中{k}個を確かめました。", "{k} of {n} were looked at.")
    return f.worst(results, NO_DOWNLOADS, what.format(n=len(found), k=len(results)))


def _answering(site: Site, download: Download) -> f.Result:
    head = site.visitor.visit(download.url, method="HEAD")
    while head.location and site.visitor.may(head.location):
        target, head = head.location, site.visitor.visit(head.location, method="HEAD")
        if head.location == target:
            break
    line = head.line("Content-Length", "Content-Type")
    if head.status != 200:
        return f.failed(Text("ファイルが得られません。", "A file is not there."), line)
    length = head.headers.get("content-length")
    if length and download.size is not None and length != str(download.size):
        what = Text("大きさがカタログと異なります。", "A size differs from the catalogue.")
        return f.failed(what, f"{line}; dcat:byteSize {download.size}")
    if not _fits(head, download):
        what = Text("形式がカタログと異なります。", "A type differs from the catalogue.")
        return f.failed(what, f"{line}; {download.media_type} {download.compression}")
    if not length:
        return f.warned(Text("Content-Length がありません。", "There is no Content-Length."), line)
    return f.passed(Text("カタログのとおりです。", "It is as the catalogue says."), line)


def _fits(head: Visit, download: Download) -> bool:
    if download.compression:
        return head.media_type in {download.compression, download.media_type, *_PACKED}
    stated = download.media_type.partition(";")[0]
    return not stated or "/" not in stated or head.media_type == stated


@CHECKS.add(
    "checksums",
    Text("ファイルの内容が、カタログのチェックサムと一致する", "The content of files fits the checksums of the catalogue"),
    f.w3c("vocab-dcat-3", "DCAT 3, checksum", "Property:distribution_checksum"),
    Text(
        "spdx:checksum（SHA-256）を、公開するファイルから計算して書いてください。途中で内容を変える中継（圧縮、改行の変換）がないかも確かめてください。",
        "Compute spdx:checksum (SHA-256) from the very files that are published; check that "
        "nothing on the way changes them (compression, line ends).",
    ),
)  # fmt: skip
def _checksums(site: Site) -> f.Result:
    found = _files(site)
    summed = [d for d in found if _sums(d)]
    if not summed:
        what = Text("チェックサムが書かれていません。", "No checksums are stated.")
        return f.warned(what, *(f"<{d.distribution or d.url}>" for d in found[:3]))
    results: list[f.Result] = []
    left = min(_BYTES, site.visitor.limits.bytes_each)
    for download in summed[:_SUMMED]:
        if download.weight > left and results:
            break
        left -= download.weight
        results.append(_summed(site, download))
    what = Text(
        "小さい順に{k}個を確かめました（チェックサムのあるファイルは{n}個）。",
        "The {k} smallest were verified ({n} files have a checksum).",
    )
    return f.worst(results, NO_DOWNLOADS, what.format(n=len(summed), k=len(results)))


def _sums(download: Download) -> dict[str, str]:
    return {name: value for name, value in download.checksums if name in _ALGORITHMS}


def _summed(site: Site, download: Download) -> f.Result:
    visit = site.visitor.follow(download.url)[-1]
    if not visit.is_fine:
        why = visit.problem or _NOT_WHOLE
        return f.skipped(why, visit.line())
    for name, value in _sums(download).items():
        found = hashlib.new(name, visit.body, usedforsecurity=False).hexdigest()
        if found != value:
            what = Text("チェックサムが一致しません。", "A checksum does not fit.")
            return f.failed(what, f"{visit.url}: {name} {found}, spdx:checksumValue {value}")
    return f.passed(Text("一致します。", "They fit."), f"{visit.url}: {', '.join(_sums(download))}")


@CHECKS.add(
    "ranges",
    Text("ファイルを途中から取得できる", "Files can be fetched from the middle"),
    f.rfc(9110, "14"),
    Text(
        "大きなファイルの配信では、Range に206で答え、Accept-Ranges: bytes と ETag を付けてください。",
        "Answer Range with 206 for large files, and send Accept-Ranges: bytes and an ETag.",
    ),
)
def _ranges(site: Site) -> f.Result:
    url = f.needed([d.url for d in _files(site) if d.weight > 20], _ELSEWHERE)[0]
    end = site.visitor.follow(url, "*/*", {"Range": "bytes=5-14"})[-1]
    line = end.line("Content-Range")
    if end.status == 206:
        whole = site.visitor.follow(url)[-1]
        if end.body == whole.body[5:15] and end.headers.get("content-range", "").startswith(
            "bytes 5-14/"
        ):
            return f.passed(Text("途中から取得できます。", "They can."), line)
        return f.failed(Text("206の内容が誤っています。", "The content of the 206 is wrong."), line)
    return f.warned(Text("途中から取得できません。", "They cannot."), line)


@CHECKS.add(
    "downloads-cacheable",
    Text("ファイルは、変わっていなければ304になる", "Files that have not changed are 304"),
    f.rfc(9110, "13.1.2"),
    Text(
        "ファイルに ETag を付け、If-None-Match が一致すれば304を返してください。再収集で同じものを送らずに済みます。",
        "Send an ETag with files and answer a fitting If-None-Match with 304: nothing is sent twice.",
    ),
)
def _downloads_cacheable(site: Site) -> f.Result:
    first = site.visitor.follow(_files(site)[0].url)[-1]
    tag, when = first.headers.get("etag"), first.headers.get("last-modified")
    if not tag and not when:
        what = Text("ETagもLast-Modifiedもありません。", "There is no ETag and no Last-Modified.")
        return f.warned(what, first.line("ETag"))
    condition = {"If-None-Match": tag} if tag else {"If-Modified-Since": str(when)}
    again = site.visitor.visit(first.url, "*/*", condition)
    if again.status == 304:
        return f.passed(Text("304になります。", "It is 304."), again.line("ETag"))
    return f.failed(Text("304になりません。", "It is not 304."), again.line("ETag"))


@CHECKS.add(
    "rdfxml-read",
    Text("RDF/XMLのファイルは、どのXML解析器でも読める", "RDF/XML files can be read by every XML parser"),
    f.w3c("rdf-syntax-grammar", "RDF 1.1 XML Syntax, 2.2", "section-Syntax-node-property-elements"),
    Text(
        "RDF/XMLではプロパティの名前がXMLの名前（XML 1.0 第4版。Expat、Xercesなどが従うもの）になります。"
        "数字で始まる名前や記号を含む名前のプロパティを使うデータは、RDF/XMLで書き出さず、カタログからも外してください。"
        "文字列に制御文字を残さないでください。",
        "In RDF/XML the name of a property is a name of XML (those of XML 1.0, fourth edition, which "
        "Expat, Xerces and others go by). Do not write data as RDF/XML, nor list it in the catalogue, "
        "if a property's name begins with a digit or has other signs; leave no control characters "
        "in texts.",
    ),
)  # fmt: skip
@f.worst_of(f.skipped(Text("RDF/XMLのファイルは示されていません。", "No RDF/XML files are named.")))
def _rdfxml_read(site: Site) -> Iterator[f.Result]:
    smallest: dict[tuple[str, ...], Download] = {}
    for download in _here(site):
        if download.format == RDFXML and download.weight <= _READ:
            smallest.setdefault(download.datasets, download)
    for download in [*smallest.values()][:_COMPARED]:
        visit = site.visitor.follow(download.url)[-1]
        reading = site.read_as(visit, RDFXML)
        line = visit.line("Content-Type")
        if not visit.is_fine:
            yield f.skipped(_NOT_WHOLE, line)
        elif reading.problem:
            yield f.failed(reading.problem, line)
        else:
            what = Text("読めます。", "They can be read.")
            yield f.passed(what, f"{line}: {reading.count} triples")


@CHECKS.add(
    "dumps-agree",
    Text("一つのデータセットのダンプは、形式が違っても同じグラフである", "The dumps of a data set are the same graph in every format"),
    f.w3c("vocab-dcat-3", "DCAT 3, Distribution", "Class:Distribution"),
    Text(
        "すべてのダンプを同じデータから一度に書き出し、古いファイルを残さないでください。",
        "Write all dumps from the same data at once, and leave no old files behind.",
    ),
)  # fmt: skip
def _dumps_agree(site: Site) -> f.Result:
    by_set: dict[str, dict[str, Download]] = defaultdict(dict)
    for download in _here(site):
        if download.format and download.weight <= _READ:
            for dataset in download.datasets:
                by_set[dataset].setdefault(download.format.suffix, download)
    comparable = {name: list(d.values()) for name, d in by_set.items() if len(d) > 1}
    if not comparable:
        return f.skipped(Text("比べられるダンプがありません。", "There are no dumps to compare."))
    smallest = min(comparable, key=lambda name: (sum(d.weight for d in comparable[name]), name))
    return _agreeing(site, smallest, comparable[smallest][:_COMPARED])


def _agreeing(site: Site, dataset: str, downloads: list[Download]) -> f.Result:
    read: list[tuple[Download, Reading]] = []
    for download in downloads:
        visit = site.visitor.follow(download.url)[-1]
        reading = site.read_as(visit, download.format or TURTLE)
        if reading.problem and visit.is_fine:
            return f.failed(reading.problem, visit.line("Content-Type"))
        if not reading.problem:
            read.append((download, reading))
    lines = [f"{download.url}: {reading.count} triples" for download, reading in read]
    if len(read) < 2:
        what = Text("比べられるダンプがありません。", "There are no dumps to compare.")
        return f.skipped(what, *lines)
    if len({r.digest if r.is_canonical else str(r.count) for _, r in read}) > 1:
        return f.failed(Text("グラフが異なります。", "The graphs differ."), *lines)
    what = Text("{k}個の形式が同じグラフです。", "{k} formats are the same graph.")
    return f.passed(what.format(k=len(read)), f"<{dataset}>", *lines)
