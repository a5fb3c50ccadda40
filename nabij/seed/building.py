"""Make the region, one part after the other, and leave the database as it will be used."""

from collections.abc import Callable
from datetime import datetime

from nabij.access.models import Controller, Worker
from nabij.audit.models import Entry

from . import people, record, talks, town, work
from .bulk import Told, in_a_hurry, settle
from .drawing import Draw
from .region import Region
from .sizes import Sizes

Watch = Callable[[str, int], Told]


def _silent(_part: str, _total: int) -> Told:
    return lambda _count: None


def is_empty() -> bool:
    """Tell whether nobody works here and nothing was recorded yet."""
    return not any(model.objects.exists() for model in (Worker, Controller, Entry))


def build(*, residents: int, now: datetime, password: str, random_seed: int = 1441, watch: Watch = _silent) -> Sizes:
    """Write a region of so many residents; return how much of everything there is. `password`: the hash that all log-ins share."""
    sizes = Sizes(residents)
    region = Region(sizes, Draw(random_seed), now, password)
    with in_a_hurry():
        town.found(region)
        people.people(region, watch("residents", sizes.residents))
        work.work(region, watch("commitments", int(sizes.open_work * (1 + work.CLOSED))))
        talks.talks(region, watch("contacts", sizes.contacts))
        record.record(region, watch("audit entries", sizes.entries))
        settle([model for part in (town, people, work, talks, record) for model in part.TABLES])
    return sizes
