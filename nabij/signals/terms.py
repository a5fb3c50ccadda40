"""Terms and promises of signals in one place, each with its source, so that a lawyer can correct a number without a developer."""

from datetime import date, datetime, timedelta

from nabij.access.agreements import Agreements
from nabij.commitments.clock import end_of, term_end, working_days_after
from nabij.commitments.models import Urgency

# A region may agree on the terms named here (access.terms). Safety counts hours, whatever a region agreed: the same day.
LOOK_WITHIN = {Urgency.SOON: "signal_soon", Urgency.NORMAL: "signal_normal"}
# Own promise: the status page says "we are looking into it" from the next working day, "done on our side" after a time that is the same for everybody.
LOOKING_AFTER = 1
# GDPR art. 5 lid 1 onder e, own choice: a signal that was never linked to a resident is emptied six months after it was closed.
UNLINKED_KEPT = timedelta(days=183)
# Own promise: an answer of the reporter is read on the next working day.
REPLY_READ_WITHIN = 1
# Own promise: whom we passed it on to has two working days (one when somebody is unsafe or it is about a child), then we
# ask whether it arrived.
ARRIVED_WITHIN, ARRIVED_AT_RISK = 2, 1
# A mail counts from the day it was sent, but not from longer ago than this many days: then its date is likely wrong.
MAIL_MAY_LIE = 60
# Own choice: an earlier signal of at most this many days ago may be about the same worry.
DUPLICATE_WITHIN = 60
# What stands where a text was erased, because the database asks for a text.
ERASED = "—"
# Beginnings of words that do not belong in a mail (domain facts: mail carries no name or health fact). Not complete: a brake, no filter.
HEALTH_WORDS = (
    "dement", "alzheimer", "psych", "depress", "verslaa", "verslav", "diagnos", "medicijn", "medicat", "ziekenhuis", "ziekte", "suicid",
    "zelfmoord", "kanker", "alcohol", "drugs", "opgenomen", "autis", "borderline", "schizo", "zwanger", "behandeling",
)  # fmt: skip
# A public form filled in faster than this (seconds) was likely filled in by a program; older than this it is shown anew.
FASTEST_PERSON = 4
FORM_KEPT = 24 * 3600
# From one address: kept and marked as suspicious beyond the first number per hour; status questions beyond the second are refused.
FORMS_PER_HOUR = 5
STATUS_QUESTIONS_PER_HOUR = 20


def raised_urgency(urgency: int | None, *, unsafe: bool, about_child: bool) -> int:
    """Return the urgency that counts: unsafe is acute, about a child at least soon."""
    wanted = Urgency.NORMAL if urgency is None else urgency
    return min(wanted, Urgency.ACUTE if unsafe else Urgency.NORMAL, Urgency.SOON if about_child else Urgency.NORMAL)


def look_by(*, urgency: int, at: datetime, on: date, agreed: Agreements) -> datetime:
    """Return by when somebody should have looked: today for safety, else so many working days on at the end of the day."""
    days = agreed.days(LOOK_WITHIN[Urgency(urgency)]) if urgency in LOOK_WITHIN else 0
    return max(at, end_of(on)) if days == 0 else end_of(working_days_after(on, days))


def investigated_by(*, on: date, agreed: Agreements) -> datetime:
    """Return the end of the Wmo investigation for a report received on a day."""
    return end_of(term_end(on, days=agreed.days("wmo_inquiry")))


def plan_until(*, on: date, agreed: Agreements) -> date:
    """Return the last day on which a plan of one's own may be handed in for a report received on a day (Wmo 2015 art. 2.3.2 lid 2)."""
    return term_end(on, days=agreed.days("wmo_plan"))


def done_shown_on(*, on: date, agreed: Agreements) -> date:
    """Return the day from which the status page says "done on our side" for a signal received on a day."""
    return working_days_after(on, agreed.days("signal_done"))


def looking_shown_on(*, on: date) -> date:
    """Return the day from which the status page says "we are looking into it"."""
    return working_days_after(on, LOOKING_AFTER)
