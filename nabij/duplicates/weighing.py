"""How likely two dossiers are one person, by the engine of `nabij.linkage` and the tables of search."""

import math
from collections.abc import Iterator

from nabij.access.models import Dossier
from nabij.core import crypto
from nabij.linkage import DUTCH, Frequencies, Scales, Traits, pack, start_model
from nabij.linkage.finding import Counted, find_keys, gather, spell
from nabij.residents.linkage.store import Tables

WORTH = 0.5  # a pair is kept from this probability
AMONG = 0.02  # of a file, about so many stand in it twice: what is expected before anything is compared


class Weigher:
    """Weighs persons of this file against each other; keeps no person in memory."""

    def __init__(self) -> None:
        self.store, self.model = Tables(), start_model()

    def weigh(self, one: Traits, two: Traits) -> tuple[float, tuple[str, ...]]:
        """Return how likely these are one person, and the levels by which."""
        return next(iter(self._weighed(one, [two])), (0.0, ()))

    def near(self, pk: int, of: Traits) -> list[tuple[int, Traits, float, tuple[str, ...]]]:
        """Return who later in the file could be this person, with their traits, probability and levels: each pair is met once."""
        known = spell([of], self.store, DUTCH)
        ids = [other for other in gather(find_keys([of], known, self.store, DUTCH), self.store) if other > pk]
        others = list(self.store.traits(ids))
        weighed = self._weighed(of, [traits for _pk, traits in others])
        return [(other, traits, *found) for (other, traits), found in zip(others, weighed, strict=True)]

    def mark(self, one: Traits | None, two: Traits | None) -> str:
        """Return a keyed fingerprint of what is compared."""
        text = "\n".join(pack(side) if side else "" for side in (one, two))
        return crypto.sign(text.encode(), purpose="duplicates")

    def _weighed(self, one: Traits, others: list[Traits]) -> Iterator[tuple[float, tuple[str, ...]]]:
        known = spell([one], self.store, DUTCH)
        size = max(self.store.size(), 1)
        shares = Frequencies(size, Counted(known.counts, self.store.token), known.near, self.model)  # type: ignore[arg-type]
        scales = Scales(self.model, shares, DUTCH)
        for other in others:
            weight, levels = scales.weigh(one, other)
            yield self.model.probability(weight + math.log(AMONG / max(size, 1000))), levels


def persons(*, after: int = 0, batch: int = 500, controller_id: int | None = None) -> Iterator[list[tuple[int, int, Traits]]]:
    """Yield everybody who is not erased or merged, in batches: dossier, organisation and traits."""
    store = Tables()
    while True:
        rows = Dossier.objects.filter(pk__gt=after, erased_at__isnull=True, search_line__isnull=False).order_by("pk")
        rows = rows.filter(controller_id=controller_id) if controller_id else rows
        part = list(rows.values_list("pk", "root_id", "controller_id")[:batch])
        if not part:
            return
        after = part[-1][0]
        lines = dict(store.traits([pk for pk, _root, _house in part]))
        yield [(pk, house, lines[pk]) for pk, root, house in part if pk == root and pk in lines]


def count_persons(*, controller_id: int | None = None) -> int:
    """Return how many persons there are to compare."""
    rows = Dossier.objects.filter(erased_at__isnull=True, search_line__isnull=False)
    return (rows.filter(controller_id=controller_id) if controller_id else rows).count()
