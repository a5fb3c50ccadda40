"""How a moment of the timeline is called, with which icon, and where it leads."""

from dataclasses import dataclass
from datetime import date

from django.urls import NoReverseMatch, reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from nabij.commitments.models import Kind
from nabij.contacts.models import Contact
from nabij.signals.models import Decision, Signal

from .timeline import Moment

ICONS = {"visit": "house", "phone": "phone", "office": "building", "street": "route", "message": "chat", "email": "mail", "letter": "mail", "video": "chat"}


@dataclass(frozen=True)
class Said:
    """A moment in words."""

    title: str
    icon: str
    tone: str = "plain"
    more: str = ""
    url: str = ""


def words_for(moment: Moment) -> Said:
    """Return how a moment reads on the page."""
    return WORDS[moment.kind](moment)


def _page(name: str, ref: str) -> str:
    try:
        return reverse(name, args=[ref])
    except NoReverseMatch:
        return ""


def _contact(moment: Moment) -> Said:
    how = str(Contact.Medium(moment.code).label)
    more = _("With: %(who)s") % {"who": moment.extra} if moment.extra else ""
    url = _page("contacts:contact", moment.link)
    if moment.state == "tried":
        return Said(_("Not reached: %(how)s") % {"how": how.lower()}, "missed", "plain", more, url)
    return Said(how, ICONS[moment.code], "info" if moment.state == "reached" else "plain", more, url)


def _signal(moment: Moment) -> Said:
    how = str(Signal.Channel(moment.code).label)
    return Said(_("A signal came in: %(how)s") % {"how": how.lower()}, "inbox", "warn", "", _page("signals:signal", moment.link))


def _decision(moment: Moment) -> Said:
    return Said(str(Decision.Kind(moment.code).label), "decision", "plain", "", _page("signals:signal", moment.link))


def _case_opened(moment: Moment) -> Said:
    return Said(_("A case was opened"), "people", "ok", "", _page("casework:plan", moment.link))


def _case_closed(moment: Moment) -> Said:
    more = _("The resident: “%(words)s”") % {"words": moment.extra} if moment.extra else ""
    return Said(_("The case was closed"), "flag", "ok", more, _page("casework:plan", moment.link))


def _finished(moment: Moment) -> Said:
    title = _("Activity finished") if moment.state == Kind.ACTIVITY else _("Task finished")
    return Said(title, "check", "ok")


def _pause(moment: Moment) -> Said:
    day = date_format(date.fromisoformat(moment.code), "j F Y")
    more = _("Agreed with: %(who)s. We come sooner if: %(what)s") % {"who": moment.state, "what": moment.extra}
    return Said(_("Nothing for now, until %(day)s") % {"day": day}, "pause", "info", more)


WORDS = {
    "contact": _contact,
    "signal": _signal,
    "decision": _decision,
    "case_opened": _case_opened,
    "case_closed": _case_closed,
    "finished": _finished,
    "pause": _pause,
}
