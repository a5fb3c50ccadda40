"""Where and how, for the head of a page, in one query."""

from datetime import date

from django.db.models import CharField, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast

from nabij.core.fields import Sealed
from nabij.residents.models import Address, ContactWay

Columns = tuple[str, int, str, int, str, str, str, str, str, bool, bool, str]


def reach_of_dossier(*, dossier_id: int, on: date) -> tuple[list[Address], list[ContactWay]]:
    """Return the running addresses (oldest first) and ways to reach (preferred first) of a dossier: one query over both tables."""
    running = Q(until_on__isnull=True) | Q(until_on__gte=on)
    addresses = Address.objects.filter(running, dossier_id=dossier_id, from_on__lte=on)
    ways = ContactWay.objects.filter(running, dossier_id=dossier_id)
    both = _columns(addresses, "a", "street", "number", "postcode", "place", "secret", "secret", "secret_text").union(
        _columns(ways, "w", "value", "mind", "", "", "safe", "preferred", ""), all=True
    )
    rows = list(both)
    places = [_address(dossier_id, row) for row in rows if row[0] == "a"]
    reached = [_way(dossier_id, row) for row in rows if row[0] == "w"]
    return sorted(places, key=lambda row: row.pk), sorted(reached, key=lambda row: (not row.preferred, row.pk))


def _columns(rows: QuerySet, tag: str, *names: str) -> QuerySet:
    """Return the rows in the shape that both tables share: tag, key, ref, version, kind, four texts, two marks, the sealed text."""
    *texts, first, second, sealed = names
    shape = {f"text_{n}": Cast(name, CharField()) if name else Value("", CharField()) for n, name in enumerate(texts)}
    shape["sealed"] = Cast(sealed, TextField()) if sealed else Value("", TextField())
    tagged = rows.annotate(tag=Value(tag, CharField()), **shape)
    return tagged.values_list(
        "tag", "pk", "ref", "version", "kind", *(f"text_{n}" for n in range(4)), first, second, "sealed"
    )


def _address(dossier_id: int, row: Columns) -> Address:
    _tag, pk, ref, version, kind, street, number, postcode, place, secret, _same, sealed = row
    return Address(
        pk=pk, ref=ref, version=version, dossier_id=dossier_id, kind=kind, street=street, number=number, postcode=postcode,
        place=place, secret=bool(secret), secret_text=Sealed(sealed),
    )  # fmt: skip


def _way(dossier_id: int, row: Columns) -> ContactWay:
    _tag, pk, ref, version, kind, value, mind, _third, _fourth, safe, preferred, _sealed = row
    return ContactWay(
        pk=pk,
        ref=ref,
        version=version,
        dossier_id=dossier_id,
        kind=kind,
        value=value,
        mind=mind,
        safe=bool(safe),
        preferred=bool(preferred),
    )
