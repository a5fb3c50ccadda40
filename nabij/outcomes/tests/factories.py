"""Small, plain makers of experiences for tests."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from nabij.access.actor import link_actor
from nabij.access.models import Dossier, Membership
from nabij.access.tests.factories import actor_for
from nabij.casework.models import Case
from nabij.core.ids import new_request_id
from nabij.links.opening import open_link
from nabij.outcomes.actions import KIND, Asked, answer_by_link, ask_experience, type_answer
from nabij.outcomes.models import Experience

GLAD = {"heard": 5, "knew": 4, "decided": 4, "better": 3}


def do(action: Any, member: Membership, at: datetime | None = None, **facts: Any) -> Any:
    at = at or timezone.now()
    return action(actor=actor_for(member, at), at=at, **facts)


def make_asked(member: Membership, case: Case, dossier: Dossier, way: str = "printed") -> Asked:
    return do(ask_experience, member, case=case, dossier=dossier, way=way)


def secret_of(asked: Asked) -> str:
    return asked.address.rpartition("/")[2]


def answer(secret: str, answers: Any = None, words: str = "", experience: Experience | None = None) -> Experience:
    """Answer as somebody does who opened the link."""
    at = timezone.now()
    link = open_link(kind=KIND, secret=secret, at=at)
    experience = experience or Experience.objects.get(ref=link.subject)
    actor = link_actor(subject=link.subject, at=at, request_id=new_request_id())
    return answer_by_link(actor=actor, at=at, experience=experience, link=link, answers=GLAD if answers is None else answers, words=words)


def make_paper(member: Membership, case: Case, dossier: Dossier, **scores: Any) -> Experience:
    return do(type_answer, member, case=case, dossier=dossier, on=timezone.localdate(), answers={**GLAD, **scores})
