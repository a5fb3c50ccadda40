"""What a privacy officer asks the administrator of the server to do for one resident: a copy to read, or erasing."""

import json
import os
from datetime import datetime
from pathlib import Path

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _

from nabij.access.actor import Actor, worker_actor
from nabij.access.models import Dossier, Role, Worker
from nabij.core.errors import Absent, Refused
from nabij.upkeep.actions.erasing import SubjectCopy


def officer_named(*, email: str, at: datetime) -> Actor:
    """Return the privacy officer with this e-mail address, as whom it is written down. Raises Refused."""
    worker = Worker.objects.filter(email__iexact=email).first()
    actor = worker_actor(worker, at=at) if worker else None
    if actor is None or Role.PRIVACY_OFFICER not in actor.functions:
        raise Refused(_("%(email)s is not a privacy officer. Give the address of one with --as.") % {"email": email})
    return actor


def dossier_numbered(*, ref: str) -> Dossier:
    """Return the dossier with this number. Raises Absent; whether this officer may is for the action to say."""
    found = Dossier.objects.filter(ref=ref).first()
    if found is None:
        raise Absent
    return found


def write_copy(*, copy: SubjectCopy, file: Path) -> None:
    """Write a copy as JSON to a new file that only its owner may read. Raises FileExistsError."""
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
        json.dump({"made_at": copy.at, "rooms": copy.rooms}, out, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
