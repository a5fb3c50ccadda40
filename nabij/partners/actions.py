"""Who may send, with which key, and a sending that is carried out once."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from nabij.access.actor import Actor
from nabij.access.doors import PARTNER, action, raise_version
from nabij.access.models import Municipality, Role, Scope, Team
from nabij.audit.models import Event
from nabij.core.errors import Conflict, Refused

from .models import Partner, Sending, Token
from .queries import mark_of
from .terms import RENEWAL, TOKEN_DAYS, USE_NOTED_EVERY

MANAGES: Mapping[str, str] = {Role.ADMINISTRATOR: Scope.MUNICIPALITY}


@dataclass(frozen=True)
class NewToken:
    """A key as it is shown once."""

    token: Token
    secret: str

    @property
    def recorded(self) -> Token:
        """Return the row that the audit entry names."""
        return self.token


@dataclass(frozen=True)
class Made:
    """What a sending became: the record of the audit entry (or None), its ref, and the answer to the partner."""

    recorded: Any
    about_ref: str
    answer: dict[str, Any]


@action("partners.add", allow=MANAGES, event=Event.CREATE)
def add_partner(
    *, actor: Actor, at: datetime, municipality: Municipality, name: str, kind: str, purpose: str, basis: str,
    team: Team | None = None, may_signals: bool = False, may_debts: bool = False,
) -> Partner:  # fmt: skip
    """Add an organisation that may send us signals. Purpose and basis are written down first. Raises Refused: a name that is there already."""
    actor.stay_in(municipality.pk)
    if Partner.objects.filter(municipality=municipality, name__iexact=name.strip(), ended_at__isnull=True).exists():
        raise Refused(_("This partner is there already. Choose it in the list."), field="name")
    return Partner.objects.create(
        municipality=municipality, name=name.strip(), kind=kind, purpose=purpose.strip(), basis=basis.strip(), team=team,
        may_signals=may_signals, may_debts=may_debts, added_at=at,
    )  # fmt: skip


@action("partners.change", allow=MANAGES, on="partner")
def change_partner(*, actor: Actor, at: datetime, partner: Partner, **facts: Any) -> Partner:
    """Change what a partner may send, why, and who takes it up."""
    for field in ("name", "kind", "purpose", "basis", "team", "may_signals", "may_debts"):
        if field in facts:
            setattr(partner, field, facts[field])
    raise_version(partner)
    partner.save()
    return partner


@action("partners.end", allow=MANAGES, on="partner")
def end_partner(*, actor: Actor, at: datetime, partner: Partner) -> Partner:
    """End the work with a partner: from now on none of its keys opens anything."""
    partner.tokens.filter(ended_at__isnull=True).update(ended_at=at)
    partner.ended_at = partner.ended_at or at
    raise_version(partner)
    partner.save()
    return partner


@action("partners.make_token", allow=MANAGES, on="partner", event=Event.CREATE)
def make_token(*, actor: Actor, at: datetime, partner: Partner) -> NewToken:
    """Make a key to the API that works a year; keys that were there end after two weeks, so that the partner can change over.

    Raises Refused: the work with this partner has ended.
    """
    if partner.ended_at is not None:
        raise Refused(_("We do not work with this partner any more. Add it again first."))
    for old in partner.tokens.filter(ended_at__isnull=True, expires_on__gt=(at + RENEWAL).date()):
        old.expires_on = (at + RENEWAL).date()
        raise_version(old)
        old.save(update_fields=["expires_on", "version"])
    secret = f"nabij_{secrets.token_urlsafe(32)}"
    expires = actor.on + timedelta(days=TOKEN_DAYS)
    token = Token.objects.create(
        partner=partner, mark=mark_of(secret=secret), hint=secret[-4:], made_at=at, made_by_id=actor.worker_id, expires_on=expires
    )
    return NewToken(token, secret)


@action("partners.end_token", allow=MANAGES, on="token")
def end_token(*, actor: Actor, at: datetime, token: Token) -> Token:
    """End a key at once."""
    token.ended_at = token.ended_at or at
    raise_version(token)
    token.save(update_fields=["ended_at", "version"])
    return token


@action("partners.send", allow={PARTNER: Scope.OWN}, event=Event.CREATE)
def send_once(
    *, actor: Actor, at: datetime, partner: Partner, token: Token, key: str, verb: str, digest: str, run: Callable[[], Made]
) -> Made:
    """Carry out a partner's sending once: the same key with the same content gives the first answer again, and nothing is written.

    Raises Conflict: the same key with other content. What `run` refuses leaves no trace, and its key can be used again.
    """
    try:
        with transaction.atomic():
            # the unique index makes a second sending with this key wait until the first is written
            kept = Sending.objects.create(partner=partner, key=key, verb=verb, digest=digest, at=at)
    except IntegrityError:
        kept = Sending.objects.get(partner=partner, key=key)
        if (kept.digest, kept.verb) != (digest, verb):
            raise Conflict(_("This Idempotency-Key was used for something else. Choose a new one."), current=None) from None
        return Made(None, kept.about_ref, kept.answer)
    made = run()
    kept.about_ref, kept.answer = made.about_ref, made.answer
    kept.save(update_fields=["about_ref", "answer"])
    if token.last_used_at is None or at - token.last_used_at > USE_NOTED_EVERY:
        Token.objects.filter(pk=token.pk).update(last_used_at=at)
    return made
