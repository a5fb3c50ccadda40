"""The tables of search as the engine asks for them. The same three questions on SQLite and PostgreSQL, whoever is found."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import connection

from nabij.core.crypto import sign
from nabij.linkage import Traits, unpack
from nabij.linkage.keys import fingerprints

# looked up word by word: as a join PostgreSQL reads all words of a small file, 3 ms of a look-up
COUNT = "SELECT w.count FROM residents_searchword w WHERE w.id = v.word"
WORDS = f"SELECT v.variant, v.word, coalesce(({COUNT}), 0) FROM residents_searchvariant v WHERE v.variant IN ({{}})"  # noqa: S608 - fixed words
PERSONS = "SELECT key, dossier_id FROM residents_searchkey WHERE key IN ({})"
OWN_FIRST = """SELECT k.key, k.dossier_id FROM residents_searchkey k JOIN access_dossier d ON d.id = k.dossier_id
WHERE k.key IN ({}) ORDER BY CASE WHEN d.team_id IN ({}) THEN 0 ELSE 1 END, k.dossier_id DESC LIMIT {}"""
LINES = "SELECT dossier_id, line FROM residents_searchline WHERE dossier_id IN ({})"
NOBODY = [0]  # asked for when there is nothing to ask: nothing found takes as many questions as somebody found


def keyed() -> Callable[[str], int]:
    """Return what makes keys: a fingerprint of eight bytes under a key of this installation, as a signed number."""
    return fingerprints(bytes.fromhex(sign(b"search", purpose="search keys")))


class Tables:
    """The file of this installation. `team_ids`: whose people come first when far too many fit."""

    def __init__(self, team_ids: Sequence[int] = ()) -> None:
        self.token = keyed()
        self.team_ids = list(team_ids)
        self.total = 0

    def words(self, variants: Sequence[int]) -> Iterable[tuple[int, int, int]]:
        """Return (variant, word, count); the word that counts everybody comes along."""
        everybody = self.token(EVERYBODY)
        rows = _rows(WORDS, [*variants, everybody])
        self.total = next((count for variant, _word, count in rows if variant == everybody), 0)
        return [row for row in rows if row[0] != everybody]

    def persons(self, keys: Sequence[int], limit: int, *, wide: bool = False) -> Iterable[tuple[int, int]]:
        """Return (key, dossier) for these keys; of far too many the own people first, then the newest."""
        if not wide:
            return _rows(PERSONS, keys or NOBODY)
        teams = self.team_ids or NOBODY
        sql = OWN_FIRST.format(_places(keys), _places(teams), int(limit))
        return _fetch(sql, [*keys, *teams])

    def traits(self, ids: Sequence[int]) -> Iterable[tuple[int, Traits]]:
        """Return these persons in comparable form."""
        return [(pk, unpack(line)) for pk, line in _rows(LINES, ids or NOBODY)]

    def size(self) -> int:
        """Return how many persons there are."""
        return self.total


EVERYBODY = "everybody"


def _places(values: Sequence[int]) -> str:
    return ",".join(["%s"] * len(values))


def _rows(sql: str, values: Sequence[int]) -> list[tuple[int, ...]]:
    if connection.vendor == "postgresql":  # one array is read and planned sooner than a hundred values
        return _fetch(sql.replace("IN ({})", "= ANY(%s)"), [list(values)])
    return _fetch(sql.format(_places(values)), list(values))


def _fetch(sql: str, values: list[Any]) -> list[tuple[int, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()
