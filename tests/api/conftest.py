"""The API as it describes itself, and a world it can answer about."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.db import close_old_connections

from nabij.debts import api as debts_api

from .asking import SIGNALS, Watched
from .known import Known, make_known


@pytest.fixture
def described(db: None, settings: Any) -> Iterator[Any]:
    """The API as it describes itself, behind something that counts its answers."""
    settings.API_PER_MINUTE = 10**9
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", Watched())
    schema.config.generation.update(with_security_parameters=False)  # who asks is our choice, not a made-up key
    yield schema
    for signal in SIGNALS:
        signal.connect(close_old_connections)


@pytest.fixture
def known(db: None, clock: Any, monkeypatch: pytest.MonkeyPatch) -> Known:
    """A world with real refs; results come two at a time, so that there is a next page."""
    monkeypatch.setattr(debts_api, "RESULTS_AT_MOST", 2)
    return make_known(clock)
