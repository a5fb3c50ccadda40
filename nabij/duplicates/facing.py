"""What is equal and what differs between two residents, group by group: what goes together is chosen together."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nabij.residents.models import Address, Resident

GROUPS: dict[str, tuple[str, ...]] = {
    "name": (
        "known", "description", "initials", "given_names", "call_name", "prefix", "surname", "partner_prefix", "partner_surname", "name_order",
    ),
    "birth": ("birth_year", "birth_month", "birth_day"),
    "language": ("language", "interpreter"),
    "reading": ("cannot_read",),
    "deceased": ("deceased_on",),
}  # fmt: skip
ADDRESS = "address"
LABELS = {
    "name": gettext_lazy("Name"),
    "birth": gettext_lazy("Birth date"),
    ADDRESS: gettext_lazy("Address"),
    "language": gettext_lazy("Language"),
    "reading": gettext_lazy("Reading"),
    "deceased": gettext_lazy("Died on"),
}
LIVES = (Address.Kind.HOME, Address.Kind.NONE)


@dataclass(frozen=True)
class Line:
    """One group side by side: `same` as far as both are filled in; `conflict` when both are, and differ."""

    group: str
    label: str
    one: str
    two: str

    @property
    def same(self) -> bool:
        return bool(self.one) and self.one == self.two

    @property
    def conflict(self) -> bool:
        return bool(self.one and self.two) and self.one != self.two


def side_by_side(*, people: tuple[Resident, Resident], homes: tuple[list[Address], list[Address]], hide_secret: bool = False) -> list[Line]:
    """Return what is known of both, group by group, as people read it; a group of which neither says anything is left out."""
    rows = [Line(group, str(LABELS[group]), *(in_words(group, person) for person in people)) for group in GROUPS]
    rows.insert(2, Line(ADDRESS, str(LABELS[ADDRESS]), *(home_in_words(found, hide_secret=hide_secret) for found in homes)))
    return [row for row in rows if row.one or row.two]


def in_words(group: str, of: Resident) -> str:
    """Return what one resident has in a group, or nothing."""
    if group == "name":
        full = " ".join(filter(None, [of.given_names or of.call_name or of.initials, of.full_surname]))
        called = f" ({of.call_name})" if of.call_name and of.given_names else ""
        return (full + called if of.known else of.description).strip()
    if group == "birth":
        return of.birth_text
    if group == "language":
        return ", ".join(filter(None, [of.language, _("interpreter") if of.interpreter else ""]))
    if group == "reading":
        return _("finds reading hard") if of.cannot_read else ""
    return f"{of.deceased_on:%d-%m-%Y}" if of.deceased_on else ""


def home_in_words(homes: list[Address], *, hide_secret: bool = False) -> str:
    """Return where somebody lives, or nothing; of a secret address only that it is."""
    return "; ".join(_("secret address") if home.secret else home.line for home in homes)


def values_of(group: str, of: Resident) -> dict[str, Any]:
    """Return the fields of a group, ready to be kept as text."""
    return {name: _plain(getattr(of, name)) for name in GROUPS[group]}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
