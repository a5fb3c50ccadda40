"""Mijn dag for programs: the same list, the same rights and the same read log as the page."""

import json
from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field, StringConstraints

from nabij.access.web.endpoints import SESSION, worker_endpoint
from nabij.access.web.pages import EVERYONE
from nabij.core.web.api import Problem, Ref, Shape, YesNo, links

from . import queries

router = Router(auth=SESSION, tags=["My day"])
Band = Literal["now", "late", "today", "never", "silent", "soon", "later"]
Filter = Annotated[str, StringConstraints(pattern="^[a-z_]{0,20}$")]
Cursor = Annotated[str, StringConstraints(pattern="^$|^[0-9]_[0-9]{1,12}[.][0-9]{6}_[0-9]{1,18}$")]


class OtherOut(Shape):
    """What else is open for the same resident."""

    what: str
    due_at: datetime


class RowOut(Shape):
    """One resident, or one worry about somebody not known yet."""

    band: Band
    ref: Ref
    version: int
    kind: str
    who: str
    what: str
    due_at: datetime
    since: datetime
    look_again_on: date | None
    urgency: int
    postponed: int
    dossier: Ref | None
    take_care: list[str]
    phone: str
    others: list[OtherOut]


class MyDayOut(Shape):
    """One page of the list, and how much there is in all."""

    rows: list[RowOut]
    total: int
    pressing: int
    kinds: dict[str, int]
    mayOpenAll: YesNo = Field(alias="mayOpenAll", description="false: some work is about a dossier that is closed to you")  # noqa: N815 - the name in the answer
    next: str = Field(description="give it as `after` for the next page; empty at the end")


ANSWERS = {200: MyDayOut, 401: Problem, 404: Problem, 422: Problem}
GO_ON = links(200, next="nabij_desk_api_my_day", after="$response.body#/next")


@router.get("/my-day", response=ANSWERS, by_alias=True, summary="What I answer for, in the order of need", openapi_extra=GO_ON)
@worker_endpoint("desk.my_day", allow=EVERYONE)
def my_day(request: HttpRequest, filter: Filter = Query(""), after: Cursor = Query("")) -> HttpResponse:  # noqa: B008 - how the library declares a query
    actor = request.actor
    day = queries.my_day(actor=actor, filter=filter, after=after, routes=False)
    actor.saw(*day.dossier_ids)
    rows = [row for _band, _count, some in day.bands for row in some]
    answer = {
        "rows": [_row(row) for row in rows], "total": day.total, "pressing": day.pressing, "kinds": day.kinds,
        "mayOpenAll": all(row.may_open for row in rows), "next": day.next_cursor,
    }  # fmt: skip
    # written here: checking our own answer once more would take longer than making it; a test holds it against its shape
    return HttpResponse(json.dumps(answer, ensure_ascii=False, separators=(",", ":")), content_type="application/json")


def _row(row: queries.Row) -> dict[str, Any]:
    return {
        "band": row.band, "ref": row.ref, "version": row.version, "kind": row.kind, "who": row.who, "what": row.what,
        "dueAt": row.due_at.isoformat(), "since": row.opened_at.isoformat(), "lookAgainOn": row.look_again_on and row.look_again_on.isoformat(),
        "urgency": row.urgency, "postponed": row.postponed, "dossier": row.dossier_ref or None, "takeCare": row.safety,
        "phone": row.phone.value if row.phone and row.phone.safe else "",
        "others": [{"what": other.what, "dueAt": other.due_at.isoformat()} for other in row.others],
    }  # fmt: skip
