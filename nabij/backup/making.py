"""Make a backup of a running Nabij."""

import gzip
import io
import json
import os
import tarfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from nabij.access.actor import system_actor
from nabij.access.doors import note
from nabij.audit.models import Event, Seal

from .container import SealedWriter
from .copying import applied, database_copy
from .errors import BackupTrouble

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Made:
    """What was written: bytes of the file, number of stored papers in it, the newest seal of the record."""

    size: int
    papers: int
    seal: str


def make_backup(*, target: Path, at: datetime, progress: Progress = lambda _name: None) -> Made:
    """Write the database and the stored papers of this moment to one sealed file; everybody can work on meanwhile.

    The file appears under its name only when it is whole and on disk; what stood there before stays until then. Secrets are not in it:
    keep the key ring apart, the backup cannot be opened without. Raises BackupTrouble; then nothing is left behind.
    """
    half = target.with_name(f"{target.name}.half-{os.getpid()}")
    note(system_actor(at=at), "backup.make", at=at, event=Event.COPY)
    try:
        with half.open("xb") as file:
            half.chmod(0o600)
            papers, seal = _write(file, at, progress)
            file.flush()
            os.fsync(file.fileno())
        half.replace(target)
        _sync_folder(target.parent)
    except OSError as trouble:
        raise BackupTrouble(
            _("The backup could not be written to %(place)s: %(why)s. Nothing was kept; make room or choose another place, and try again.")
            % {"place": target, "why": trouble.strerror or trouble}
        ) from trouble
    finally:
        half.unlink(missing_ok=True)
    return Made(target.stat().st_size, papers, seal)


def _write(file: Any, at: datetime, progress: Progress) -> tuple[int, str]:
    copy = database_copy()
    sealed = SealedWriter(file, {"made_at": at.isoformat(), "vendor": copy.vendor, "version": _version()})
    papers = 0
    with gzip.GzipFile(fileobj=sealed, mode="wb", compresslevel=1, mtime=0) as packed, tarfile.open(fileobj=packed, mode="w|") as archive:
        with copy.snapshot() as members:
            last = Seal.objects.order_by("-last_id").first()
            seal = last.hmac if last else ""
            _add(archive, "about.json", json.dumps({"migrations": applied(), "sequences": copy.sequences(), "seal": seal}).encode())
            for name, content in members:
                progress(name)
                _add(archive, name, content)
        # after the database: a paper that came in since is more, never less
        for paper in sorted(settings.PAPERS.glob("*")) if settings.PAPERS.is_dir() else []:
            papers += _add_paper(archive, paper)
    sealed.finish()
    return papers, seal


def _add(archive: tarfile.TarFile, name: str, content: Path | bytes) -> None:
    member = tarfile.TarInfo(name)
    if isinstance(content, bytes):
        member.size = len(content)
        archive.addfile(member, io.BytesIO(content))
        return
    with content.open("rb") as file:
        member.size = os.fstat(file.fileno()).st_size
        archive.addfile(member, file)


def _add_paper(archive: tarfile.TarFile, paper: Path) -> int:
    try:
        content = paper.read_bytes()
    except FileNotFoundError:  # erased this moment: then it must not be in the backup either
        return 0
    _add(archive, f"papers/{paper.name}", content)
    return 1


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _version() -> str:
    try:
        return version("nabij")
    except PackageNotFoundError:
        return ""
