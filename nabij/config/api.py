"""The API: the rooms' routers at /api/v1, one shape of error, the headers of the NL API Design Rules.

A room's `api.py` has one `router`; it is mounted here. Pattern of an endpoint for a logged-in worker: `nabij.access.web.endpoints`;
for a partner with a token: `nabij.partners.endpoints`.
"""

import json
from collections.abc import Callable
from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema

from nabij.core.errors import Absent, Conflict, Refused
from nabij.core.web.api import PROBLEM, TITLES, Shape, is_api, problem, problems_of

VERSION = "1.0.0"
ABOUT = """The JSON API of Nabij.

Partners send signals with a key of their own (`Authorization: Bearer ...`). No name, reference number or other fact about a person
stands in an address. Every sending carries an `Idempotency-Key`: the same key with the same body gives the same answer and changes
nothing; with another body it is refused. Errors are `application/problem+json` and name everything that is wrong at once, in the
language that `Accept-Language` asks for (`nl` or `en`; Dutch without it).
"""
# Rooms with endpoints; one that is still to be built is left out.
ROUTERS = ("nabij.signals.api", "nabij.debts.api", "nabij.desk.api")


class Service(Shape):
    """What answers here."""

    name: str
    version: str


class Api(NinjaAPI):
    """Ninja with our errors in its description."""

    def get_openapi_schema(self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None) -> OpenAPISchema:
        made = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        with translation.override("en"):  # one description for everybody, whoever asks
            for path in made["paths"].values():
                for operation in path.values():
                    _describe(operation)
        return made


def _describe(operation: dict[str, Any]) -> None:
    for status, answer in operation["responses"].items():
        answer["headers"] = {"API-Version": {"schema": {"type": "string"}, "description": "version of this API"}}
        if int(status) >= 400:
            answer["description"] = str(TITLES[int(status)])
            answer["content"] = {PROBLEM: answer.get("content", {}).get("application/json", {})}


api = Api(
    title="Nabij", version=VERSION, description=ABOUT, urls_namespace="api", docs_url=None, openapi_url="/openapi.json",
    servers=[{"url": "/"}],
)  # fmt: skip


@api.get("/service", response=Service, by_alias=True, auth=None, tags=["Service"], summary="Is the API there?")
def service(request: HttpRequest) -> dict[str, str]:
    return {"name": "Nabij", "version": VERSION}


@api.exception_handler(ValidationError)
def _wrong_shape(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return problem(422, _("What was sent does not fit. All complaints are listed."), problems_of(error.errors))


@api.exception_handler(AuthenticationError)
def _unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return problem(401, _("Log in, or send a valid key."), headers={"WWW-Authenticate": "Bearer"})


@api.exception_handler(HttpError)
def _plain(request: HttpRequest, error: HttpError) -> HttpResponse:
    wait = getattr(error, "wait", None)
    # the library's own words about what it cannot read are English only
    words = _("What was sent cannot be read. Send JSON in UTF-8.") if error.status_code == 400 else str(error)
    return problem(error.status_code, words, headers={"Retry-After": str(int(wait) + 1)} if wait else None)


@api.exception_handler(RequestDataTooBig)
def _too_large(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    return problem(413, _("Send at most %(size)s MB at once.") % {"size": settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 2**20})


@api.exception_handler(Http404)
@api.exception_handler(Absent)
def _absent(request: HttpRequest, error: Exception) -> HttpResponse:
    return problem(404, _("There is nothing here."))


@api.exception_handler(Refused)
def _refused(request: HttpRequest, error: Refused) -> HttpResponse:
    status = 409 if isinstance(error, Conflict) else 422
    named = [{"field": f"body.{error.field}", "code": "refused", "detail": error.message}] if error.field else []
    return problem(status, error.message, named)


def api_headers(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Give every answer of the API its version and its error shape, whatever part of the house it came from."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not is_api(request):
            return get_response(request)
        with translation.override(translation.get_language_from_request(request)):
            answer = get_response(request)
            if answer.status_code >= 400 and answer.headers.get("Content-Type") != PROBLEM:
                allowed = {"Allow": answer.headers["Allow"]} if "Allow" in answer.headers else None
                answer = problem(answer.status_code, headers=allowed)
        answer.headers["API-Version"] = VERSION
        answer.headers["X-Content-Type-Options"] = "nosniff"
        if request.path.endswith("/openapi.json"):
            answer.headers["Access-Control-Allow-Origin"] = "*"
        return answer

    return middleware


def openapi_text() -> str:
    """Return the description of the API as the file that is committed."""
    return json.dumps(api.get_openapi_schema(), indent=1, ensure_ascii=False) + "\n"


def _mount() -> None:
    for name in ROUTERS:
        try:
            room = import_module(name)
        except ModuleNotFoundError as missing:
            if missing.name != name:
                raise
            continue
        api.add_router("", room.router)


_mount()
