"""Open a file."""

from django.conf import settings

from nabij.core import crypto

from .models import Paper


def paper_bytes(*, paper: Paper) -> bytes:
    """Return the bytes of a stored file. Raises FileNotFoundError, or Unreadable when it was changed on disk."""
    return crypto.decrypt((settings.PAPERS / paper.ref).read_bytes(), purpose="paper", about=paper.ref)
