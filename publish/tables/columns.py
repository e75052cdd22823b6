"""Which column of a table is used for what, and why: by its heading, then by what it holds.

Codes are read as spreadsheet programs leave them: without the zero at their beginning.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from publish.errors import CodeError, GridError, Place
from publish.i18n import Text
from publish.search.candidate import Wanted
from publish.search.codes import Code, code_in, read_code, with_lost_zero
from publish.search.matcher import Matcher
from publish.search.scope import Scope
from publish.tables.grid import Grid, shown
from publish.tables.headings import (
    ADDRESS,
    CODE,
    DISTRICT,
    KEY,
    LATITUDE,
    LONGITUDE,
    NAME,
    PREFECTURE,
    READING,
    REGION,
    ROLES,
    THING,
    Heading,
    known,
)

#: So many different codes without their zeros are no chance.
_NO_CHANCE = 3
_REPAIRED = Text(
    "「{cell}」の先頭に0を補い、コード {code} とみなしました。",
    'A zero was put in front of "{cell}": code {code}.',
)
_TWO_WAYS = Text(
    "「{cell}」は、検査数字のないコード（{one}）とも、先頭の0が落ちたコード（{other}）とも読めます。",
    '"{cell}" may be a code without check digit ({one}) or one that lost its zero ({other}).',
)


@dataclass(frozen=True)
class Coded:
    """What a cell with a code turned out to be."""

    code: Code | None = None
    said: tuple[Text, ...] = ()
    #: the code is no code, or may be two
    is_doubtful: bool = False


def is_code(cell: str) -> bool:
    """Tell whether a cell has the form of a municipality's code, be it without its zero."""
    code = code_in(cell)
    return code is not None and len(code.digits) >= 4


def zeros_lost(cells: Iterable[str]) -> bool:
    """Tell whether five-digit cells are six-digit codes that a spreadsheet took the zero from.

    One such code may be chance (one of eleven is); that all of several are is none.
    """
    found = (code for cell in cells if (code := code_in(cell)))
    codes = [code for code in found if len(code.digits) == 5]
    return len(codes) >= _NO_CHANCE and all(with_lost_zero(code) for code in codes)


def coded_in(cell: str, *, zeros_lost: bool, known: Collection[str]) -> Coded:
    """Return the code in a cell, with the zero that it lost at its beginning.

    `zeros_lost` tells that the other codes of the column have lost theirs, and `known` are the
    prefectures (two digits) that codes may have.
    """
    if not cell:
        return Coded()
    try:
        code = read_code(cell)
    except CodeError as error:
        return Coded(None, (error.problems[0].what,), is_doubtful=True)
    if code.repaired:
        return Coded(code, (_REPAIRED.format(cell=shown(cell), code=code.five),))
    lost = with_lost_zero(code) if len(code.digits) == 5 else None
    if lost is None:
        return Coded(code)
    said = (_REPAIRED.format(cell=shown(cell), code=lost.six),)
    if zeros_lost:
        return Coded(lost, said)
    if code.prefecture not in known and lost.prefecture in known:
        doubt = _TWO_WAYS.format(cell=shown(cell), one=code.six, other=lost.six)
        return Coded(lost, (doubt,), is_doubtful=True)
    return Coded(code)


# -- The columns of a table ------------------------------------------------------------------------

#: Different cells of a column that are looked at, evenly spread.
_SAMPLE = 20
#: Characters of a cell that are looked at.
_LONGEST = 200
#: Columns whose contents are tried where no heading tells.
_TRIED = 40
#: Share of cells that must fit.
_MOST, _NEARLY_ALL = 0.5, 0.8
#: How much better another column must fit than the one whose heading comes first.
_CLEARLY = 0.3
#: A name must fit better than one that only begins as that of an area: "…市役所" is a facility.
_FITS_AS_NAME, _FITS_AS_ADDRESS = 80.0, 60.0
#: Used for linking, in the order in which they are told; the others are carried along.
USED = (CODE, NAME, READING, ADDRESS, PREFECTURE, DISTRICT, REGION)
CARRIED = (THING, KEY, LATITUDE, LONGITUDE)


@dataclass(frozen=True, slots=True)
class Use:
    """A column with what it is used for, and why."""

    role: str
    #: position of the column
    column: int
    why: Text
    #: it names who made the data, or it is the item for the place itself
    is_publisher: bool = False
    is_place: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """What the columns of a table are used for."""

    uses: tuple[Use, ...]
    #: columns that could have been used, but are not
    notes: tuple[Text, ...] = ()
    #: codes in the table have lost the zero at their beginning
    zeros_lost: bool = False

    def use(self, role: str) -> Use | None:
        """Return the column with a role, or None if no column has it."""
        return next((use for use in self.uses if use.role == role), None)

    def of(self, role: str) -> int | None:
        """Return the position of the column with a role, or None if no column has it."""
        use = self.use(role)
        return use.column if use else None

    @property
    def is_placed(self) -> bool:
        """Tell whether a column says the place itself: an address, or the item for its name."""
        name = self.use(NAME)
        return self.of(ADDRESS) is not None or bool(name and name.is_place)


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person says of the columns: role -> heading; and of what types things are."""

    columns: Mapping[str, str] = field(default_factory=dict)
    kinds: tuple[str, ...] = ()


def layout_of(grid: Grid, matcher: Matcher, scope: Scope, wish: Wish) -> Layout:
    """Return what the columns of a table are used for.

    What a person says goes before all; else the headings tell, and where several columns could be
    meant, or a heading often means something else, the contents decide.
    Raises GridError for a column that does not exist, and if nothing can be used.
    """
    chooser = _Chooser(grid, matcher, wish.kinds or scope.areas)
    uses = {use.role: use for use in _wished(grid, wish)}
    given = {use.column for use in uses.values()}
    notes: list[Text] = []
    for role in (*USED, *CARRIED):
        if role not in uses:
            use, passed = chooser.by_heading(role, given if role in USED else set())
            notes += passed
            if use:
                uses[role] = use
    if not uses.keys() & {CODE, NAME, READING, ADDRESS}:
        found = chooser.by_contents()
        if found is None:
            raise _nothing(grid)
        uses[found.role] = found
    notes += _told_of_publishers(uses, grid)
    carried = uses.get(THING)
    if carried and carried.column in {uses[role].column for role in USED if role in uses}:
        del uses[THING]
    code = uses.get(CODE)
    lost = code is not None and zeros_lost(chooser.sample(code.column))
    ordered = tuple(uses[role] for role in (*USED, *CARRIED) if role in uses)
    return Layout(ordered, tuple(notes), lost)


def _wished(grid: Grid, wish: Wish) -> Iterator[Use]:
    for role, heading in wish.columns.items():
        column = grid.column(heading)
        if column is None:
            listed = [shown(one) for one in grid.headings[:30] if one]
            raise GridError(
                Text("見出し「{name}」の列がありません。", 'No column is headed "{name}".').format(
                    name=shown(heading)
                ),
                Text("ある見出し：{names}", "There are: {names}").format(
                    names=Text("、".join(listed), ", ".join(listed))
                ),
                Place(grid.name, 1),
            )
        yield Use(role, column, _CHOSEN)


def _told_of_publishers(uses: Mapping[str, Use], grid: Grid) -> list[Text]:
    """Return what is said of columns that name who made the data, beside those of the place."""
    notes = []
    for role in (CODE, NAME) if Layout(tuple(uses.values())).is_placed else ():
        use = uses.get(role)
        if use and use.is_publisher:
            notes.append(_PUBLISHER.format(name=shown(grid.headings[use.column])))
    return notes


class _Chooser:
    """Chooses columns of one table."""

    def __init__(self, grid: Grid, matcher: Matcher, kinds: tuple[str, ...]) -> None:
        self.grid = grid
        self.matcher = matcher
        self.kinds = kinds
        self._samples: dict[int, list[str]] = {}
        self._shares: dict[tuple[str, int], float] = {}

    def sample(self, column: int) -> list[str]:
        """Return different cells of a column, from its beginning to its end."""
        if column not in self._samples:
            values = dict.fromkeys(row.cells[column].strip()[:_LONGEST] for row in self.grid.rows)
            values.pop("", None)
            step = max(1, len(values) // _SAMPLE)
            self._samples[column] = list(values)[::step][:_SAMPLE]
        return self._samples[column]

    def share(self, role: str, column: int) -> float:
        """Return the share of a column's cells that fit a role, 0 to 1."""
        if (role, column) not in self._shares:
            fits = self._tests().get(role, bool)
            cells = self.sample(column)
            fitting = sum(1 for cell in cells if fits(cell))
            self._shares[role, column] = fitting / len(cells) if cells else 0.0
        return self._shares[role, column]

    def _tests(self) -> dict[str, Callable[[str], bool]]:
        return {
            CODE: is_code,
            NAME: partial(self._is_name, is_address=False),
            READING: partial(self._is_name, is_address=False),
            REGION: partial(self._is_name, is_address=False, kinds=()),
            ADDRESS: partial(self._is_name, is_address=True),
        }

    def _is_name(
        self, cell: str, *, is_address: bool, kinds: tuple[str, ...] | None = None
    ) -> bool:
        if cell.isdecimal():
            return False
        wanted = Wanted(cell, self.kinds if kinds is None else kinds, (), 1, is_address)
        least = _FITS_AS_ADDRESS if is_address else _FITS_AS_NAME
        return any(one.score >= least for one in self.matcher.match(wanted))

    def by_heading(self, role: str, given: set[int]) -> tuple[Use | None, list[Text]]:
        """Return the column that its heading gives a role, and what is told of those passed over."""
        candidates = [
            (heading, column)
            for column, title in enumerate(self.grid.headings)
            for heading in known(title)
            if heading.role == role and column not in given
        ]
        candidates.sort(key=lambda pair: (pair[0].rank, pair[1]))
        filled = [one for one in candidates if self.sample(one[1])]
        fitting, notes = [], []
        for heading, column in filled:
            if heading.is_doubtful and self.share(role, column) < _MOST:
                notes += self._passed(heading, column)
            else:
                fitting.append((heading, column))
        if not fitting:
            return None, notes
        heading, column = self._best(role, fitting)
        why = heading.why
        if (heading, column) != fitting[0]:
            why = _FITS_BETTER.format(name=shown(self.grid.headings[fitting[0][1]]))
        elif heading.is_doubtful and role in (NAME, READING):
            why = _BY_CONTENTS.format(role=ROLES[role])
        return Use(role, column, why, heading.is_publisher, not heading.rank), notes

    def _best(self, role: str, fitting: Sequence[tuple[Heading, int]]) -> tuple[Heading, int]:
        """Return the first column, unless another fits clearly better."""
        first = fitting[0]
        if len(fitting) == 1 or role not in self._tests():
            return first
        own = self.share(role, first[1])
        better = [
            one
            for one in fitting[1:]
            if not one[0].is_publisher and self.share(role, one[1]) > own + _CLEARLY
        ]
        return max(better, key=lambda one: self.share(role, one[1])) if better else first

    def _passed(self, heading: Heading, column: int) -> list[Text]:
        title = self.grid.headings[column]
        if heading.role not in (NAME, REGION) or THING in {one.role for one in known(title)}:
            return []
        return [_NO_AREAS.format(name=shown(title), role=ROLES[heading.role])]

    def by_contents(self) -> Use | None:
        """Return the column whose contents fit best where no heading tells, or None."""
        columns = [n for n in range(len(self.grid.headings)) if self.sample(n)][:_TRIED]
        for role, least in ((CODE, 1.0), (NAME, _NEARLY_ALL), (ADDRESS, _NEARLY_ALL)):
            shares = {column: self._known(role, column) for column in columns}
            best = max(columns, key=lambda column: (shares[column], -column), default=None)
            if best is not None and shares[best] >= least:
                return Use(role, best, _BY_CONTENTS.format(role=ROLES[role]))
        return None

    def _known(self, role: str, column: int) -> float:
        """Return how well a column fits; of codes only those count that the data have."""
        share = self.share(role, column)
        if role != CODE or share < 1:
            return share
        codes = [read_code(cell).six for cell in self.sample(column)]
        return float(any(self.matcher.match(Wanted(code, self.kinds)) for code in codes))


def _nothing(grid: Grid) -> GridError:
    return GridError(
        Text(
            "コード、名称、住所のどの列も見つかりません。",
            "No column with codes, names or addresses was found.",
        ),
        Text(
            "列を指定してください（コマンドでは --code、--name、--address）。",
            "Say which columns they are (for the command: --code, --name, --address).",
        ),
        Place(grid.name, 1),
    )


_CHOSEN = Text("指定による", "as you said")
_BY_CONTENTS = Text("内容が{role}と合うため", "its contents are of this kind: {role}")
_FITS_BETTER = Text(
    "「{name}」より内容が合うため", 'its contents fit better than those of "{name}"'
)
_NO_AREAS = Text(
    "「{name}」の列は、見出しは{role}のようですが、内容が合わないので使いません。",
    'Column "{name}" may be meant for this: {role}; but its contents do not fit, so it is not used.',
)
_PUBLISHER = Text(
    "「{name}」は、データを作った団体を表す項目なので、所在地から市区町村が分からない行と、都道府県の確認にだけ使います。",
    'Column "{name}" says who made the data. It is used for rows whose place does not tell the '
    "municipality, and to know the prefecture.",
)
