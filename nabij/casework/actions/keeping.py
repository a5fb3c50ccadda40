"""How long dossiers are kept, and the emptying at the end."""

from datetime import datetime, timedelta

from django.utils import timezone

from nabij.access.actor import Actor
from nabij.access.doors import raise_version, step
from nabij.access.models import Dossier
from nabij.casework.models import Activity, Breakthrough, Case, CaseDossier, Goal

WMO_KEPT_DAYS = 15 * 365 + 4  # Wmo 2015 art. 5.3.4: fifteen years
WELFARE_KEPT_DAYS = 730  # contact that never became Wmo or Jeugdwet: two years, the controller's choice
GONE = "-"


@step
def keep_longer(*, actor: Actor, at: datetime, case: Case, days: int) -> None:
    """Keep the dossiers of a case at least so many days from now; what is kept longer already stays so."""
    until = timezone.localdate(at) + timedelta(days=days)
    ids = CaseDossier.objects.filter(case=case).values("dossier_id")
    Dossier.objects.filter(pk__in=ids, erase_on__lt=until).update(erase_on=until)


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
