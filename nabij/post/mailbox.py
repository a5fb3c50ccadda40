"""Read a folder of messages, a maildir or an mbox file one message at a time, in a fixed order, in bounded memory."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO, NamedTuple

from django.utils.translation import gettext as _

READ_CAP = 40 * 1024 * 1024  # bytes of one message kept; longer ones are refused, and lie where they lay
LINE = 1024 * 1024  # a "line" may be the whole file
SEPARATOR = re.compile(rb"From \S+.*\d\d:\d\d.*\r?\n$|From \S+@\S+ .*\r?\n$|From - .*\r?\n$")
HEADER = re.compile(rb"[!-9;-~]+:|>?From ")


class MailboxError(Exception):
    """The path is no folder with messages and no mbox. The message says what to do."""


class RawMail(NamedTuple):
    """One message as it lay there. `size` is its full length; `raw` stops at the cap. `problem`: could not be read."""

    source: str
    raw: bytes
    size: int
    problem: str = ""


def iter_mail(path: Path, *, cap: int = READ_CAP) -> Iterator[RawMail]:
    """Yield every message at `path`: files `*.eml` sorted by name, a maildir's `new` and `cur`, or an mbox file."""
    if path.is_dir():
        yield from _folder(path, cap)
    elif path.is_file():
        with path.open("rb") as file:
            is_mbox = file.read(5) == b"From "
        if is_mbox:
            yield from _mbox(path, cap)
        else:
            yield _one_file(path, path.name, cap)
    else:
        raise MailboxError(
            _("%(path)s does not exist. Give a folder with .eml files or an mbox file.") % {"path": path}
        )


def _folder(path: Path, cap: int) -> Iterator[RawMail]:
    maildir = [path / name for name in ("cur", "new") if (path / name).is_dir()]
    if maildir:
        files = [file for part in maildir for file in part.iterdir()]
    else:
        files = [file for file in path.rglob("*") if file.suffix.lower() in {".eml", ".mbox"}]
    found = sorted(file for file in files if file.is_file() and not file.name.startswith("."))
    if not found:
        raise MailboxError(
            _("There are no .eml or .mbox files in %(path)s. Check the name of the folder.") % {"path": path}
        )
    for file in found:
        if file.suffix.lower() == ".mbox":
            yield from iter_mail(file, cap=cap)
        else:
            yield _one_file(file, file.relative_to(path).as_posix(), cap)


def _one_file(file: Path, source: str, cap: int) -> RawMail:
    try:
        with file.open("rb") as handle:
            return RawMail(source, handle.read(cap), file.stat().st_size)
    except OSError as problem:  # one locked file must not keep the other messages waiting
        return RawMail(source, b"", 0, problem.strerror or type(problem).__name__)


def _mbox(path: Path, cap: int) -> Iterator[RawMail]:
    with path.open("rb") as file:
        for number, (raw, size) in enumerate(_messages(file, cap), start=1):
            yield RawMail(f"{path.name}#{number:06}", raw, size)


def _messages(file: IO[bytes], cap: int) -> Iterator[tuple[bytes, int]]:
    """Split at "From " lines that follow a blank line and precede a header, so that a sentence "From .." splits nothing."""
    kept, size, blank = bytearray(), 0, True
    line = file.readline(LINE)
    while line:
        following = file.readline(LINE)
        if blank and SEPARATOR.match(line) and HEADER.match(following):
            if size:
                yield _without_last_blank(kept, size)
            kept, size = bytearray(), 0
        else:
            # mboxrd: one ">" was put before every line that began with any number of ">" and "From ".
            text = line[1:] if re.match(rb">+From ", line) else line
            size += len(text)
            kept += text[: max(0, cap - len(kept))]
        blank = not line.strip()
        line = following
    if size:
        yield _without_last_blank(kept, size)


def _without_last_blank(kept: bytearray, size: int) -> tuple[bytes, int]:
    raw = bytes(kept)
    for end in (b"\r\n\r\n", b"\n\n"):
        if len(raw) == size and raw.endswith(end):
            cut = len(end) // 2
            return raw[:-cut], size - cut
    return raw, size
