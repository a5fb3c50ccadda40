"""Queries that are worded once: the ORM builds the SQL the first time, every later call only fills in the values.

Building the SQL of a guarded list costs ten times what the database needs to answer it. The rules stay where they are, in the ORM
(`visible_to` and its like); what is kept is their wording for one shape of question: the same functions, as many teams, other numbers.
docs/decisions/0011-queries-worded-once.md
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet
from django.db.models.query import get_related_populators

Row = tuple[Any, ...]
Builder = Callable[..., "QuerySet[Any, Any]"]
Plain = int | str | date | datetime
# Blanks: values that stand in while a question is worded, and that no real question would ever hold.
NUMBERS, DAYS, MOMENTS, WORDS = 7_100_000_000_000_000_000, date(1201, 1, 1), datetime(1301, 1, 1, tzinfo=UTC), "\u2063blank "
BLANK_YEARS = range(1200, 1400)
PARAMETER = re.compile("(?<!%)%s")


class Blanks:
    """The values of one question in order, and a blank for each; equal values of one kind share their blank."""

    def __init__(self) -> None:
        self.values: list[Plain] = []
        self._places: dict[Hashable, int] = {}
        self._kinds: list[type | int] = []

    def blank(self, value: Plain, kind: str = "") -> Any:
        """Keep a value and return what stands in for it."""
        place = self._places.setdefault((kind, value), len(self.values))
        if place == len(self.values):
            self.values.append(value)
            self._kinds.append(type(value))
        return _blank(value, place)

    def keep(self, values: list[Any]) -> int:
        """Keep the values of a list, each at a place of its own; return the first place."""
        first = len(self.values)
        self.values += values
        self._kinds += [type(values[0]), len(values)]
        return first

    def many(self, values: list[Any]) -> list[Any]:
        """Keep the values of a list and return a blank for each."""
        return [_blank(value, place) for place, value in enumerate(values, start=self.keep(values))]

    @property
    def pattern(self) -> Hashable:
        """Return which values were equal to which: another pattern is another question."""
        return tuple(self._kinds), tuple(self._places.values())


def _blank(value: Plain, place: int) -> Any:
    if isinstance(value, datetime):
        return MOMENTS + timedelta(minutes=place)
    if isinstance(value, date):
        return DAYS + timedelta(days=place)
    return f"{WORDS}{place}" if isinstance(value, str) else NUMBERS + place


class Shaped(ABC):
    """What a question may be asked about besides plain values: something with a shape, that can be drawn with blanks in it."""

    @abstractmethod
    def shape(self, blanks: Blanks) -> Hashable:
        """Put every value into blanks and return what else the wording depends on."""

    @abstractmethod
    def drawn(self, blanks: Blanks) -> Any:
        """Return the same thing with blanks for its values."""


@dataclass(frozen=True)
class Worded:
    """One question in the database's own SQL: which numbered place takes which value, how each column is read back."""

    sql: str
    fills: list[tuple[int, Callable[[Any], Any] | None]]  # None: the value goes in as it is
    beside: list[Any]  # constants that cannot stand in the SQL
    reads: list[tuple[int, Callable[[Any], Any]]]
    make: Callable[[Row], Any] | None = None  # makes a record of a row

    def answer(self, values: list[Plain], using: str) -> list[Row]:
        """Ask it with these values."""
        rows = self.kept(values, using)
        return self._read(rows) if self.reads and rows else rows

    def kept(self, values: list[Plain], using: str) -> list[Row]:
        """Ask it, and leave the answer as the database keeps it."""
        with connections[using].asking() as cursor:
            cursor.execute(self.sql, [fill(values[number]) if fill else values[number] for number, fill in self.fills] + self.beside)
            return cursor.fetchall()

    def _read(self, rows: list[Row]) -> list[Row]:
        columns: list[Iterable[Any]] = list(zip(*rows, strict=True))
        for place, read in self.reads:
            columns[place] = [read(value) for value in columns[place]]
        return list(zip(*columns, strict=True))


_kept: dict[Hashable, Worded | None] = {}


def ask(build: Builder, /, *, using: str = "default", **given: Any) -> list[Row]:
    """Return the rows of `build(**given)`, a function of module level that returns a `values_list`, worded once per shape of question.

    Only what is given may differ from call to call, and only as it is: a day computed from a given day has to be given itself (it is
    refused otherwise). None, True and False belong to the shape.
    """
    blanks = Blanks()
    worded = _worded(build, given, blanks, using)
    return worded.answer(blanks.values, using) if worded else []


def ask_kept(build: Builder, /, *, using: str = "default", **given: Any) -> list[Row]:
    """Return the same rows as `ask`, as the database keeps them: on SQLite days and moments are text, in the order of time.

    For a long list of which little is shown: to compare with what `kept` makes of a day or a moment, and to sort. `moment` and `day` read one back.
    """
    blanks = Blanks()
    worded = _worded(build, given, blanks, using)
    return worded.kept(blanks.values, using) if worded else []


def kept(value: date | datetime, using: str = "default") -> Any:
    """Return a day or a moment as the database keeps it."""
    ops = connections[using].ops
    return ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else ops.adapt_datefield_value(value)


def moment(value: Any) -> Any:
    """Return the moment that `ask_kept` brought; nothing stays nothing."""
    return _moment(value) if isinstance(value, str) else value


def day(value: Any) -> Any:
    """Return the day that `ask_kept` brought; nothing stays nothing."""
    return _day(value) if isinstance(value, str) else value


def records(build: Builder, /, *, using: str = "default", **given: Any) -> list[Any]:
    """Return the records of `build(**given)` as `ask` returns rows: of a queryset with its `select_related` and annotations."""
    blanks = Blanks()
    worded = _worded(build, given, blanks, using)
    return [worded.make(row) for row in worded.answer(blanks.values, using)] if worded and worded.make else []


def _worded(build: Builder, given: dict[str, Any], blanks: Blanks, using: str) -> Worded | None:
    shape: list[Hashable] = []
    for name, value in given.items():
        if value is None or isinstance(value, bool):
            shape.append((name, value))
        elif isinstance(value, Shaped):
            shape.append((name, value.shape(blanks)))
        else:
            blanks.blank(value, name)
            shape.append(name)
    key = (build, using, tuple(shape), blanks.pattern)
    if key not in _kept:
        _kept[key] = _word(build, given, using)
    return _kept[key]


def _word(build: Builder, given: dict[str, Any], using: str) -> Worded | None:
    """Build the SQL with blanks; None when it can never have an answer."""
    blanks, drawn = Blanks(), {}
    for name, value in given.items():
        if value is None or isinstance(value, bool):
            drawn[name] = value
        else:
            drawn[name] = value.drawn(blanks) if isinstance(value, Shaped) else blanks.blank(value, name)
    wanted = build(**drawn)
    compiler = wanted.query.get_compiler(using)
    try:
        sql, params = compiler.as_sql()
    except EmptyResultSet:
        return None
    make = _maker(compiler, using) if wanted._fields is None else None
    words = OwnWords(blanks, connections[using].ops)
    own = words.of(sql, params)
    return Worded(own, words.fills, words.beside, _reads(compiler, using), make)


class OwnWords:
    """Writes Django's SQL in the database's own style: constants where they belong, a numbered place for each value.

    Constants beside the SQL would make SQLite plan anew for each value, and leave PostgreSQL guessing.
    """

    def __init__(self, blanks: Blanks, ops: Any) -> None:
        self.ops, self.fills, self.beside, self._values = ops, [], [], blanks.values
        self._places: dict[Hashable, int] = {}
        adapts = {date: ops.adapt_datefield_value, datetime: ops.adapt_datetimefield_value}
        self._known: dict[Any, tuple[int, Callable[[Any], Any] | None]] = {}
        for number, value in enumerate(blanks.values):
            adapt, blank = adapts.get(type(value)), _blank(value, number)
            self._known[adapt(blank) if adapt else blank] = (number, adapt)

    def of(self, sql: str, params: Iterable[Any]) -> str:
        """Return the statement; `fills` and `beside` say what is given with it."""
        own = [self._place(param) if self._stands_in(param) else self.ops.literal(param) or self._put_beside(param) for param in params]
        own = [self.ops.numbered.format(len(self.fills) + 1 + word) if isinstance(word, int) else word for word in own]
        parts = [part.replace("%%", "%") for part in PARAMETER.split(sql)]
        return "".join(part + word for part, word in zip(parts, [*own, ""], strict=True))

    def _stands_in(self, param: Any) -> bool:
        known = isinstance(param, Hashable) and param in self._known
        if not known and _is_blank(param):
            raise ValueError("a value was computed from a given value while a question was worded: give that value itself")
        return known

    def _place(self, param: Any) -> str:
        number, adapt = self._known[param]
        # of which type a text is follows from where it stands: each has a place of its own
        place = self._places.setdefault((number, len(self.fills) if isinstance(param, str) else type(param)), len(self.fills))
        if place == len(self.fills):
            self.fills.append((number, adapt or self._fill(number, type(param))))
        return self.ops.numbered.format(place + 1)

    def _fill(self, number: int, kind: type) -> Callable[[Any], Any] | None:
        if self.ops.takes_plain and kind is type(self._values[number]):
            return None
        return lambda value: self.ops.given(kind(value))

    def _put_beside(self, param: Any) -> int:
        self.beside.append(param)
        return len(self.beside) - 1


def _is_blank(param: Any) -> bool:
    """Tell whether a parameter comes from a blank although it is none."""
    if isinstance(param, str):
        return WORDS in param or (param[:4].isdigit() and int(param[:4]) in BLANK_YEARS and param[4:5] == "-")
    if isinstance(param, date):
        return param.year in BLANK_YEARS
    return isinstance(param, int) and param >= NUMBERS // 2


def _reads(compiler: Any, using: str) -> list[tuple[int, Callable[[Any], Any]]]:
    connection = connections[using]
    columns = [column[0] for column in compiler.select[: compiler.col_count]]
    found = []
    for place, (converters, expression) in compiler.get_converters(columns).items():
        found += [(place, _reader(converter, expression, connection)) for converter in converters]
    return found


def _maker(compiler: Any, using: str) -> Callable[[Row], Any]:
    """Return what makes a record of a row, with its relations and annotations: as Django's own iterator does."""
    about, places = compiler.klass_info, compiler.annotation_col_map
    own, model = about["select_fields"], about["model"]
    first, last = own[0], own[-1] + 1
    names = [column[0].target.attname for column in compiler.select[first:last]]
    relations = get_related_populators(about, compiler.select, using)

    def make(row: Row) -> Any:
        record = model.from_db(using, names, row[first:last])
        for relation in relations:
            relation.populate(row, record)
        for name, place in places.items():
            setattr(record, name, row[place])
        return record

    return make


def _reader(converter: Any, expression: Any, connection: Any) -> Callable[[Any], Any]:
    if connection.vendor == "sqlite" and (fast := FAST.get(getattr(converter, "__name__", ""))):
        return fast
    return lambda value: converter(value, expression, connection)


def _moment(value: Any) -> datetime | None:
    return datetime.fromisoformat(f"{value}+00:00") if value else None  # SQLite keeps moments in UTC without saying so


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if value else None


def _yes_or_no(value: Any) -> Any:
    return value == 1 if value in {0, 1} else value


# the same answers as SQLite's converters of Django, several times as fast
FAST: dict[str, Callable[[Any], Any]] = {
    "convert_datetimefield_value": _moment, "convert_datefield_value": _day, "convert_booleanfield_value": _yes_or_no,
}  # fmt: skip


class Several(Shaped):
    """Values to stand behind `__in`. Filled up with one that no row has, so that lists of about the same length are one question."""

    nobody: Plain

    def __init__(self, values: Iterable[Any]) -> None:
        found = sorted(set(values))
        self.values = found + [self.nobody] * ((1 << (len(found) - 1).bit_length() if found else 1) - len(found))

    def shape(self, blanks: Blanks) -> Hashable:
        blanks.keep(self.values)
        return len(self.values)

    def drawn(self, blanks: Blanks) -> list[Any]:
        return blanks.many(self.values)


class Numbers(Several):
    """Numbers of rows."""

    nobody = 0


class Refs(Several):
    """Refs, or other short texts that are never empty."""

    nobody = ""
