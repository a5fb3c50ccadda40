"""Write docs/reference/api.md from the API itself: every endpoint, what goes in, what comes out.

    python tools/api_page.py           write the page
    python tools/api_page.py --check   change nothing; exit 1 when the page is out of date
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "reference" / "api.md"
HEAD = """# The JSON API

Made from the code by `python tools/api_page.py`; a test fails when it is out of date. The same for programs:
`/api/v1/openapi.json`, which anybody may read.

A partner gets a key from the functional administrator (*Beheer*, *Partners en hun sleutels*) and sends it as
`Authorization: Bearer KEY`. Endpoints for a logged-in worker use the log-in of the browser. After the NL API Design Rules: no slash at
the end, keys in camelCase, days as `2026-11-03`, no fact about a person in an address, the header `API-Version` on every answer.

**Every sending carries an `Idempotency-Key`**: 8 to 64 letters, digits, `-` or `_`, of your own choice. The same key with the same body
gives the same answer and changes nothing; with another body it is refused with 409. After a broken connection: send the same again.

**Errors** are `application/problem+json`: `status`, `title`, `detail`, and in `errors` everything that is wrong at once, each with
`field`, `code` and `detail`. What was sent is never repeated. 429 has a `Retry-After` in seconds. The words are in the language of
`Accept-Language` (`nl` or `en`; Dutch without it); the codes are always the same.

    curl https://nabij.example/api/v1/signals -H "Authorization: Bearer $KEY" -H "Idempotency-Key: 2026-11-03-0001" \\
      -H "Content-Type: application/json" -d '{"about": "person", "subject": "Kerkstraat 12", "words": "De post puilt uit de bus."}'
"""


def kind_of(shape: dict[str, Any]) -> str:
    """Return a type in a few words."""
    if "$ref" in shape:
        return f"[{shape['$ref'].rpartition('/')[2]}](#{shape['$ref'].rpartition('/')[2].lower()})"
    if "anyOf" in shape:
        return " or ".join(kind_of(one) for one in shape["anyOf"])
    if "enum" in shape or "const" in shape:
        return ", ".join(f"`{one}`" if one else '`""`' for one in shape.get("enum", [shape.get("const")]))
    if shape.get("type") == "array":
        return f"list of {kind_of(shape.get('items', {}))}" + (f", at most {shape['maxItems']}" if "maxItems" in shape else "")
    limit = f", at most {shape['maxLength']}" if "maxLength" in shape else ""
    return f"{shape.get('format', shape.get('type', 'anything'))}{limit}"


def rows_of(shape: dict[str, Any]) -> list[str]:
    """Return a shape as a table: one line a key."""
    needed = set(shape.get("required", ()))
    told = ["| key | what | needed |", "|---|---|---|"]
    for name, one in shape.get("properties", {}).items():
        words = f": {one['description']}" if one.get("description") else ""
        told.append(f"| `{name}` | {kind_of(one)}{words} | {'yes' if name in needed else 'no'} |")
    return told


def content_of(answer: dict[str, Any]) -> str:
    """Return what an answer holds."""
    shapes = [one.get("schema", {}) for one in answer.get("content", {}).values()]
    return kind_of(shapes[0]) if shapes and shapes[0] else answer.get("description", "")


def endpoint(method: str, path: str, one: dict[str, Any]) -> str:
    """Return one endpoint with its parameters and answers."""
    parts = [f"### {method.upper()} {path}\n", ' '.join(part for part in (one.get('summary', '').rstrip('?.') + '.', one.get('description', '')) if part)]
    for given in one.get("parameters", ()):
        words = f": {given['description']}" if given.get("description") else ""
        parts.append(f"- `{given['name']}` in the {given['in']}{words}{' (needed)' if given.get('required') else ''}")
    for body in one.get("requestBody", {}).get("content", {}).values():
        parts.append(f"- body: {kind_of(body['schema'])}")
    parts += [f"- {status}: {content_of(answer)}" for status, answer in sorted(one["responses"].items(), key=lambda pair: int(pair[0]))]
    return "\n".join(parts)


def page() -> str:
    """Return the whole page."""
    from nabij.config.api import api

    made = api.get_openapi_schema()
    parts = [HEAD.strip(), "## Endpoints"]
    parts += [endpoint(method, path, one) for path, methods in sorted(made["paths"].items()) for method, one in sorted(methods.items())]
    parts.append("## Shapes")
    for name, shape in sorted(made["components"]["schemas"].items()):
        lines = rows_of(shape) if shape.get("properties") else [kind_of(shape)]
        parts.append("\n".join([f"### {name}\n", (shape.get("description") or "").split("\n\n")[0].strip(), "", *lines]))
    return "\n\n".join(part.strip() for part in parts) + "\n"


def main() -> int:
    """Write the page, or say that it is out of date."""
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("NABIJ_DATA", folder)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nabij.config.settings")
        import django

        django.setup()
        text = page()
    if "--check" in sys.argv:
        fresh = PAGE.exists() and PAGE.read_text(encoding="utf-8") == text
        print("up to date" if fresh else "out of date: python tools/api_page.py")
        return 0 if fresh else 1
    PAGE.write_text(text, encoding="utf-8")
    print(PAGE.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
