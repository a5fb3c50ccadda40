"""The team board, and what the last sweep found."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from nabij.access.models import Role
from nabij.access.web.pages import page
from nabij.core.errors import Absent
from nabij.desk.queries import team_board as board
from nabij.desk.queries import team_people as people
from nabij.upkeep.meanings import MEANINGS
from nabij.upkeep.runs import night
from nabij.upkeep.zero import NUMBERS

READS = {Role.LEAD: "team", Role.WORKER: "team"}
# Of each section: its name, its tone and icon, and what somebody can do about it.
SECTIONS: dict[str, tuple[Any, str, str, Any]] = {
    "owner": (_("Without anybody who answers for it"), "danger", "person", _("Give it to a colleague now.")),
    "date": (_("Without a next date"), "danger", "calendar", _("Choose a date now.")),
    "unanswered": (_("Not answered in time"), "danger", "alert", _("Call or decide today, or give it to a colleague who can.")),
    "absent": (_("The colleague is not there today"), "danger", "people", _("Name a substitute, or give it to a colleague.")),
    "never": (_("Never spoken"), "silent", "door", _("Ring the bell today, or agree who does.")),
    "term": (_("A term ends within a week"), "warn", "clock", _("Finish it before that day, or extend it with a reason.")),
    "take": (_("To take up"), "info", "inbox", _("Whoever takes it answers for it.")),
    "late": (_("Long past its date"), "warn", "clock", _("Ask what is in the way. Choose a date that can be kept, or hand it over.")),
    "silent": (_("Gone quiet"), "silent", "silence", _("Call or visit. A message that is not answered is no contact.")),
}


@page("desk:own_team", allow=READS)
def own_team(request: HttpRequest) -> HttpResponse:
    first = next(iter(board.own_teams(actor=request.actor)), None)
    if first is None:  # their team ended a moment ago
        raise Absent
    return redirect("desk:team_board", ref=first.ref)


@page("desk:team_board", allow=READS)
def team_board(request: HttpRequest, ref: str) -> HttpResponse:
    actor = request.actor
    team = board.team_at(actor=actor, ref=ref)
    show, after = request.GET.get("show", ""), request.GET.get("after", "")
    shown = board.team_board(actor=actor, team=team, show=show, after=after)
    actor.saw(*shown.dossier_ids)
    context = {"team": team, "board": shown, "names": SECTIONS, "numbers": NUMBERS, "leads": team.pk in actor.led_team_ids}
    if show in SECTIONS:
        return render(request, "desk/team_board_part.html", {**context, "part": shown.sections[0], "show": show})
    missed, notes = people.missed_of(actor=actor, team=team), people.notes_of(actor=actor, team=team)
    actor.saw(*[row.dossier_id for row in missed], *[note.dossier_id for note in notes])
    teams = board.own_teams(actor=actor) if len(actor.team_ids) > 1 else []
    context |= {"night": night(at=actor.at), "missed": missed, "notes": notes, "teams": teams}
    return render(request, "desk/team_board.html", {**context, "people": people.people_of(actor=actor, team=team)})


@page("desk:sweep", allow={Role.LEAD: "team", Role.PRIVACY_OFFICER: "municipality", Role.ADMINISTRATOR: "municipality"})
def sweep(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/sweep.html", {"night": night(at=request.actor.at), "meanings": MEANINGS, "numbers": NUMBERS})
