"""Arrears by the API: a batch in, each row with its own answer, and coarse results back."""

from typing import Any, Literal

from django.http import HttpRequest
from ninja import Router
from ninja.responses import Status
from pydantic import Field

from nabij.access.doors import note
from nabij.audit.models import Event
from nabij.core.web.api import Ref, Shape, YesNo, line, links
from nabij.partners.actions import Made
from nabij.partners.endpoints import BEARER, KEY, Key, answers, partner_endpoint, send

from .actions import take_batch
from .models import Debt
from .queries import results_after
from .rows import Checked, check_row, told
from .terms import BATCH_AT_MOST

router = Router(auth=BEARER, tags=["Arrears"])
RESULTS_AT_MOST = 500
Result = Literal["helped", "no_need", "not_reached", "moved", "unknown"]


class DebtIn(Shape):
    """One arrear, as in a file. What is missing or wrong in it is told per row; the other rows are taken in."""

    reference: line(100) = Field("", description="your own reference; it goes back with the result")
    surname: line(200) = ""
    given_names: line(200) = Field("", description="initials or first names")
    birth_date: line(20) = ""
    street: line(200) = ""
    number: line(20) = ""
    postcode: line(10) = ""
    place: line(100) = ""
    phone: line(40) = ""
    email: line(254) = ""
    amount: line(20) = Field("", description="in euros: 312.50")
    arisen_on: line(20) = ""
    signalled_on: line(20) = ""
    threat: Literal["", "eviction", "cut_off", "insurance"] = ""
    already_in_contact: YesNo = False


class DebtsIn(Shape):
    """At most 500 arrears at once."""

    debts: list[DebtIn] = Field(min_length=1, max_length=BATCH_AT_MOST)


class Reason(Shape):
    """One thing that is wrong with a row."""

    code: str
    detail: str


class DebtAnswer(Shape):
    """What became of one row; `index` counts from 0."""

    index: int
    status: Literal["accepted", "known", "refused"]
    reasons: list[Reason] = Field(default_factory=list)


class DebtsAnswer(Shape):
    """What became of every row."""

    accepted: int
    known: int
    refused: int
    debts: list[DebtAnswer]


class ResultOut(Shape):
    """Your own reference and one coarse code; nothing else ever goes back."""

    reference: str
    result: Result


class ResultsOut(Shape):
    """Results, oldest first. `next`: ask again with `after` set to it; null when this was all."""

    results: list[ResultOut]
    next: Ref | None


def _checked(index: int, given: DebtIn, partner: Any, on: Any) -> Checked:
    cells = given.model_dump(exclude={"already_in_contact", "birth_date"})
    cells |= {"birth_on": given.birth_date, "warm_contact": "ja" if given.already_in_contact else ""}
    return check_row(line=index, cells=cells, partner=partner.name, kind=partner.kind, on=on)


def _answer(row: Checked, debt: Debt | None, known: bool) -> dict[str, Any]:
    status = "refused" if debt is None else "known" if known else "accepted"
    return {"index": row.line, "status": status, "reasons": [{"code": reason[0], "detail": told(reason)} for reason in row.reasons]}


@router.post("/debt-signals", response=answers(200, DebtsAnswer, 409, 413), by_alias=True, summary="Send arrears")
@partner_endpoint("may_debts")
def send_debts(request: HttpRequest, batch: DebtsIn, key: Key = KEY) -> Status:
    """Send at most 500 arrears. Good rows are taken in once (by your reference and day), bad ones are named with all their reasons."""
    actor, partner = request.actor, request.sender.partner

    def run() -> Made:
        rows = [_checked(index, given, partner, actor.on) for index, given in enumerate(batch.debts)]
        told_all = [_answer(*done) for done in take_batch(actor=actor, at=actor.at, partner=partner, rows=rows)]
        counts = {status: sum(one["status"] == status for one in told_all) for status in ("accepted", "known", "refused")}
        return Made(None, "", counts | {"debts": told_all})

    return Status(200, send(request, key=key, verb="debts.take_batch", run=run))


GO_ON = links(200, next="nabij_debts_api_debt_results", after="$response.body#/next")


@router.get("/debt-signals/results", response=answers(200, ResultsOut), by_alias=True, summary="Results of arrears", openapi_extra=GO_ON)
@partner_endpoint("may_debts")
def debt_results(request: HttpRequest, after: Ref | None = None) -> dict[str, Any]:
    """Return your references with a coarse code, at most 500 at a time."""
    rows = results_after(partner=request.sender.partner, after=after or "", limit=RESULTS_AT_MOST)
    note(request.actor, "debts.results", at=request.actor.at, event=Event.TRANSFER)
    told_all = [{"reference": reference, "result": result} for _ref, reference, result in rows]
    return {"results": told_all, "next": rows[-1][0] if len(rows) == RESULTS_AT_MOST else None}
