"""Reads for letters: to whom, at which address, and what was kept."""

from django.db.models import F, Q

from nabij.access.actor import Actor
from nabij.access.models import Dossier
from nabij.access.queries import fetch
from nabij.casework.models import Case, CaseDossier, PlanCopy
from nabij.core.few import Few
from nabij.residents.models import Address
from nabij.residents.queries import names_of

Person = tuple[Dossier, str]


def letter_people(*, actor: Actor, case: Case) -> list[Person]:
    """Return the residents of a case, also of a closed one, whom this actor may open: each can get a letter. Name beside the dossier."""
    roots = CaseDossier.objects.filter(case=case).values("dossier__root_id")
    rows = list(Dossier.objects.visible_to(actor).filter(Few(F("pk"), roots)).select_related("team").distinct().order_by("pk"))
    names = names_of(dossier_ids=[row.pk for row in rows])
    return [(row, names.get(row.pk, "")) for row in rows]


def recipient(*, dossier: Dossier, name: str, actor: Actor) -> tuple[list[str], bool]:
    """Return the lines of the address on a letter, and whether one was left out because it is secret.

    One secret address, and the letter carries the name only: it may be read by others, so it is handed over.
    """
    running = Address.objects.filter(Q(until_on__isnull=True) | Q(until_on__gte=actor.on), dossier__root_id=dossier.root_id, from_on__lte=actor.on)
    rows = sorted(running, key=lambda row: (row.kind != Address.Kind.POST, row.pk))
    if any(row.secret for row in rows):
        return [name], True
    found = next((row for row in rows if row.line), None)
    if found is None:
        return [name], False
    return [line for line in (name, f"{found.street} {found.number}".strip(), f"{found.postcode} {found.place}".strip()) if line], False


def copies_of(*, actor: Actor, case: Case) -> list[PlanCopy]:
    """Return what residents of this case were given on paper, the newest first."""
    rows = PlanCopy.objects.visible_to(actor).filter(case=case, paper__erased_at__isnull=True)
    return list(rows.select_related("by__worker", "dossier", "paper").order_by("-handed_on", "-pk"))


def copy_of(*, actor: Actor, ref: str) -> PlanCopy:
    """Return one kept copy with its paper. Raises Absent."""
    return fetch(PlanCopy.objects.select_related("paper", "dossier").filter(paper__erased_at__isnull=True), actor=actor, ref=ref)
