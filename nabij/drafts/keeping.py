"""Keep, find and throw away drafts.

Not behind the door of actions, on purpose: a draft is saved every few seconds, belongs to its writer alone and is about nobody
until it is sent; a line in the audit for each would bury the lines that matter, and the read log must not grow with typing.
So the one check stands here: who has no running function keeps no draft, and every read and write is by the actor's own worker.
"""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.forms import BooleanField, Field
from django.utils.translation import gettext as _

from nabij.access.actor import Actor
from nabij.core.errors import Absent, Refused
from nabij.core.worded import ask

from .models import Draft

LARGEST = 100_000  # bytes: a long report with room to spare, no file
LONGEST_KEY = 80
KEPT = timedelta(days=30)
# What a form carries besides the words of its writer.
NOT_KEPT = {"csrfmiddlewaretoken", "request_id", "version", "next", "confirm"}
Fields = dict[str, Any]


def save_draft(*, actor: Actor, at: datetime, key: str, body: str) -> Draft:
    """Keep what this worker typed in one form: `body` is a JSON object of field name to text or list of texts.

    Raises Refused: no JSON object of texts, larger than 100 kB, a key that is too long. Absent: not a worker with a running function.
    """
    _check(actor)
    if not key or len(key) > LONGEST_KEY:
        raise Refused(_("This form has no name under which a draft can be kept."))
    if len(body.encode()) > LARGEST:
        raise Refused(_("This text is too long to keep as a draft. Save it now, or make it shorter."))
    kept = {name: value for name, value in _fields(body).items() if name not in NOT_KEPT}
    with transaction.atomic():
        draft = Draft.objects.filter(worker_id=actor.worker_id, key=key).first()
        draft = draft or Draft(worker_id=actor.worker_id, key=key)
        draft.data = json.dumps(kept, ensure_ascii=False)
        draft.updated_at = at
        draft.save()
    return draft


def draft_of(*, actor: Actor, key: str) -> Fields:
    """Return what this worker typed in this form and did not send: for `initial=`. Nothing kept is an empty dictionary."""
    if actor.worker_id is None:
        return {}
    draft = Draft.objects.filter(worker_id=actor.worker_id, key=key).first()
    return json.loads(draft.data) if draft else {}


def initial_of(*, actor: Actor, key: str, fields: Mapping[str, Field]) -> Fields:
    """Return what this worker typed, as `initial=` for a form with these fields. A box that was not ticked stays unticked. Nothing kept: empty."""
    kept = draft_of(actor=actor, key=key)
    if not kept:
        return {}
    boxes = {name: name in kept for name, field in fields.items() if isinstance(field, BooleanField)}
    return {name: value for name, value in {**kept, **boxes}.items() if name in fields}


def drop_draft(*, actor: Actor, key: str) -> None:
    """Throw a draft away: the form was sent, or its writer does not want it any more."""
    # looked for first: a DELETE waits for whoever is writing, also when there is nothing to delete
    if actor.worker_id is not None and ask(_kept, worker_id=actor.worker_id, key=key):
        Draft.objects.filter(worker_id=actor.worker_id, key=key).delete()


def _kept(*, worker_id: int, key: str) -> "QuerySet[Draft, tuple[int]]":
    return Draft.objects.filter(worker_id=worker_id, key=key).values_list("pk")


def stale_drafts(*, at: datetime) -> "QuerySet[Draft]":
    """Return the drafts that nobody touched for 30 days, for the sweep."""
    return Draft.objects.filter(updated_at__lt=at - KEPT)


def _check(actor: Actor) -> None:
    if actor.kind != "worker" or not actor.memberships:
        raise Absent


def _fields(body: str) -> Fields:
    try:
        fields = json.loads(body)
    except ValueError:
        fields = None
    texts = isinstance(fields, dict) and all(
        isinstance(value, str) or (isinstance(value, list) and all(isinstance(one, str) for one in value))
        for value in fields.values()
    )
    if not texts:
        raise Refused(_("This draft could not be read. Copy your text before you close the page."))
    return fields
