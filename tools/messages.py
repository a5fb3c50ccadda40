"""Keep the Dutch catalogues: extract, update and compile, one catalogue per room, without gettext's own programs.

    python tools/messages.py            every room
    python tools/messages.py desk post  these rooms
    python tools/messages.py --check    change nothing; exit 1 on a missing translation or a stale .mo file

Strings of `config` live in the catalogue of `core`. Files carry no dates and no line numbers, so that a diff shows
only what changed in words.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parent.parent / "nabij"
LANGUAGE = "nl"
ALSO = {"core": ["config"]}
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
TEMPLATE_OPTIONS = {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false", "newstyle_gettext": "true"}
FLEETING = (
    "POT-Creation-Date",
    "PO-Revision-Date",
    "Last-Translator",
    "Language-Team",
    "Generated-By",
    "Report-Msgid-Bugs-To",
)


def rooms() -> list[str]:
    """Name every room that has a catalogue of its own."""
    hosted = {name for names in ALSO.values() for name in names}
    return sorted(p.name for p in PACKAGE.iterdir() if (p / "__init__.py").is_file() and p.name not in hosted)


def sources(room: str) -> Iterator[tuple[str, Path]]:
    """Yield (method, file) for each file whose strings belong to this room."""
    for name in [room, *ALSO.get(room, [])]:
        for path in sorted((PACKAGE / name).rglob("*.py")):
            if not {"tests", "migrations"} & set(path.relative_to(PACKAGE).parts):
                yield "python", path
        for ending in ("*.html", "*.txt"):
            for path in sorted((PACKAGE / name / "templates").rglob(ending)):
                yield "jinja2.ext:babel_extract", path


def extracted(room: str) -> Catalog:
    """Collect the strings of a room, in the order of their text."""
    catalog = Catalog(domain="django")
    for method, path in sources(room):
        options = TEMPLATE_OPTIONS if method != "python" else {}
        for _line, message, _comments, context in extract_from_file(method, path, keywords=KEYWORDS, options=options):
            catalog.add(message, context=context)
    return catalog


def read(path: Path) -> Catalog:
    """Read a catalogue, or begin an empty one."""
    if not path.is_file():
        return Catalog(locale=LANGUAGE, domain="django")
    with path.open("rb") as file:
        return read_po(file, locale=LANGUAGE, domain="django")


def updated(room: str, path: Path) -> Catalog:
    """Merge what the code says now with what was translated before; what the code no longer says is dropped."""
    before, catalog = read(path), Catalog(locale=LANGUAGE, domain="django", fuzzy=False)
    for message in sorted(extracted(room), key=sort_key):
        if message.id:
            known = before.get(message.id, message.context)
            catalog.add(message.id, string=known.string if known else None, context=message.context)
            if known and known.fuzzy:
                catalog.get(message.id, message.context).flags.add("fuzzy")  # type: ignore[union-attr]
    return catalog


def sort_key(message: object) -> tuple[str, str]:
    """Sort by text, then by context."""
    id_ = message.id  # type: ignore[attr-defined]
    return (id_ if isinstance(id_, str) else id_[0], message.context or "")  # type: ignore[attr-defined]


def po_text(catalog: Catalog) -> bytes:
    """Write a catalogue as .po text without anything that changes by itself."""
    buffer = io.BytesIO()
    write_po(buffer, catalog, width=100, no_location=True, ignore_obsolete=True, include_previous=False)
    lines = buffer.getvalue().decode().splitlines(keepends=True)
    start = next(number for number, line in enumerate(lines) if line.startswith("msgid"))
    kept = [line for line in lines[start:] if not line.startswith(tuple(f'"{name}' for name in FLEETING))]
    return "".join(kept).rstrip("\n").encode() + b"\n"


def mo_bytes(po: bytes) -> bytes:
    """Compile .po text."""
    buffer = io.BytesIO()
    write_mo(buffer, plain_header(read_po(io.BytesIO(po), locale=LANGUAGE, domain="django")))
    return buffer.getvalue()


def plain_header(catalog: Catalog) -> Catalog:
    """Take the dates and names out of the header of a catalogue."""
    kept = [pair for pair in catalog.mime_headers if pair[0] not in FLEETING]
    catalog.__class__ = type("Plain", (Catalog,), {"mime_headers": property(lambda _self: kept)})
    return catalog


def complaints(catalog: Catalog) -> list[str]:
    """Say per message what is wrong with its translation."""
    wrong = []
    for message in catalog:
        texts = message.string if isinstance(message.string, tuple | list) else (message.string,)
        if not message.id:
            continue
        first = message.id if isinstance(message.id, str) else message.id[0]
        if not all(texts):
            wrong.append(f"not translated: {first}")
        elif message.fuzzy:
            wrong.append(f"fuzzy: {first}")
        else:
            wrong.extend(f"{problem}: {first}" for problem in message.check(catalog))
    return wrong


def work(room: str, *, check: bool) -> list[str]:
    """Update and compile one room, or only say what is wrong with it."""
    path = PACKAGE / room / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"
    catalog = updated(room, path)
    if not len(catalog):
        return ["catalogue without strings"] if path.is_file() else []
    po = po_text(catalog)
    mo = mo_bytes(po)
    wrong = complaints(catalog)
    if check:
        if not path.is_file() or path.read_bytes() != po:
            wrong.append("django.po does not match the code")
        if not path.with_suffix(".mo").is_file() or path.with_suffix(".mo").read_bytes() != mo:
            wrong.append("django.mo is stale")
        return wrong
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(po)
    path.with_suffix(".mo").write_bytes(mo)
    return wrong


def main() -> int:
    """Run over the rooms asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rooms", nargs="*", metavar="ROOM")
    parser.add_argument("--check", action="store_true", help="change nothing, exit 1 when something is missing")
    options = parser.parse_args()
    unknown = set(options.rooms) - set(rooms())
    if unknown:
        parser.error(f"no such room: {', '.join(sorted(unknown))}. Rooms: {', '.join(rooms())}")
    bad = 0
    for room in options.rooms or rooms():
        for line in work(room, check=options.check):
            bad += 1
            print(f"{room}: {line}", file=sys.stderr if options.check else sys.stdout)
    print(f"{bad} to do" if bad else "complete")
    return 1 if bad and options.check else 0


if __name__ == "__main__":
    sys.exit(main())
