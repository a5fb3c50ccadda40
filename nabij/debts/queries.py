"""Reads of arrears: files, one arrear, what was tried, what goes back, what may no longer be kept."""

from datetime import datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from nabij.access.actor import Actor
from nabij.access.models import Dossier
from nabij.access.queries import fetch
from nabij.core.errors import Absent
from nabij.papers.queries import paper_bytes
from nabij.partners.models import Partner
from nabij.partners.queries import senders_of_debts

from .models import Debt, DebtAttempt, DebtFile, RefusedRow, ResultFile
from .rows import told
from .terms import FILE_KEPT, SILENT, TAKEN_UP_KEPT, UNMATCHED_KEPT

Row = tuple[int, str, str]


def team_id_for(*, partner: Partner) -> int | None:
    """Return the team for which a partner's arrears come: its own, else the front door."""
    return partner.team_id or partner.municipality.front_door_id


def partners_for(*, actor: Actor) -> list[Partner]:
    """Return the partners whose arrears come to a team of this actor, by name."""
    found = senders_of_debts(municipality_ids=actor.municipality_ids)
    return [partner for partner in found if team_id_for(partner=partner) in actor.dossier_team_ids]


def partner_for(*, actor: Actor, ref: str) -> Partner:
    """Return one of those partners. Raises Absent."""
    found = next((partner for partner in partners_for(actor=actor) if partner.ref == ref), None)
    if found is None:
        raise Absent
    return found


def files_of(*, actor: Actor, limit: int = 30) -> list[DebtFile]:
    """Return the files of the actor's teams, newest first."""
    rows = DebtFile.objects.visible_to(actor).select_related("partner", "added_by__worker", "paper")
    return list(rows.order_by("-added_at", "-pk")[:limit])


def file_at(*, actor: Actor, ref: str) -> DebtFile:
    """Return one file. Raises Absent."""
    rows = DebtFile.objects.select_related("partner__municipality__front_door", "partner__team", "team", "paper", "added_by__worker")
    return fetch(rows, actor=actor, ref=ref)


def refused_of(*, file: DebtFile, limit: int | None = None) -> list[tuple[int, list[str]]]:
    """Return the refused rows of a file, by line, each with all its reasons in the reader's language."""
    rows = RefusedRow.objects.filter(file=file).order_by("line")[:limit]
    return [(row.line, [told(reason) for reason in row.reasons]) for row in rows]


def refused_kinds(*, file: DebtFile) -> list[tuple[str, int]]:
    """Return which reasons occur in a file and how often, the most frequent first."""
    counted: dict[str, int] = {}
    for reasons in RefusedRow.objects.filter(file=file).values_list("reasons", flat=True):
        for code in {reason[0] for reason in reasons}:
            counted[code] = counted.get(code, 0) + 1
    return sorted(((told([code, "…"]), count) for code, count in counted.items()), key=lambda pair: (-pair[1], pair[0]))


def content_of(*, file: DebtFile) -> bytes:
    """Return the bytes of a file. Raises FileNotFoundError after erasure."""
    return paper_bytes(paper=file.paper)


def known_keys(*, partner: Partner, keys: list[str]) -> set[str]:
    """Return which of these rows came in before."""
    found: set[str] = set()
    for start in range(0, len(keys), 500):
        found |= set(Debt.objects.filter(partner=partner, digest__in=keys[start : start + 500]).values_list("digest", flat=True))
    return found


def stopped_files(*, at: datetime) -> list[DebtFile]:
    """Return the files that wait to go on: started, and no run is busy with them."""
    free = Q(claimed_at__isnull=True) | Q(claimed_at__lt=at - SILENT)
    rows = DebtFile.objects.filter(free, state=DebtFile.State.RUNNING)
    return list(rows.select_related("partner__municipality__front_door", "partner__team", "team", "paper").order_by("added_at", "pk"))


def debt_of(*, actor: Actor, ref: str) -> Debt:
    """Return the arrear of the signal with this ref. Raises Absent."""
    more = ("signal__commitment__owner__worker", "signal__commitment__team", "signal__commitment__dossier", "partner", "file", "result_by")
    found = Debt.objects.visible_to(actor).filter(signal__ref=ref).select_related(*more).first()
    if found is None:
        raise Absent
    return found


def attempts_of(*, debt: Debt) -> list[DebtAttempt]:
    """Return who tried to reach them, newest first."""
    return list(DebtAttempt.objects.filter(debt=debt).select_related("by__worker").order_by("-happened_at", "-pk"))


def same_household(*, actor: Actor, debt: Debt) -> list[Debt]:
    """Return the other arrears about the same name and birth date, or the same postcode and number, that this actor may see."""
    near = Q(postcode=debt.postcode, number__iexact=debt.number) & ~Q(postcode="")
    if debt.birth_on:
        near |= Q(surname__iexact=debt.surname, birth_on=debt.birth_on)
    rows = Debt.objects.visible_to(actor).filter(near, erased_at__isnull=True).exclude(pk=debt.pk)
    return list(rows.select_related("signal__commitment", "partner").order_by("-signalled_on", "-pk")[:10])


def results_for(*, partner: Partner, fresh: bool = False) -> list[Row]:
    """Return key, reference and coarse code of every arrear of a partner that ended; `fresh`: only what the partner has not had.

    Closed without a code is "unknown". Nothing else ever goes back.
    """
    rows = Debt.objects.filter(partner=partner, erased_at__isnull=True)
    rows = rows.filter(~Q(result="") | Q(signal__commitment__closed_at__isnull=False))
    rows = rows.filter(told_at__isnull=True) if fresh else rows
    return [(pk, reference, result or Debt.Result.UNKNOWN.value) for pk, reference, result in rows.order_by("pk").values_list("pk", "reference", "result")]


def results_told(*, partner: Partner, at: datetime) -> list[Row]:
    """Return what stood in the result file of this moment."""
    rows = Debt.objects.filter(partner=partner, told_at=at).order_by("pk").values_list("pk", "reference", "result")
    return [(pk, reference, result or Debt.Result.UNKNOWN.value) for pk, reference, result in rows]


def results_after(*, partner: Partner, after: str, limit: int) -> list[tuple[str, str, str]]:
    """Return ref, reference and coarse code of a partner's arrears that ended, after the one with this ref."""
    ended = Debt.objects.filter(partner=partner, erased_at__isnull=True).filter(~Q(result="") | Q(signal__commitment__closed_at__isnull=False))
    if after:
        ended = ended.filter(pk__gt=Debt.objects.filter(partner=partner, ref=after).values("pk")[:1])
    rows = ended.order_by("pk").values_list("ref", "reference", "result")[:limit]
    return [(ref, reference, result or Debt.Result.UNKNOWN.value) for ref, reference, result in rows]


def result_files(*, actor: Actor, limit: int = 10) -> list[ResultFile]:
    """Return the last result files of the actor's teams."""
    rows = ResultFile.objects.filter(team_id__in=actor.dossier_team_ids).select_related("partner", "made_by__worker")
    return list(rows.order_by("-made_at", "-pk")[:limit])


def waiting_results(*, partners: list[Partner]) -> dict[int, int]:
    """Return how many results each partner has not had yet."""
    ended = Q(signal__commitment__closed_at__isnull=False) | ~Q(result="")
    rows = Debt.objects.filter(ended, partner__in=partners, told_at__isnull=True, erased_at__isnull=True)
    return dict(rows.order_by().values("partner_id").annotate(count=Count("pk")).values_list("partner_id", "count"))


def debts_to_empty(*, at: datetime) -> "QuerySet[Debt]":
    """Return arrears kept long enough: never linked, six months after the end; taken up, 18 months after it (terms of debts)."""
    closed = F("signal__commitment__closed_at")
    rows = Debt.objects.filter(erased_at__isnull=True).alias(closed=closed)
    unmatched = Q(signal__commitment__dossier__isnull=True, closed__lt=at - UNMATCHED_KEPT)
    return rows.filter(unmatched | Q(signal__commitment__dossier__isnull=False, closed__lt=at - TAKEN_UP_KEPT)).order_by("pk")


def files_to_empty(*, at: datetime) -> "QuerySet[DebtFile]":
    """Return files whose bytes may go: taken in or never used, longer ago than they may be kept."""
    rows = DebtFile.objects.filter(added_at__lt=at - FILE_KEPT, paper__erased_at__isnull=True).exclude(state=DebtFile.State.RUNNING)
    return rows.select_related("paper", "team").order_by("pk")


def export_debts(*, dossier: Dossier) -> list[dict[str, Any]]:
    """Return the arrears of a resident for their own reading, with who told us and what we tried."""
    rows = Debt.objects.filter(signal__commitment__dossier=dossier).select_related("partner").prefetch_related("attempts")
    return [
        {
            "partner": debt.partner.name, "reference": debt.reference, "amount": str(debt.amount), "arisen_on": debt.arisen_on,
            "signalled_on": debt.signalled_on, "basis": debt.basis, "result": debt.get_result_display() if debt.result else "",
            "attempts": [
                {"at": one.happened_at, "medium": one.get_medium_display(), "reached": one.reached, "words": one.words}
                for one in debt.attempts.all()
            ],
        }
        for debt in rows.order_by("signalled_on", "pk")
    ]  # fmt: skip

