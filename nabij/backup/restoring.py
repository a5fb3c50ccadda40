"""Put a backup back, into an empty place only."""

import gzip
import json
import re
import shutil
import tarfile
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import Error
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from .container import SealedReader
from .copying import PostgresCopy, SqliteCopy, bring_up_to_date, database_copy
from .errors import BackupTrouble

CHUNK = 1 << 20
PAPER = re.compile(r"papers/([A-Za-z0-9_-]{1,80})")
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Restored:
    """What came back: when the backup was made (ISO 8601), stored papers, the newest seal of the record at that time."""

    made_at: str
    papers: int
    seal: str


def examine_backup(*, source: Path) -> dict[str, Any]:
    """Read a whole backup without writing anything and return what it says of itself. Raises BackupTrouble when a byte is wrong."""
    about: dict[str, Any] = {}
    with _archive(source) as (header, members):
        for name, chunks in members:
            content = b"".join(chunks) if name == "about.json" else b""
            about = json.loads(content) if content else about
            for _chunk in chunks:
                pass
    if not about:
        raise BackupTrouble(_("This backup says nothing of itself. Use another copy."))
    return {**header, **about}


def restore_backup(*, source: Path, progress: Progress = lambda _name: None) -> Restored:
    """Put a backup back into an empty database and an empty papers folder, and bring it up to date.

    The whole file is proven first, so that nothing is written from a copy that was changed, cut off or sealed with another key.
    Raises BackupTrouble: not empty, another kind of database, made by a newer version, no room; then the place is as it was.
    """
    about = examine_backup(source=source)
    copy = database_copy()
    _refuse_unfit(copy, about)
    settings.DATA.mkdir(parents=True, exist_ok=True, mode=0o700)
    place = Path(tempfile.mkdtemp(prefix=".restoring-", dir=settings.DATA))
    try:
        papers = _fill(copy, source, about, place, progress)
        if papers:
            settings.PAPERS.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            shutil.rmtree(settings.PAPERS, ignore_errors=True)  # it was empty
            (place / "papers").replace(settings.PAPERS)
        copy.complete(about)
    except (OSError, Error) as trouble:
        copy.clear()
        why = getattr(trouble, "strerror", "") or str(trouble).split("\n")[0]
        raise BackupTrouble(_("The backup could not be put back: %(why)s. The place is empty again; solve this and try once more.") % {"why": why}) from trouble
    except BackupTrouble:
        copy.clear()
        raise
    finally:
        shutil.rmtree(place, ignore_errors=True)
    bring_up_to_date()
    return Restored(str(about["made_at"]), papers, str(about["seal"]))


def _refuse_unfit(copy: SqliteCopy | PostgresCopy, about: dict[str, Any]) -> None:
    if not copy.is_empty() or (settings.PAPERS.is_dir() and any(settings.PAPERS.iterdir())):
        raise BackupTrouble(
            _("There is something here already. A backup is put back into an empty place only: choose another data folder (NABIJ_DATA) or database (NABIJ_DATABASE).")
        )
    if about["vendor"] != copy.vendor:
        raise BackupTrouble(
            _("This backup is of %(theirs)s and the database here is %(ours)s. Set NABIJ_DATABASE to a database of the same kind.")
            % {"theirs": about["vendor"], "ours": copy.vendor}
        )
    known = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    newer = sorted(f"{app}.{name}" for app, name in about["migrations"] if (app, name) not in known)
    if newer:
        raise BackupTrouble(
            _("This backup was made by a newer version of Nabij (%(first)s is not known here). Install that version and try again.") % {"first": newer[0]}
        )


def _fill(copy: SqliteCopy | PostgresCopy, source: Path, about: dict[str, Any], place: Path, progress: Progress) -> int:
    papers = 0
    (place / "papers").mkdir(mode=0o700)
    copy.begin(about, place)
    with _archive(source) as (_header, members):
        for name, chunks in members:
            progress(name)
            paper = PAPER.fullmatch(name)
            if paper:
                (place / "papers" / paper[1]).write_bytes(b"".join(chunks))
                papers += 1
            elif name != "about.json":
                for chunk in chunks if copy.vendor == "sqlite" else [b"".join(chunks)]:
                    copy.take(name, chunk)
    return papers


@contextmanager
def _archive(source: Path) -> Iterator[tuple[dict[str, Any], Iterator[tuple[str, Iterator[bytes]]]]]:
    """Give the first line of a backup and its members one by one. Raises BackupTrouble for whatever is wrong with the file."""
    try:
        with source.open("rb") as file:
            sealed = SealedReader(file)
            with gzip.GzipFile(fileobj=sealed, mode="rb") as packed, tarfile.open(fileobj=packed, mode="r|") as archive:
                yield sealed.about, _members(archive)
            while sealed.read(CHUNK):  # to the end, so that the last piece is proven too
                pass
    except OSError as trouble:
        if isinstance(trouble, gzip.BadGzipFile):
            raise BackupTrouble(_("This backup does not unpack. Use another copy.")) from trouble
        if trouble.filename is None:
            raise
        raise BackupTrouble(_("%(place)s cannot be read: %(why)s.") % {"place": source, "why": trouble.strerror}) from trouble
    except (tarfile.TarError, EOFError, zlib.error) as trouble:
        raise BackupTrouble(_("This backup does not unpack. Use another copy.")) from trouble


def _members(archive: tarfile.TarFile) -> Iterator[tuple[str, Iterator[bytes]]]:
    for member in archive:
        content = archive.extractfile(member)
        if content is not None:
            yield member.name, iter(lambda content=content: content.read(CHUNK), b"")


__all__ = ["BackupTrouble", "Restored", "examine_backup", "restore_backup"]
