"""Where log-ins are kept: Django's table and rules, read with a question that is worded once."""

from datetime import datetime

from django.contrib.sessions.backends.db import SessionStore as Kept
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from nabij.core.worded import records


class SessionStore(Kept):
    """A session in the database; every page reads one."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def _get_session_from_db(self) -> Session | None:
        found = next(iter(records(_running, key=self.session_key or "", at=timezone.now())), None)
        if found is None:
            self._session_key = None
        return found


def _running(*, key: str, at: datetime) -> "QuerySet[Session]":
    return Session.objects.filter(session_key=key, expire_date__gt=at)
