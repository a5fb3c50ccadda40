"""Go through the whole file and keep the pairs that are worth a look."""

from collections.abc import Callable
from datetime import datetime

from nabij.access.actor import Actor
from nabij.access.doors import action, step
from nabij.access.models import Dossier
from nabij.audit.models import Event
from nabij.duplicates.models import Pair
from nabij.duplicates.weighing import WORTH, Weigher
from nabij.linkage import Traits


@action("duplicates.find", allow={}, event=Event.CHANGE)
def find_pairs(*, actor: Actor, at: datetime, part: list[tuple[int, int, Traits]], told: Callable[[int], None] | None = None) -> int:
    """Compare these persons with everybody later in the file and keep the likely pairs of one organisation; return how many are new or again.

    For the command; a part at a time, so that a run that stops has lost nothing. Run again it changes nothing. Raises nothing.
    """
    weigher, kept = Weigher(), 0
    for pk, house, of in part:
        likely = [found for found in weigher.near(pk, of) if found[2] >= WORTH]
        alive = set(
            Dossier.objects.filter(pk__in=[found[0] for found in likely], controller_id=house, erased_at__isnull=True, root_id__in=[f[0] for f in likely])
            .values_list("pk", flat=True)
        ) if likely else set()  # fmt: skip
        for other, traits, probability, levels in likely:
            if other in alive:
                mark = weigher.mark(of, traits)
                kept += keep_pair(actor=actor, at=at, ids=(pk, other), probability=probability, levels=levels, mark=mark)
        if told:
            told(1)
    return kept


@step
def keep_pair(*, actor: Actor, at: datetime, ids: tuple[int, int], probability: float, levels: tuple[str, ...], mark: str) -> bool:
    """Keep a pair that is new, or whose facts changed since somebody called it different; tell whether anything was written."""
    pair = Pair.objects.filter(one_id=ids[0], two_id=ids[1]).first()
    if pair is not None and pair.mark == mark:
        return False
    pair = pair or Pair(one_id=ids[0], two_id=ids[1])
    pair.probability, pair.levels, pair.mark, pair.found_at = probability, list(levels), mark, at
    pair.state = Pair.State.NEW
    pair.save()
    return True

