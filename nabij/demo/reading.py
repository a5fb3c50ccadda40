"""One resident who reads along, and one around whom small things come together, under an assessment that was recorded."""

from datetime import datetime, timedelta

from django.utils import timezone

from nabij.access.actor import system_actor
from nabij.access.models import Dossier
from nabij.life_domains.actions import Given, score_domains
from nabij.piling.actions import record_assessment
from nabij.portal.actions import make_code, open_page

from .days import Life, World


def read_along(world: World) -> None:
    """Let it happen on the last morning, when it is clear who is helped."""
    world.plan(world.now - timedelta(hours=1), _happen)


def _happen(world: World, at: datetime) -> None:
    fitting = [life for life in world.lives if _fits(world, at, life)]
    if not fitting:
        return
    first, last = fitting[0], fitting[-1]
    _page(world, at, first)
    team = last.post.team
    place = {"municipality": team.municipality, "controller": team.controller}
    said = {"assessed_on": timezone.localdate(at), "reference": "DPIA 2026-07", "by_whom": "Functionaris gegevensbescherming"}
    record_assessment(actor=system_actor(at=at), at=at, **said, **place)
    given = [Given("money", 2, 2, "Twee rekeningen bleven liggen"), Given("housing", 2, 3), Given("mind", 2, 2), Given("people", 3, 3)]
    score_domains(actor=world.actor(last.owner, at), at=at, dossier=last.dossier, happened_on=timezone.localdate(at), given=given)


def _fits(world: World, at: datetime, life: Life) -> bool:
    """Tell whether this life has a plan of its own, in a dossier that is not restricted and that its coordinator may open."""
    if not life.is_helped or life.case.case_dossiers.filter(until_on__isnull=True).count() != 1:
        return False
    opened = Dossier.objects.visible_to(world.actor(life.owner, at))
    return opened.filter(pk=life.dossier.pk, restricted=False, resident__deceased_on__isnull=True).exists()


def _page(world: World, at: datetime, life: Life) -> None:
    actor = world.actor(life.owner, at)
    talk = {"talk_on": timezone.localdate(at), "phone_readers": "niemand", "mail_readers": "een dochter, zij helpt met de post", "safe": True}
    page = open_page(actor=actor, at=at, dossier=life.dossier, case=life.case, parts=("plan", "contacts", "looks"), **talk)
    make_code(actor=actor, at=at, page=page)
