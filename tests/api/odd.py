"""Input that broke other people's systems: characters no database keeps, numbers without end, days that are none, bytes that are no text."""

import json
from collections.abc import Iterator
from typing import Any

from .known import WORRY, arrear

LONG = "x" * 100_001
# text as it stands between quotes in JSON
TEXTS = [
    "", " ", "\u00a0\u3000", "\x00", "x\x00y", "\ud800", "x\udfff", "\ufeffx", "\u202eomgekeerd", "\u2028", "\x85", "\ufffd", "\U0010ffff",
    "\U0001f976" * 200, "\u1e9e\ufb03\u0149" * 60, "0000-00-00", "2026-02-30", "9999-12-31", "99999-01-01", "-1", "1e400", "NaN",
    "\u0661\u0662", "' OR 1=1 --", "{{ 7*7 }}", "<script>", "%s%n%(x)s", "../../etc/passwd", "\r\nSet-Cookie: a=b", LONG,
]  # fmt: skip
# values as they stand in JSON, written by hand: no library would write them
RAW = ["null", "true", "0", "-1", "1.5", "1e400", "-0", "NaN", "Infinity", "9" * 400, "9" * 5_000, "[]", "{}", "[[]]", '{"a": {"b": 1}}', "[null]"]
NO_JSON = [
    b"", b" ", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf{}", b"{", b"[]", b"null", b'"text"', b"nul", b"{}{}", b"{'a': 1}", b'{"a": "\xff"}', b"\x1f\x8b\x08\x00",
    b"[" * 100_000, b'{"a":' * 20_000, b"9" * 5_000, b'{"about": 1, "about": 2}', "{}".encode("utf-16"), b" " * (5 * 2**20 + 1),
]  # fmt: skip
QUERIES = [
    "{}=", "{}=%00", "{}=%ED%A0%80", "{}=%FF%FE", "{}=%", "{}=" + "9" * 5_000, "{}=-1", "{}=9_999999999999.999999_999999999999999999", "{}=0_0.000000_0",
    "{}=null", "{}=a&{}=b", "{}[]=a", "{}=%0A", "{}=2222222222222222222%0A", "%00=1", "&&&=&", "{}=%F0%9F%A5%B6",
]  # fmt: skip
SEGMENTS = ["%00", "%ED%A0%80", "%FF", "a%2Fb", "..", "%2e%2e", "2" * 19, "2" * 21, "2" * 20 + "%0A", "2" * 5_000, "null", "-1", "%F0%9F%A5%B6", "l" * 20]
KEYS = ["", "x", "a" * 7, "a" * 65, "a" * 5_000, "zeven en", "\u00e9" * 8, "12345678\t", "--------", "a,b,c,d,e", '"12345678"', "\x7f" * 8]
TYPES = ["", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "application/json; charset=utf-16", "application/json; charset=no-such", "\u00e9"]


def leaves(value: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the place of everything in a body, the parts and what is in them."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, part in inside:
        yield (*place, name)
        yield from leaves(part, (*place, name))


def written(value: Any, place: tuple[Any, ...], raw: str) -> str:
    """Return a body as JSON with `raw` written at one place."""
    if not place:
        return raw
    if isinstance(value, dict):
        parts = (f"{json.dumps(name)}: {written(part, place[1:], raw) if name == place[0] else json.dumps(part)}" for name, part in value.items())
        return "{" + ", ".join(parts) + "}"
    return "[" + ", ".join(written(part, place[1:], raw) if number == place[0] else json.dumps(part) for number, part in enumerate(value)) + "]"


def good_body(label: str) -> Any:
    """Return a body that is right, with everything filled in that may be."""
    return {"POST /api/v1/signals": WORRY, "POST /api/v1/debt-signals": {"debts": [arrear()]}}.get(label)


def odd_bodies(label: str) -> Iterator[bytes]:
    """Yield bodies with one odd value at one place, an odd name of a key, everything at its longest, and what is no body at all."""
    body = good_body(label)
    if body is None:
        return
    for place in leaves(body):
        for raw in (*map(json.dumps, TEXTS), *RAW):
            yield written(body, place, raw).encode()
    for text in TEXTS[:-1]:
        yield json.dumps(body | {text: text}).encode()
    yield from NO_JSON


def odd_addresses(path: str, names: list[str]) -> Iterator[tuple[str, str]]:
    """Yield path and query: odd parts of the path, odd values of each parameter that stands in the query."""
    bare = path.replace("{reference}", "2" * 20)
    for name in names or ["after"]:
        yield from ((bare, query.replace("{}", name)) for query in QUERIES)
    if bare != path:
        yield from ((path.replace("{reference}", segment), "") for segment in SEGMENTS)
