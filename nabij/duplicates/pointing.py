"""Where the pointers lead: worked out anew from the merges that run, so that chains can be undone in any order."""

from collections.abc import Iterable

from nabij.access.actor import Actor
from nabij.access.models import Dossier

from .models import Merge


def family_of(root_id: int) -> list[int]:
    """Return the dossiers that are shown as this one."""
    return list(Dossier.objects.filter(root_id=root_id).order_by("pk").values_list("pk", flat=True))


def point_anew(dossier_ids: Iterable[int]) -> None:
    """Set root and narrowing of these dossiers from the merges that run. Nothing else of them changes, also not their version."""
    ids = sorted(set(dossier_ids))
    running = list(Merge.objects.running().filter(other__in=ids))
    into = {merge.other_id: merge.kept_id for merge in running}
    narrow: dict[int, list[int]] = {}
    for merge in running:
        if merge.narrow_from is not None:
            for side in (merge.other_id, merge.kept_id):
                narrow.setdefault(side, []).append(merge.narrow_from)
    for pk in ids:
        root = pk
        while root in into:
            root = into[root]
        Dossier.objects.filter(pk=pk).update(root_id=root, narrow_from=max(narrow.get(pk, []), default=None))


def both_open(*, actor: Actor, ids: Iterable[int]) -> bool:
    """Tell whether this actor may open each of these dossiers."""
    wanted = set(ids)
    return Dossier.objects.visible_to(actor).filter(pk__in=wanted).count() == len(wanted)
