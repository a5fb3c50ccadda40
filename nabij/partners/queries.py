"""Reads of partners: who they are, whose key this is, what a key sent before."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, QuerySet

from nabij.access.actor import Actor
from nabij.access.models import Municipality, Team
from nabij.core.crypto import sign
from nabij.core.errors import Absent

from .models import Partner, Sending, Token


@dataclass(frozen=True)
class Sender:
    """Who makes a request to the API: the partner, by one of its keys."""

    partner: Partner
    token: Token


def mark_of(*, secret: str) -> str:
    """Return the keyed fingerprint under which a key is kept."""
    return sign(secret.encode("utf-8", "replace"), purpose="partner-token")


def sender_with(*, secret: str, at: datetime) -> Sender | None:
    """Return who sends with this key; None when it is unknown, ended or too old, or when we no longer work together. One query."""
    token = Token.objects.filter(mark=mark_of(secret=secret)).select_related("partner__municipality", "partner__team").first()
    if token is None or not token.works_on(at.date()) or token.partner.ended_at is not None:
        return None
    return Sender(token.partner, token)


def sent_before(*, partner: Partner, about_ref: str) -> bool:
    """Tell whether this partner sent the record with this ref."""
    return Sending.objects.filter(partner=partner, about_ref=about_ref).exists()


def partners_of(*, actor: Actor) -> list[Partner]:
    """Return the partners of the municipalities this actor keeps in order, the running ones first, with their keys (newest first)."""
    keys = Prefetch("tokens", queryset=Token.objects.select_related("made_by").order_by("-made_at", "-pk"))
    rows = Partner.objects.filter(municipality_id__in=actor.managed_ids).select_related("team", "municipality").prefetch_related(keys)
    return sorted(rows, key=lambda row: (row.ended_at is not None, row.name.casefold(), row.pk))


def partner_at(*, actor: Actor, ref: str) -> Partner:
    """Return a partner of a municipality this actor keeps in order. Raises Absent."""
    found = next((one for one in partners_of(actor=actor) if one.ref == ref), None)
    if found is None:
        raise Absent
    return found


def token_at(*, actor: Actor, ref: str) -> Token:
    """Return one key of a partner. Raises Absent."""
    found = Token.objects.filter(ref=ref, partner__municipality_id__in=actor.managed_ids).select_related("partner").first()
    if found is None:
        raise Absent
    return found


def municipality_of(*, actor: Actor) -> Municipality:
    """Return the municipality this actor keeps in order. Raises Absent."""
    found = Municipality.objects.filter(pk__in=actor.managed_ids).order_by("pk").first()
    if found is None:
        raise Absent
    return found


def teams_in(*, municipality: Municipality) -> list[Team]:
    """Return the running teams that could take a partner's signals up, by name."""
    rows = Team.objects.filter(municipality=municipality, ended_at__isnull=True).exclude(kind=Team.Kind.OFFICE)
    return list(rows.order_by("name"))


def senders_of_debts(*, municipality_ids: list[int]) -> "QuerySet[Partner]":
    """Return the partners that may tell us about arrears, by name."""
    rows = Partner.objects.filter(municipality_id__in=municipality_ids, may_debts=True, ended_at__isnull=True)
    return rows.select_related("team", "municipality__front_door").order_by("name")


def partner_named(*, name: str) -> Partner:
    """Return the one running partner with this name or ref. Raises Absent."""
    rows = Partner.objects.filter(ended_at__isnull=True).select_related("team", "municipality__front_door")
    found = list(rows.filter(name__iexact=name)[:2]) or list(rows.filter(ref=name)[:1])
    if len(found) != 1:
        raise Absent
    return found[0]
