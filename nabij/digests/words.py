"""The mail in words. No name of a resident and nothing about anybody: only how many, and where to look."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from .queries import Morning, TeamCounts


def written(*, morning: Morning, name: str) -> tuple[str, str]:
    """Return subject and text of the mail, in the language of the house."""
    with override(settings.LANGUAGE_CODE):
        pressing = morning.counts.get("late", 0) + morning.counts.get("today", 0)
        subject = ngettext("Nabij: %(num)s thing for today", "Nabij: %(num)s things for today", pressing) % {"num": pressing}
        lines = [_("Good morning %(name)s,") % {"name": name}, ""]
        lines += [*_own(morning.counts), "", _("Your day: %(link)s") % {"link": _link("desk:my_day")}]
        for team in morning.teams:
            lines += ["", *_team(team)]
        lines += ["", _("No names stand in this mail. Choose when you get it, or stop it: %(link)s") % {"link": _link("digests:preferences")}]
        return subject, "\n".join(lines)


def _link(name: str, **parts: str) -> str:
    return f"{settings.PUBLIC_URL}{reverse(name, kwargs=parts)}"


def _own(counts: dict[str, int]) -> list[str]:
    """Return a line for everything that is not 0, the most pressing first."""
    said = [
        ("acute", lambda n: ngettext("%(num)s is about safety", "%(num)s are about safety", n)),
        ("late", lambda n: ngettext("%(num)s is past its date", "%(num)s are past their date", n)),
        ("today", lambda n: ngettext("%(num)s is due today", "%(num)s are due today", n)),
        ("brought", lambda n: ngettext("%(num)s was brought to you, because it waits too long", "%(num)s were brought to you, because they wait too long", n)),
        ("never", lambda n: ngettext("%(num)s person was never spoken", "%(num)s people were never spoken", n)),
        ("silent", lambda n: ngettext("%(num)s person has gone quiet", "%(num)s people have gone quiet", n)),
        ("tried", lambda n: ngettext("%(num)s person was tried in vain", "%(num)s people were tried in vain", n)),
        ("new", lambda n: ngettext("%(num)s is new for you", "%(num)s are new for you", n)),
        ("stand_in", lambda n: ngettext("%(num)s you do for a colleague", "%(num)s you do for a colleague", n)),
    ]
    found = [f"- {word(counts[code]) % {'num': counts[code]}}" for code, word in said if counts.get(code)]
    return found or [_("Nothing is pressing today.")]


def _team(team: TeamCounts) -> list[str]:
    zero = _("Nobody falls between two stools: the zero is 0.")
    if team.zero:
        zero = ngettext("%(num)s thing may fall between two stools.", "%(num)s things may fall between two stools.", team.zero) % {"num": team.zero}
    said = [
        ("owner", lambda n: ngettext("%(num)s without anybody who answers for it", "%(num)s without anybody who answers for it", n)),
        ("date", lambda n: ngettext("%(num)s without a date", "%(num)s without a date", n)),
        ("absent", lambda n: ngettext("%(num)s whose colleague is not there", "%(num)s whose colleague is not there", n)),
        ("never", lambda n: ngettext("%(num)s person was never spoken", "%(num)s people were never spoken", n)),
        ("unanswered", lambda n: ngettext("%(num)s not answered in time", "%(num)s not answered in time", n)),
        ("take", lambda n: ngettext("%(num)s to take up", "%(num)s to take up", n)),
        ("silent", lambda n: ngettext("%(num)s person has gone quiet", "%(num)s people have gone quiet", n)),
        ("tried", lambda n: ngettext("%(num)s person was tried in vain", "%(num)s people were tried in vain", n)),
    ]
    lines = [f"- {word(team.counts[code]) % {'num': team.counts[code]}}" for code, word in said if team.counts.get(code)]
    board = _("The team board: %(link)s") % {"link": _link("desk:team_board", ref=team.ref)}
    return [f"{team.name}: {zero}", *lines, board]
