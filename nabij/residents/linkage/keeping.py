"""Keep the tables of search true: write what somebody is found by, and take away what no longer holds."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import islice
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.models import Q

from nabij.access.models import Dossier
from nabij.linkage import DUTCH, Person, Traits, pack, traits, unpack
from nabij.linkage.keys import kept_under, keys_of, word_token, words_of
from nabij.residents.models import Address, ContactWay, Resident, SearchKey, SearchLine, SearchVariant, SearchWord

from .describing import person_of
from .store import EVERYBODY, keyed

BATCH = 2_000
COPIED = 200  # rows from which PostgreSQL's COPY is worth its start
Token = Callable[[str], int]
ADD = """INSERT INTO residents_searchword (id, count) VALUES {}
ON CONFLICT (id) DO UPDATE SET count = residents_searchword.count + excluded.count"""


class Word(NamedTuple):
    """A word that is counted: its kind and its text."""

    kind: str
    text: str


def renew(*, dossier: Dossier, on: date) -> None:
    """Write anew by what a dossier is found, from what is known of this person today."""
    resident = Resident.objects.filter(pk=dossier.pk).first()
    known = None
    if resident is not None:
        running = Q(until_on__isnull=True) | Q(until_on__gte=on)
        addresses = Address.objects.filter(running, dossier=dossier, secret=False).order_by("pk")
        ways = ContactWay.objects.filter(running, dossier=dossier).order_by("pk")
        known = traits(person_of(resident, addresses, ways, on=on))
    _replace(dossier.pk, known)


def forget(*, dossier: Dossier) -> None:
    """Take away everything by which a dossier is found."""
    _replace(dossier.pk, None)


def write_first(*, resident: Resident, addresses: list[Address], ways: list[ContactWay], on: date) -> None:
    """Write by what somebody is found who was written down this moment: nothing of it needs to be read back."""
    write_many([(resident.pk, person_of(resident, addresses, ways, on=on))])


def write_many(people: Iterable[tuple[int, Person]], *, batch: int = BATCH) -> int:
    """Write by what many people are found, none of whom is in the tables yet, and return how many: exactly the rows that the actions write."""
    token, rows, done = keyed(), iter(people), 0
    while part := list(islice(rows, batch)):
        known = [(pk, traits(person)) for pk, person in part]
        found = [(pk, keys_of(one, DUTCH, token)) for pk, one in known]
        counts: Counter[Word] = Counter(word for _pk, one in known for word in _words(one))
        with transaction.atomic():
            _insert("residents_searchkey (dossier_id, key)", sorted((pk, key) for pk, keys in found for key in keys))
            _insert("residents_searchline (dossier_id, line)", [(pk, pack(one)) for pk, one in known])
            _count(counts, len(known), token)
        done += len(part)
    return done


def rebuild(*, on: date, told: Callable[[int], None] | None = None) -> int:
    """Make the tables of search anew for everybody, and return for how many."""
    for table in (SearchKey, SearchLine, SearchVariant, SearchWord):
        table.objects.all().delete()
    return write_many(_everybody(on, told))


def _everybody(on: date, told: Callable[[int], None] | None) -> Iterator[tuple[int, Person]]:
    people = Resident.objects.filter(dossier__erased_at__isnull=True).order_by("pk")
    after = 0
    while part := list(people.filter(pk__gt=after)[:BATCH]):
        after = part[-1].pk
        ids = [resident.pk for resident in part]
        homes, ways = _by_dossier(Address, ids), _by_dossier(ContactWay, ids)
        for resident in part:
            yield resident.pk, person_of(resident, homes.get(resident.pk, ()), ways.get(resident.pk, ()), on=on)
        if told:
            told(len(part))


def _by_dossier(model: type[Address] | type[ContactWay], ids: list[int]) -> dict[int, list]:
    found: dict[int, list] = {}
    for row in model.objects.filter(dossier_id__in=ids).order_by("pk"):
        found.setdefault(row.dossier_id, []).append(row)
    return found


# --- one person


def _replace(pk: int, fresh: Traits | None) -> None:
    token = keyed()
    old_line = SearchLine.objects.filter(pk=pk).values_list("line", flat=True).first()
    new_line = pack(fresh) if fresh is not None else None
    if old_line == new_line:
        return
    old = unpack(old_line) if old_line is not None else None
    SearchKey.objects.filter(dossier_id=pk).delete()
    if fresh is None or new_line is None:
        SearchLine.objects.filter(pk=pk).delete()
    else:
        SearchKey.objects.bulk_create([SearchKey(dossier_id=pk, key=key) for key in sorted(keys_of(fresh, DUTCH, token))])
        SearchLine.objects.update_or_create(pk=pk, defaults={"line": new_line})
    counts: Counter[Word] = Counter(_words(fresh) if fresh is not None else ())
    counts.subtract(_words(old) if old is not None else ())
    _count(counts, (fresh is not None) - (old is not None), token)


def _words(of: Traits) -> set[Word]:
    return {Word(*word) for word in words_of(of)}


def _count(counts: Counter[Word], people: int, token: Token) -> None:
    """Add to how many people have each word; write the variants of a new word, take away those of a word that nobody has any more."""
    by_token = {word_token(*word, token): (word, added) for word, added in counts.items() if added}
    everybody = token(EVERYBODY)
    known = set(SearchWord.objects.filter(pk__in=[*by_token, everybody]).values_list("pk", flat=True))
    fresh = [(variant, pk) for pk, (word, _added) in by_token.items() if pk not in known for variant in _kept_under(word, token)]
    if everybody not in known:
        fresh.append((everybody, everybody))
    _insert("residents_searchvariant (variant, word)", sorted(set(fresh)), again="ON CONFLICT DO NOTHING")
    added = {pk: number for pk, (_word, number) in by_token.items()} | {everybody: people}
    _add(sorted(added.items()))
    if min(added.values()) < 0:
        gone = list(SearchWord.objects.filter(pk__in=list(added), count__lte=0).exclude(pk=everybody).values_list("pk", flat=True))
        SearchVariant.objects.filter(word__in=gone).delete()
        SearchWord.objects.filter(pk__in=gone).delete()


def _kept_under(word: Word, token: Token) -> list[int]:
    return [token(variant) for variant in kept_under(*word)]


def _add(rows: list[tuple[int, int]]) -> None:
    """Add counts in one order everywhere, so that two who write at once wait for each other and never in a circle."""
    with connection.cursor() as cursor:
        for start in range(0, len(rows), 5_000):
            part = rows[start : start + 5_000]
            cursor.execute(ADD.format(",".join(["(%s, %s)"] * len(part))), [value for row in part for value in row])


def _insert(table: str, rows: list[tuple[Any, ...]], *, again: str = "") -> None:
    """Write many rows of two columns at once, without a model for each: a person has a dozen."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql" and len(rows) > COPIED and not again:
            with cursor.cursor.copy(f"COPY {table} FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        elif rows:
            cursor.executemany(f"INSERT INTO {table} VALUES (%s, %s) {again}", rows)  # noqa: S608 - the table is a name of ours
