"""How a row of my day looks: what it says in words and what one can do with it, filled into a row that was drawn before."""

from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup

from nabij.commitments.models import Urgency
from nabij.core.web.days import Reader
from nabij.core.web.drawn import fill, joined
from nabij.core.web.marks import badge
from nabij.core.web.words import said as _
from nabij.core.web.words import said_of as ngettext

from .queries import Row
from .queries.rows import Other

OFTEN_POSTPONED = 3


@dataclass(frozen=True)
class Face:
    """What the rows of one page share. `here`: the address of the page; `simple`: a volunteer looks."""

    reader: Reader
    here: str
    simple: bool
    may_hand_over: bool

    def row(self, row: Row, take: str = "") -> Markup:
        """Draw one row; `take`: the form with which something new is taken, where there is one."""
        say, spoken = self.reader, row.silence.since if row.silence and not row.silence.never else None
        values = {
            "ref": row.ref, "page_ref": row.finish_ref, "dossier_ref": row.dossier_ref, "here": quote(self.here),
            "who": row.who, "what": row.what, "badges": joined(self._badges(row)), "take": take,
            "since": say.date(row.opened_at), "spoken": say.ago(spoken) if spoken else "",
            "due": say.when(row.due_at), "due_on": say.date(row.due_at),
            "phone": row.phone.value.replace(" ", "") if row.phone and row.phone.safe else "", "mail": row.mail, "route": row.route,
            "more": ngettext("%(num)s more for this resident", "%(num)s more for this resident", len(row.others)) if row.others else "",
            "others": joined(self._other(other, row.dossier_ref) for other in row.others),
        }  # fmt: skip
        paused, may = row.look_again_on is not None, {"may_act": row.may_open, "may_hand_over": self.may_hand_over}
        return fill("desk/_row.html", values, band=row.band, kind=row.of, simple=self.simple, paused=paused, **may)

    def _other(self, other: Other, dossier_ref: str) -> Markup:
        values = {"page_ref": other.finish_ref, "dossier_ref": dossier_ref, "what": other.what, "due": self.reader.when(other.due_at)}
        return fill("desk/_other.html", values, kind=other.kind)

    def _badges(self, row: Row) -> list[Markup]:
        """Return what to mind about a row, the gravest first."""
        found, day = [], self.reader.date
        if row.deceased_on:
            found.append(badge(_("Deceased on %(day)s", day=day(row.deceased_on)), "plain", "info"))
        found += [badge(_("Take care: %(what)s", what=note), "danger", "shield") for note in row.safety]
        if row.urgency == Urgency.ACUTE:
            found.append(badge(_("Safety"), "danger", "alert"))
        if row.term_at and row.band == "now":
            found.append(badge(_("Legal term: %(day)s", day=self.reader.when(row.term_at)), "danger", "clock"))
        return [*found, *self._badges_of_time(row)]

    def _badges_of_time(self, row: Row) -> list[Markup]:
        found, quiet = [], row.silence
        if row.look_again_on and row.is_resting:
            found.append(badge(_("Nothing for now, until %(day)s", day=self.reader.date(row.look_again_on)), "info", "pause"))
        elif row.look_again_on:
            found.append(badge(_("Nothing was done for a while: look again"), "info", "eye"))
        if quiet and quiet.never and quiet.days > 0 and not row.is_resting and not row.deceased_on:
            found.append(badge(_("Never spoken yet"), "silent", "door"))
        elif quiet and row.band == "silent":
            found.append(badge(ngettext("Quiet for %(num)s day", "Quiet for %(num)s days", quiet.days), "silent", "silence"))
        if row.postponed >= OFTEN_POSTPONED:
            found.append(badge(ngettext("Postponed %(num)s time", "Postponed %(num)s times", row.postponed), "warn", "clock"))
        if row.is_new and row.may_open and not self.simple:
            found.append(badge(_("New for you"), "info", "bell"))
        if row.stands_in_for:
            name = row.stands_in_for
            said = _("Together with %(name)s", name=name) if self.simple else _("For %(name)s", name=name)
            found.append(badge(said, "plain", "people"))
        return found
