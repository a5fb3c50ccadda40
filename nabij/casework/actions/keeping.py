"""How long dossiers are kept, and the emptying at the end."""

from datetime import date, datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone

from nabij.access.actor import Actor
from nabij.access.doors import raise_version, step
from nabij.access.models import Dossier
from nabij.casework.models import Activity, Breakthrough, Case, CaseDossier, Goal, Rung

WMO_KEPT_DAYS = 15 * 365 + 4  # Wmo 2015 art. 5.3.4: fifteen years
YOUTH_KEPT_DAYS = 20 * 365 + 5  # Jeugdwet art. 7.3.8 lid 3: twenty years from the last change, when a decision was about somebody under 18
ADULT = 18
WELFARE_KEPT_DAYS = 730  # contact that never became Wmo or Jeugdwet: two years, the controller's choice
GONE = "-"


@step
def keep_longer(*, actor: Actor, at: datetime, case: Case) -> None:
    """Keep the dossiers of a case long enough from now, by what it holds; what is kept longer already stays so.

    Help with a decision or a Wmo report: fifteen years, and help with a decision for who is, or may be, under 18 twenty. Else welfare: two.
    """
    today, ids = timezone.localdate(at), CaseDossier.objects.filter(case=case).values("dossier_id")
    decided = case.activities.filter(rung=Rung.INDIVIDUAL_PROVISION).exists()
    long = decided or bool(case.signal and case.signal.asks_support)
    _until(Dossier.objects.filter(pk__in=ids), today + timedelta(days=WMO_KEPT_DAYS if long else WELFARE_KEPT_DAYS))
    if decided:
        _until(Dossier.objects.filter(pk__in=ids).filter(_under_age(today)), today + timedelta(days=YOUTH_KEPT_DAYS))


def _until(rows: "models.QuerySet[Dossier]", day: date) -> None:
    rows.filter(erase_on__lt=day).update(erase_on=day)


def _under_age(on: date) -> Q:
    """Who is under 18 on a day, or may be: of some only the year or the month of birth is known."""
    year, month, day = (f"resident__birth_{part}" for part in ("year", "month", "day"))
    born = Q(**{year: on.year - ADULT})
    same_month = Q(**{month: on.month}) & (Q(**{f"{day}__isnull": True}) | Q(**{f"{day}__gt": on.day}))
    return Q(**{f"{year}__gt": on.year - ADULT}) | born & (Q(**{f"{month}__isnull": True}) | Q(**{f"{month}__gt": on.month}) | same_month)


@step
def erase_cases(*, actor: Actor, at: datetime, dossier: Dossier) -> int:
    """Empty the words of the cases of this resident, unless another resident's dossier still needs them. Returns how many cases.

    What stays is a skeleton: that there was a case, its dates, rungs and results.
    """
    cases = Case.objects.filter(case_dossiers__dossier=dossier)
    shared = CaseDossier.objects.filter(case__in=cases, dossier__erased_at__isnull=True).exclude(dossier=dossier)
    rows = list(cases.exclude(pk__in=shared.values("case_id")))
    for case in rows:
        case.question = case.resident_word = case.closing_reason = ""
        case.agreed_present = GONE if case.agreed_on else ""
        raise_version(case)
        case.save(update_fields=["question", "resident_word", "closing_reason", "agreed_present", "version"])
    Goal.objects.filter(case__in=rows).update(text="", result_words="")
    Activity.objects.filter(case__in=rows).update(text=GONE, carrier=GONE)
    measures = Breakthrough.objects.filter(activity__case__in=rows)
    measures.update(reason=GONE)
    measures.exclude(peer_word="").update(peer_word=GONE)
    return len(rows)
