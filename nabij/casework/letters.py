"""Letters about the plan, in plain words (level B1): what a resident may have, and nothing else.

Never in it: a secret address, notes of colleagues, the reasons and amounts of measures, what still waits for a colleague's word.
"""

from collections.abc import Callable
from datetime import date

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from nabij.access.actor import Actor
from nabij.access.models import Dossier
from nabij.letters import Block, Heading, Items, Letter, Table, Text, Tile, Tiles, odt, pdf
from nabij.letters.pictograms import Pictogram, calendar, drawing, subject
from nabij.residents.queries import names_of

from .models import Activity, Case, PlanCopy, Rung
from .queries.copies import recipient
from .queries.plans import Plan, plan_page

TYPES = {"pdf": "application/pdf", "odt": "application/vnd.oasis.opendocument.text"}
MAKERS = {"pdf": pdf, "odt": odt}
LANGUAGES = ("nl", "en")
Kind = PlanCopy.Kind
WARM, LILAC = "#fdeed2", "#f1e7f3"
BY_RUNG = {Rung.OWN_STRENGTH: "self", Rung.OWN_NETWORK: "network", Rung.INFORMAL_HELP: "volunteer", Rung.GENERAL_SERVICE: "building", Rung.INDIVIDUAL_PROVISION: "decision"}
# So many pictures at most, beside each other, in millimetres: it stays one page.
SIZES = ((6, 3, 42), (12, 4, 32), (999, 5, 24))


def letter_bytes(*, actor: Actor, case: Case, dossier: Dossier, kind: str, form: str, language: str) -> bytes:
    """Return one letter to one resident of a case as a file."""
    return MAKERS[form](letter_about(actor=actor, case=case, dossier=dossier, kind=kind, language=language))


def file_name(*, kind: str, form: str, on: date) -> str:
    """Return a file name without the resident's name: it will lie among other downloads."""
    return f"{Kind(kind).value}-{on:%Y-%m-%d}.{form}"


def letter_about(*, actor: Actor, case: Case, dossier: Dossier, kind: str, language: str) -> Letter:
    """Return the plan, its result or its pictures as a letter to one resident, in the asked language ("nl" or "en")."""
    plan = plan_page(actor=actor, case=case)
    name = names_of(dossier_ids=[dossier.pk]).get(dossier.pk, "")
    to, _left_out = recipient(dossier=dossier, name=name, actor=actor)
    makers: dict[str, tuple[str, Callable[[Plan], list[Block]]]]
    with translation.override(language):
        makers = {
            Kind.PLAN: (_("Your plan"), _plan),
            Kind.RESULT: (_("How our work together ended"), _result),
            Kind.PICTURES: (_("Your plan in pictures"), _pictures),
        }
        title, blocks = makers[kind]
        greeting = [] if kind == Kind.PICTURES else [Text(_("Dear %(name)s,") % {"name": name})]
        team = case.commitment.team
        sender = [line for line in (team.name, team.controller.name, team.phone) if line]
        return Letter(title, language, [*greeting, *blocks(plan)], sender, actor.on, [] if kind == Kind.PICTURES else to)


def _plan(plan: Plan) -> list[Block]:
    case = plan.case
    return [
        Text(_("We made this plan together with you. It says what you want, and who does what. Is something not right? Tell us, and we change it.")),
        *_question(case),
        *_goals(plan),
        *_activities(plan),
        Heading(_("What did we agree?")),
        Text(_agreement(plan)),
        *_person(case),
    ]


def _question(case: Case) -> list[Block]:
    return [Heading(_("Your question")), Text(case.question or _("We have not written down your question yet."))]


def _goals(plan: Plan) -> list[Block]:
    goals = [goal.text if goal.agreed_on else _("%(goal)s (we still talk about this)") % {"goal": goal.text} for goal in plan.open_goals]
    return [Heading(_("What do you want to reach?")), Items(goals) if goals else Text(_("We still talk about this together."))]


def promised(plan: Plan) -> list[Activity]:
    """Return what runs and was promised, from near to far; not what still waits for a colleague's word."""
    running = [activity for row in plan.rungs for activity in row.activities if activity.commitment.is_open]
    return [activity for activity in running if not (hasattr(activity, "breakthrough") and activity.breakthrough.waits)]


def _activities(plan: Plan) -> list[Block]:
    words = {row.rung: str(row.words.resident) for row in plan.rungs}
    rows = [[a.text, a.carrier, words[a.rung], _day(a.commitment.due_at)] for a in promised(plan)]
    table = Table([_("What happens"), _("Who does it"), _("Who helps?"), _("We look at it on")], rows, (5, 3, 4, 4))
    return [Heading(_("Who does what?")), table if rows else Text(_("Nothing has been agreed yet."))]


def _agreement(plan: Plan) -> str:
    case = plan.case
    if not case.agreed_on:
        said = _("You have not said yes to this plan yet. We talk about it together.")
    else:
        said = _("You agreed to this plan on %(day)s. Present: %(who)s.") % {"day": date_format(case.agreed_on, "j F Y"), "who": case.agreed_present}
    if plan.pause:
        said += "\n" + _("For now we leave it as it is, until %(day)s. Then we contact you again.") % {"day": date_format(plan.pause.look_again_on, "j F Y")}
    return said


def _person(case: Case) -> list[Block]:
    commitment = case.commitment
    team = commitment.team
    lines = [_("%(name)s is your contact person, of %(team)s.") % {"name": commitment.owner.worker.name, "team": team.name}]
    if team.phone:
        lines.append(_("Telephone: %(phone)s.") % {"phone": team.phone})
    if commitment.is_open:
        lines.append(_("We look at the plan together again on %(day)s at the latest.") % {"day": _day(commitment.due_at)})
    rights = _("This plan is yours. You may always ask what we have written down about you.")
    return [Heading(_("Your contact person")), Text("\n".join(lines)), Text(rights)]


def _result(plan: Plan) -> list[Block]:
    case, commitment = plan.case, plan.case.commitment
    ended = [goal for goal in plan.goals if goal.ended_at]
    done = [a for row in plan.rungs for a in row.activities if a.commitment.outcome == "done"]
    until = commitment.closed_at or commitment.due_at
    begun = _("We worked together from %(begin)s until %(end)s. In this letter you read how it went.")
    blocks: list[Block] = [Text(begun % {"begin": _day(commitment.opened_at), "end": _day(until)}), *_question(case)]
    if ended:
        rows = [[goal.text, goal.get_result_display(), goal.result_words] for goal in ended]
        blocks += [Heading(_("What did you want to reach?")), Table([_("Goal"), _("How it ended"), _("In a few words")], rows, (4, 3, 4))]
    if done:
        blocks += [Heading(_("What was done?")), Table([_("What"), _("Who")], [[a.text, a.carrier] for a in done], (3, 2))]
    if case.resident_word:
        blocks += [Heading(_("What do you say about it?")), Text(case.resident_word)]
    team = commitment.team
    again = _("Is it going less well again? Call us. You do not have to explain everything anew.")
    return [*blocks, Heading(_("And now?")), Text(again), Text(_("Telephone: %(phone)s.") % {"phone": team.phone} if team.phone else team.name)]


def _pictures(plan: Plan) -> list[Block]:
    shown = picture_tiles(plan)
    columns, width = next((columns, width) for most, columns, width in SIZES if len(shown) <= most)
    return [Tiles([Tile(tile.picture(width), tile.words) for tile in shown], columns)]


def picture_tiles(plan: Plan) -> list[Pictogram]:
    """Return the plan as pictures with a few words: goals, who does what, the next date, whom to call."""
    commitment = plan.case.commitment
    tiles = [drawing("goal", goal.text, WARM) for goal in plan.open_goals]
    for activity in promised(plan):
        words = _("%(what)s: %(who)s") % {"what": activity.text, "who": activity.carrier}
        tiles.append(drawing(subject(activity.text, BY_RUNG[Rung(activity.rung)]), words))
    if commitment.is_open:
        tiles.append(calendar(timezone.localdate(commitment.due_at)))
    tiles.append(drawing("talk", _("Your contact person: %(name)s") % {"name": commitment.owner.worker.name}, LILAC))
    return [*tiles, drawing("phone", commitment.team.phone, LILAC)] if commitment.team.phone else tiles


def _day(moment: object) -> str:
    return date_format(timezone.localtime(moment), "j F Y")  # type: ignore[arg-type]
