"""Keep a file and take it away."""

import hashlib
from datetime import datetime

from django.conf import settings

from nabij.access.actor import Actor
from nabij.access.doors import step
from nabij.access.models import Dossier, Team
from nabij.core import crypto

from .models import Paper


@step
def keep_paper(*, actor: Actor, at: datetime, name: str, content_type: str, content: bytes, team: Team, dossier: Dossier | None = None) -> Paper:
    """Store a file, encrypted and tied to its row. The bytes are on disk before the row is committed. Raises OSError when the disk is full."""
    paper = Paper(
        team=team,
        dossier=dossier,
        name=name[:200],
        content_type=content_type[:100],
        size=len(content),
        digest=hashlib.sha256(content).hexdigest(),
        kept_at=at,
    )
    settings.PAPERS.mkdir(parents=True, exist_ok=True, mode=0o700)
    sealed = crypto.encrypt(content, purpose="paper", about=paper.ref)
    (settings.PAPERS / paper.ref).write_bytes(sealed)
    paper.save(force_insert=True)
    return paper


@step
def erase_paper(*, actor: Actor, at: datetime, paper: Paper) -> Paper:
    """Take a file's bytes and name away; the empty row stays."""
    (settings.PAPERS / paper.ref).unlink(missing_ok=True)
    paper.name, paper.size, paper.digest, paper.erased_at = "", 0, "", at
    paper.save(update_fields=["name", "size", "digest", "erased_at"])
    return paper
