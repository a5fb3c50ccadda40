"""Empty the rows about a resident in the rooms that are too low to have words of their own for it."""

from datetime import datetime

from django.db.models import F, Q

from nabij.access.actor import Actor
from nabij.access.doors import step
from nabij.access.models import Acquaintance, Dossier, Grant, Sharing
from nabij.commitments.models import Commitment, Pause, Task
from nabij.drafts.models import Draft
from nabij.papers.actions import erase_paper
from nabij.papers.models import Paper

NOTHING = "—"  # where the database asks for a word


@step
def erase_commitments(*, actor: Actor, at: datetime, dossier: Dossier) -> int:
    """Take the words from what was to be done for this resident, and half-written text about it; owners, dates and Turns stay. Returns how many."""
    rows = Commitment.objects.filter(dossier=dossier)
    typed = Q(key__contains=dossier.ref)
    for ref in rows.values_list("ref", flat=True):
        typed |= Q(key__contains=ref)
    Draft.objects.filter(typed).delete()
    Pause.objects.filter(commitment__in=rows).update(reason=NOTHING, agreed_with=NOTHING, sooner_if=NOTHING)
    Task.objects.filter(commitment__in=rows).update(note="")
    return rows.update(what=NOTHING)


@step
def erase_papers(*, actor: Actor, at: datetime, dossier: Dossier) -> int:
    """Take the files of this resident from the disk, and their names; return how many."""
    rows = list(Paper.objects.filter(dossier=dossier, erased_at__isnull=True))
    for paper in rows:
        erase_paper(actor=actor, at=at, paper=paper)
    return len(rows)


@step
def erase_access(*, actor: Actor, at: datetime, dossier: Dossier) -> None:
    """End every access, empty the reasons given for it, and forget who knew this resident in private life."""
    Grant.objects.filter(dossier=dossier, ended_at__isnull=True).update(ended_at=at, version=F("version") + 1)
    Grant.objects.filter(dossier=dossier, kind=Grant.Kind.BREAK_GLASS).update(reason=NOTHING)
    Grant.objects.filter(dossier=dossier).exclude(kind=Grant.Kind.BREAK_GLASS).update(reason="")
    Grant.objects.filter(dossier=dossier, kind=Grant.Kind.SHARING).update(
        purpose=NOTHING
    )  # a copy of why it was shared
    Sharing.objects.filter(dossier=dossier).update(what=NOTHING, why=NOTHING, word_detail=NOTHING)
    Sharing.objects.filter(dossier=dossier, ended_at__isnull=True).update(ended_at=at)
    Acquaintance.objects.filter(dossier=dossier).delete()
