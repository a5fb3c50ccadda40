"""Signals by the API: a partner sends one, and hears the three texts that every reporter hears."""

from typing import Any, Literal

from django.http import HttpRequest
from ninja import Router
from ninja.responses import Status
from pydantic import Field

from nabij.core.errors import Absent
from nabij.core.web.api import Ref, Shape, YesNo, line, links, story
from nabij.partners.actions import Made
from nabij.partners.endpoints import BEARER, KEY, Key, answers, partner_endpoint, send
from nabij.partners.queries import sent_before

from . import queries
from .actions import receive_signal
from .models import Reporter, Signal

router = Router(auth=BEARER, tags=["Signals"])
EMAIL = "^$|^[A-Za-z0-9_+-]+(\\.[A-Za-z0-9_+-]+){0,5}@([A-Za-z0-9]([A-Za-z0-9-]{0,40}[A-Za-z0-9])?\\.){1,4}[A-Za-z]{2,20}$"
PHONE = "^$|^\\+?[0-9][0-9 ()-]{5,25}$"
State = Literal["received", "looking", "done"]


class ReporterIn(Shape):
    """Who at the partner reported this. Known only to the team, unless `mayBeNamed`."""

    name: line(120) = ""
    email: str = Field("", pattern=EMAIL, max_length=200)
    phone: str = Field("", pattern=PHONE, max_length=30)
    relation: line(60) = ""
    may_be_named: YesNo = False


class SignalIn(Shape):
    """A worry about somebody, or about a street or group."""

    about: Literal["person", "place"]
    subject: story(200) = Field(description="who it is about, or where; a description is enough")
    place: line(200) = ""
    postcode: str = Field("", pattern="^$|^[1-9][0-9]{3} ?[A-Za-z]{2}$")
    words: story(10_000) = Field(description="what is going on")
    unsafe: YesNo = False
    about_child: YesNo = False
    asks_support: YesNo | None = Field(None, description="does somebody ask for support? A yes starts the Wmo term of six weeks")
    reporter: ReporterIn | None = None


class SignalReceived(Shape):
    """What we say about a signal: the same for everybody, whatever we know or decide."""

    reference: Ref
    status: State


def _facts(signal: SignalIn, partner: Any) -> dict[str, Any]:
    given = signal.reporter
    reporter: dict[str, Any] = {"organisation": partner.name, "openness": Reporter.Openness.KNOWN}
    if given is not None:
        reporter |= {name: getattr(given, name) for name in ("name", "email", "phone", "relation")}
        reporter["openness"] = Reporter.Openness.OPEN if given.may_be_named else Reporter.Openness.KNOWN
    about_person = signal.about == "person"
    return {
        "about": signal.about, "who": signal.subject if about_person else "", "place": signal.place if about_person else signal.subject,
        "postcode": signal.postcode, "words": signal.words, "unsafe": signal.unsafe, "about_child": signal.about_child,
        "asks_support": signal.asks_support, "reporter": reporter, "municipality": partner.municipality, "team": partner.team,
    }  # fmt: skip


ASK_AFTER = links(201, ask="nabij_signals_api_ask_signal", reference="$response.body#/reference")


@router.post("/signals", response=answers(201, SignalReceived, 409, 413), by_alias=True, summary="Send a signal", openapi_extra=ASK_AFTER)
@partner_endpoint("may_signals")
def send_signal(request: HttpRequest, signal: SignalIn, key: Key = KEY) -> Status:
    """Send one signal. It has a team, an owner and a date at once; the answer has the reference to ask after it."""
    actor, partner = request.actor, request.sender.partner

    def run() -> Made:
        made = receive_signal(actor=actor, at=actor.at, channel=Signal.Channel.PARTNER, **_facts(signal, partner)).signal
        return Made(made, made.ref, {"reference": made.ref, "status": "received"})

    return Status(201, send(request, key=key, verb="signals.receive", run=run))


@router.get("/signals/{reference}", response=answers(200, SignalReceived, 404), by_alias=True, summary="Ask after a signal")
@partner_endpoint("may_signals")
def ask_signal(request: HttpRequest, reference: Ref) -> dict[str, str]:
    """Say "received", "looking" or "done" by dates alone, of a signal this partner sent."""
    says = queries.status_at(ref=reference, on=request.actor.on) if sent_before(partner=request.sender.partner, about_ref=reference) else ""
    if not says:
        raise Absent
    return {"reference": reference, "status": says}
