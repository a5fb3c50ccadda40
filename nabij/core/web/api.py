"""What every endpoint shares: strict shapes, bounded values, errors as `application/problem+json` (RFC 9457, NL API Design Rules).

Shapes refuse what they do not know; a pattern keeps control characters out, so that no text a database cannot hold gets further.
"""

import re
from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Schema
from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, StrictBool, StringConstraints, WithJsonSchema
from pydantic.alias_generators import to_camel

PROBLEM = "application/problem+json"
# any text without control characters; lone halves of a pair never get as far as this
PRINTABLE = "^[^\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\x7F]*$"
REF = "^[2-9a-hjkmnp-z]{20}$"
ISO_DAY = re.compile(r"(19|20|21)\d\d-\d\d-\d\d", re.ASCII)
TITLES = {
    400: "Bad request", 401: "Unauthorized", 403: "Forbidden", 404: "Not found", 405: "Method not allowed", 409: "Conflict",
    413: "Too large", 415: "Unsupported media type", 422: "Unprocessable content", 429: "Too many requests", 500: "Server error",
}  # fmt: skip


class Shape(Schema):
    """Base of what goes in and out: keys in camelCase, nothing unknown."""

    model_config = ConfigDict(extra="forbid", alias_generator=to_camel, validate_by_alias=True, validate_by_name=False)


def _day(value: Any) -> Any:
    if isinstance(value, date):
        return value
    if not (isinstance(value, str) and ISO_DAY.fullmatch(value)):
        raise ValueError("write a day as 2026-11-03")
    return date.fromisoformat(value)


def _has_words(value: str) -> str:
    if not value.strip():
        raise ValueError("write something")
    return value


def line(limit: int) -> Any:
    """Return the type of a text of at most so many characters, empty when left out."""
    return Annotated[str, StringConstraints(max_length=limit, pattern=PRINTABLE)]


def story(limit: int) -> Any:
    """Return the type of a text that may not be empty."""
    shown = {"type": "string", "minLength": 1, "maxLength": limit, "pattern": "^[!-~][^\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\x7F]*$"}
    return Annotated[str, StringConstraints(min_length=1, max_length=limit, pattern=PRINTABLE), AfterValidator(_has_words), WithJsonSchema(shown)]


Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
YesNo = StrictBool
Ref = Annotated[str, StringConstraints(pattern=REF)]


class InputError(Shape):
    """One thing that is wrong with what was sent."""

    field: str = Field(description="where it stands, as a path: body.person.email")
    code: str
    detail: str


class Problem(Shape):
    """Why a request was not carried out; nothing was written."""

    status: int
    title: str
    detail: str
    errors: list[InputError] = Field(default_factory=list)


def problem(status: int, detail: str = "", errors: list[dict[str, str]] | None = None, headers: dict[str, str] | None = None) -> HttpResponse:
    """Return an error answer; what was sent is never repeated in it."""
    title = TITLES.get(status, "Error")
    body = {"status": status, "title": title, "detail": detail or title, "errors": errors or []}
    return JsonResponse(body, status=status, content_type=PROBLEM, headers=headers)


def problems_of(found: list[dict[str, Any]]) -> list[dict[str, str]]:
    """Return the complaints of a shape as input errors, all at once."""
    told = []
    for one in found:
        place = [str(part) for part in one.get("loc", ())]
        where = ".".join([*place[:1], *place[2:]]) if len(place) > 1 and place[0] == "body" else ".".join(place)
        told.append({"field": where[:200], "code": str(one.get("type", "invalid")), "detail": str(one.get("msg", ""))[:300]})
    return told


def is_api(request: HttpRequest) -> bool:
    """Tell whether a request is one to the API."""
    return request.path.startswith("/api/")
