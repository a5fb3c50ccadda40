"""Reads of meldcodes, each through the guard: who was not let in finds nothing, also no number."""

from typing import Any

from django.db.models import QuerySet

from nabij.access.actor import Actor, worker_actor
from nabij.access.models import Dossier, Membership, Worker
from nabij.access.queries import dossier_at, fetch, nameable
from nabij.residents.queries import names_of

from .models import Meldcode, MeldStep, Named


def _rows() -> "QuerySet[Meldcode]":
    return Meldcode.objects.select_related("commitment__owner__worker", "commitment__team__controller", "dossier").prefetch_related(
        "steps__by__worker", "named__worker"
    )


def meldcode_of(*, actor: Actor, ref: str) -> Meldcode:
    """Return one meldcode, by its own ref or that of its commitment. Raises Absent."""
    own = Meldcode.objects.filter(commitment__ref=ref).values_list("ref", flat=True).first()
    return fetch(_rows(), actor=actor, ref=own or ref)


def meldcodes_of(*, actor: Actor, dossier: Dossier) -> list[Meldcode]:
    """Return what this actor wrote about one person or was let into, open ones first; nothing of anybody else of the household."""
    rows = list(_rows().visible_to(actor).filter(dossier__root_id=dossier.root_id).order_by("-commitment__opened_at", "-pk"))  # type: ignore[attr-defined]
    return sorted(rows, key=lambda row: not row.commitment.is_open)


def signed_steps(*, meldcode: Meldcode) -> list[MeldStep]:
    """Return the steps by day, each followed by its corrections."""
    steps = sorted(meldcode.steps.all(), key=lambda step: (step.on, step.at))
    return [line for step in steps if step.corrects_id is None for line in (step, *(s for s in steps if s.corrects_id == step.pk))]


def readers(*, meldcode: Meldcode) -> list[Named]:
    """Return who was let in and still is."""
    return [named for named in meldcode.named.all() if named.ended_at is None]


def to_name(*, actor: Actor, meldcode: Meldcode) -> list[Worker]:
    """Return the colleagues who could be let in: of the organisation, the dossier open to them, not in yet."""
    inside = {named.worker_id for named in readers(meldcode=meldcode)} | {meldcode.commitment.owner.worker_id}
    found = [member.worker for member in nameable(actor=actor, dossier=meldcode.dossier) if member.worker_id not in inside]
    return [worker for worker in found if may_open(worker=worker, dossier=meldcode.dossier, actor=actor)]


def may_open(*, worker: Worker, dossier: Dossier, actor: Actor) -> bool:
    """Tell whether a colleague may open a dossier today."""
    return Dossier.objects.visible_to(worker_actor(worker, at=actor.at)).filter(pk=dossier.pk).exists()


def named_at(*, actor: Actor, ref: str) -> Named:
    """Return one naming. Raises Absent."""
    return fetch(Named.objects.select_related("meldcode__commitment__team__controller", "meldcode__dossier", "worker"), actor=actor, ref=ref)


def person(*, actor: Actor, ref: str) -> tuple[Dossier, str]:
    """Return a dossier that this actor may open, and how colleagues call who it is about. Raises Absent."""
    dossier = dossier_at(actor=actor, ref=ref)
    return dossier, names_of(dossier_ids=[dossier.pk]).get(dossier.pk, "")


def own_seat(*, actor: Actor, team_id: int | None) -> Membership:
    """Return the membership with which this actor signs."""
    return Membership.objects.select_related("worker", "team").get(pk=actor.acting_in(team_id))


def export_meldcodes(*, dossier: Dossier) -> list[dict[str, Any]]:
    """Return nothing: an answer about a meldcode is given by a person, who weighs the safety of others first (GDPR art. 15 lid 4, art. 23)."""
    return []
