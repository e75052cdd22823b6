"""The project's files -> a release: read, derive, check, validate, write aside, switch.

Nothing of a failed build is left, and the current release stays as it is.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from publish.browse.csvw_tables import Whole
from publish.browse.figures import figures_of
from publish.catalog.graph import About, about_itself
from publish.errors import GraphError, Problem, ValidationError
from publish.formats import NQUADS
from publish.i18n import Text
from publish.iris import Iris
from publish.linksets import coverage
from publish.linksets.validate import Upkeep, of_dataset, require_distinct
from publish.project import example_queries, integrity, theme, turtle_files, withdrawn
from publish.project.dataset import CATALOG, DERIVED, Dataset, dirty_texts, read_dataset
from publish.project.stamp import Stamp, read_stamp
from publish.project.turtle_files import read_turtle
from publish.rdf import namespaces as ns
from publish.rdf.canonical import content_hash
from publish.rdf.serialize import Serialiser, json_bytes
from publish.rdf.terms import Triple, node
from publish.release import quality
from publish.release.dumps import Dump, dumps_of, table_files, write_dumps
from publish.release.manifest import NAME, OUTPUT_VERSION, File, Manifest, described, release_id
from publish.release.parts import WHOLE, Part, divided, read_parts
from publish.release.release import CATALOG_QUADS, CONTEXT, STORE, make_current
from publish.search import placenames
from publish.search.index import FILE as INDEX
from publish.search.index import write_index
from publish.settings import Settings
from publish.shacl import report as reports
from publish.shacl.jsonld_context import context_of
from publish.shacl.report import Report
from publish.shacl.rules import derive
from publish.shacl.shapes import Shapes, prefixes_of, published, read_shapes, shape_files
from publish.shacl.validate import validate

CATALOG_SOURCE = Path("data/catalog.ttl")
#: From this many triples on, the build makes an on-disk store.
LARGE = 200_000

Progress = Callable[[Text], None]


@dataclass(frozen=True)
class Checked:
    """A project's content, put together, completed and found to be valid."""

    dataset: Dataset
    shapes: Shapes
    catalog: tuple[Triple, ...]
    withdrawn: withdrawn.Withdrawals
    examples: tuple[example_queries.Example, ...]
    report: Report
    #: the data sets, and the statements of each by its name
    parts: tuple[Part, ...]
    content: Mapping[str, Sequence[ox.Quad]]
    links: Upkeep
    #: what was found in the files that keeps nobody from publishing them
    notes: tuple[Problem, ...] = ()
    #: places that are not in the data, to tell whether a name exists elsewhere
    elsewhere: tuple[placenames.PlaceElsewhere, ...] = ()

    @property
    def borrowed(self) -> list[Path]:
        """Return the copies of others' ontologies, in a fixed order."""
        return sorted({origin.path for origin in self.dataset.borrowed.values()})

    @property
    def whole(self) -> Whole:
        """Return what the tables say of the data set that they are from."""
        said = [(p.value, o) for s, p, o in self.catalog if s.value == self.parts[0].iri]
        titles = {
            object_.language: object_.value
            for predicate, object_ in said
            if predicate == ns.DCTERMS + "title" and isinstance(object_, ox.Literal)
        }
        licences = (o.value for predicate, o in said if predicate == ns.DCTERMS + "license")
        title = Text(titles.get("ja", ""), titles.get("en", ""))
        return Whole(self.parts[0].iri, title, tuple(sorted(licences)))

    def source(self, release: str, content: str, dumps: tuple[Dump, ...]) -> About:
        """Return what graph/catalog is made from; `content` is the hash of the content."""
        of_project = (self.dataset, self.shapes, self.catalog, self.examples)
        return About(*of_project, self.parts, self.content, release, content, dumps)


@dataclass(frozen=True)
class Built:
    """The outcome of a build: the release's manifest, and how its stamp stands to its content."""

    manifest: Manifest
    stamp: Stamp
    #: what was found in the files that keeps nobody from publishing them
    notes: tuple[Problem, ...] = ()

    @property
    def is_stamped(self) -> bool:
        """Tell whether the catalogue's date and version belong to this content."""
        return self.stamp.content_hash == self.manifest.content_hash


def silent(_: Text) -> None:
    """Say nothing of the progress."""


def check(settings: Settings, progress: Progress = silent) -> Checked:
    """Return the project's content with its validation report, which may have violations.

    Raises SourceError with all problems of the files.
    """
    project, iris = settings.project, settings.iris
    progress(Text("読み込み", "Reading"))
    dataset, shapes = read_dataset(project, iris), read_shapes(project, iris)
    figures_of(shapes)  # an error in one of them shows now, not on a page
    handwritten = _catalog(dataset)
    gone = withdrawn.read_source(project)
    namesakes = placenames.read_elsewhere(project)
    asked = example_queries.read_examples(example_queries.example_files(project), iris, project)
    progress(Text("導出", "Deriving"))
    derive(dataset, shapes)
    integrity.check(dataset, handwritten, shapes.uses())
    integrity.check_withdrawn(dataset, gone)
    links = of_dataset(dataset, gone)
    require_distinct(links)
    theme.check_logo(handwritten, project, iris)
    progress(Text("検証", "Validating"))
    report = validate(dataset, shapes)
    parts = read_parts(handwritten, iris)
    # what breaks a rule is told first: nothing is written then
    content = divided(dataset.quads(), parts, shapes) if report.conforms else {}
    notes = (*dataset.notes, *integrity.unsayable(dataset, handwritten))
    return Checked(
        dataset, shapes, handwritten, gone, asked, report, parts, content, links, notes, namesakes
    )


def _catalog(dataset: Dataset) -> tuple[Triple, ...]:
    path = dataset.project / CATALOG_SOURCE
    statements = list(read_turtle(path, CATALOG, dataset.iris, dataset.project))
    both = [statement for statement in statements if statement.triple in dataset.found]
    problems = [problem for problem in map(dataset.add, both) if problem]
    problems += dirty_texts(dataset, ((one.triple, one.origin) for one in statements))
    if problems:
        raise GraphError.of(problems)
    return tuple(statement.triple for statement in statements)


def build(settings: Settings, progress: Progress = silent) -> Built:
    """Make a release of the project and switch to it.

    Raises SourceError or ValidationError; then the current release stays.
    """
    checked = check(settings, progress)
    require_conformance(checked.report)
    settings.releases.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=".build-", dir=settings.releases))
    try:
        manifest = _write(checked, settings, aside, progress)
        _install(aside, settings.releases / manifest.release)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    make_current(settings.releases, manifest.release)
    stamp = read_stamp(settings.project / CATALOG_SOURCE, settings.iris)
    return Built(manifest, stamp, checked.notes)


def require_conformance(report: Report) -> None:
    """Raise ValidationError with every violation that follows from no other, if there is one."""
    problems = (
        Problem(finding.what, finding.remedy, finding.place)
        for finding in report.told
        if finding.severity == "Violation"
    )
    if not report.conforms:
        raise ValidationError.of(dict.fromkeys(problems))  # two rules may say the same


def _install(aside: Path, target: Path) -> None:
    """Move a finished release into place.

    A release of the same id holds the same bytes, unless OUTPUT_VERSION was forgotten; then the
    new one takes its place, whole.
    """
    aside.chmod(0o755)
    if not target.exists():
        aside.rename(target)
    elif (aside / NAME).read_bytes() != (target / NAME).read_bytes():
        old = aside.with_name(aside.name + "-old")
        target.rename(old)
        aside.rename(target)
        shutil.rmtree(old)


def _write(checked: Checked, settings: Settings, directory: Path, progress: Progress) -> Manifest:
    dataset, iris = checked.dataset, settings.iris
    quads = checked.content[WHOLE]
    hashed = content_hash(quads, iris.base)
    release = release_id(hashed, iris.base, _other_sources(settings.project, checked.borrowed))
    stamp = read_stamp(settings.project / CATALOG_SOURCE, iris)
    serialiser = _serialiser(checked.shapes)

    def writing(name: str) -> None:
        progress(Text("書き出し {name}", "Writing {name}").format(name=name))

    store = dataset.store()
    tables = table_files(store, checked.shapes, checked.parts, checked.whole)
    files = write_dumps(checked.content, tables, serialiser, directory, writing)
    dumps = dumps_of(files, checked.parts, checked.shapes)
    about = list(about_itself(checked.source(release, hashed, dumps)))
    rest = _write_rest(checked, settings.project, serialiser, about, directory)
    if len(quads) >= LARGE:
        _write_store(quads, about, iris, directory)
    progress(Text("索引の作成", "Making the index"))
    index = directory / INDEX
    write_index(index, store, checked.shapes, iris.graph(DERIVED), checked.elsewhere)
    manifest = Manifest(
        release=release,
        base=iris.base,
        content_hash=hashed,
        output_version=OUTPUT_VERSION,
        modified=stamp.modified if stamp.content_hash == hashed else None,
        version=stamp.version if stamp.content_hash == hashed else None,
        preview=iris.is_preview,
        graphs=dataset.counts(),
        files=tuple(sorted([*files, *rest], key=lambda file: file.path)),
    )
    manifest.write(directory)
    return manifest


def _other_sources(project: Path, copies: Iterable[Path]) -> Iterator[bytes]:
    """Yield the files that are no content but part of a release, each with its name."""
    single = (project / CATALOG_SOURCE, project / withdrawn.SOURCE, project / placenames.SOURCE)
    several = (
        *shape_files(project),
        *example_queries.example_files(project),
        *theme.theme_files(project),
    )
    for path in (*single, *copies, *several):
        if path.exists():
            yield path.name.encode() + b"\0" + path.read_bytes()


def _serialiser(shapes: Shapes) -> Serialiser:
    prefixes = prefixes_of(shapes)
    return Serialiser(prefixes, context_of(shapes, prefixes))


def _write_rest(
    checked: Checked,
    project: Path,
    serialiser: Serialiser,
    about: list[Triple],
    directory: Path,
) -> list[File]:
    """Write catalogue, context, shapes and the like; return what was written."""
    graph = node(checked.dataset.iris.graph(CATALOG))
    contents = {
        CATALOG_QUADS: serialiser.write((ox.Quad(*triple, graph) for triple in about), NQUADS),
        CONTEXT: json_bytes(serialiser.context),
        reports.FILE: reports.as_json(checked.report).encode(),
        "report.ttl": reports.as_turtle(checked.report, checked.dataset.iris).encode(),
        quality.FILE: quality.as_json(
            quality.measured(checked.content[WHOLE], checked.shapes)
        ).encode(),
        coverage.FILE: coverage.as_json(coverage.measured(checked.links, checked.shapes)).encode(),
        withdrawn.FILE: withdrawn.as_json(checked.withdrawn).encode(),
    }
    contents |= {
        f"shapes/{path.name}": published(path, project, checked.dataset.iris).encode()
        for path in shape_files(project)
    }
    contents |= {
        f"{turtle_files.DIRECTORY}/{path.name}": path.read_bytes() for path in checked.borrowed
    }
    contents |= {
        f"{example_queries.DIRECTORY}/{example.name}{example_queries.SUFFIX}": example.as_file().encode()
        for example in checked.examples
    }
    contents |= theme.read_theme(project)
    for name, content in contents.items():
        (directory / name).parent.mkdir(exist_ok=True)
        (directory / name).write_bytes(content)
    return [described(directory, directory / name) for name in contents]


def _write_store(
    quads: Sequence[ox.Quad], about: list[Triple], iris: Iris, directory: Path
) -> None:
    graph = node(iris.graph(CATALOG))
    store = ox.Store(str(directory / STORE))
    store.bulk_extend(quads)
    store.bulk_extend(ox.Quad(*triple, graph) for triple in about)
    store.optimize()
    store.flush()
