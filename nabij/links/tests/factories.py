"""Small, plain makers of links for tests."""

from datetime import datetime
from typing import Any

from nabij.access.actor import Actor, system_actor
from nabij.access.doors import LINK, action
from nabij.links.actions import make_link
from nabij.links.models import Link
from nabij.links.opening import open_link

KIND = "tests.answer"


@action("links.tests_make", allow={})
def _make(*, actor: Actor, at: datetime, **facts: Any) -> tuple[Link, str]:
    """Make a link, for tests."""
    return make_link(actor=actor, at=at, **facts)


@action("links.tests_do", allow={})
def _do(*, actor: Actor, at: datetime, step: Any, **facts: Any) -> Any:
    """Run one step of links, for tests."""
    return step(actor=actor, at=at, **facts)


@action("links.tests_touch", allow={LINK: "own"}, on="record")
def touch(*, actor: Actor, at: datetime, record: Any) -> str:
    """Do something that the holder of a link may do, for tests."""
    return "done"


def make(at: datetime, **facts: Any) -> tuple[Link, str]:
    return _make(actor=system_actor(at=at), at=at, **{"kind": KIND, "subject": "r" * 20, **facts})


def do(step: Any, at: datetime, **facts: Any) -> Any:
    return _do(actor=system_actor(at=at), at=at, step=step, **facts)


def opened(secret: str, at: datetime, **facts: Any) -> Link:
    return open_link(kind=facts.pop("kind", KIND), secret=secret, at=at, **facts)
