"""The emptying at the end."""

from datetime import datetime

from nabij.access.actor import Actor
from nabij.access.doors import step
from nabij.access.models import Dossier
from nabij.casework.models import CaseDossier
from nabij.conferences.models import Agreement, Conference, Participant

GONE = "-"


@step
def erase_conferences(*, actor: Actor, at: datetime, dossier: Dossier) -> int:
    """Empty the words of conferences about this resident, unless another resident's dossier still needs them. Returns how many.

    What stays: that there was one, when, and how many agreements.
    """
    cases = CaseDossier.objects.filter(dossier=dossier).values("case_id")
    shared = CaseDossier.objects.filter(case_id__in=cases, dossier__erased_at__isnull=True).exclude(dossier=dossier)
    rows = Conference.objects.filter(case_id__in=cases).exclude(case_id__in=shared.values("case_id"))
    ids = list(rows.values_list("pk", flat=True))
    for conference in rows.filter(pk__in=ids):
        conference.question, conference.place, conference.notes, conference.private_notes = GONE, "", "", ""
        conference.resident_why = GONE if conference.resident_why else ""
        conference.nothing_agreed = GONE if conference.nothing_agreed else ""
        conference.cancelled_why = GONE if conference.cancelled_why else ""
        conference.save()
    people = Participant.objects.filter(conference_id__in=ids)
    people.update(why=GONE, basis=GONE)
    people.filter(member__isnull=True).update(name=GONE, organisation=GONE)
    agreed = Agreement.objects.filter(conference_id__in=ids)
    agreed.update(text=GONE)
    agreed.exclude(outsider="").update(outsider=GONE)
    return len(ids)
