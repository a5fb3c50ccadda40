"""The municipality's own words, and its neighbourhoods from a list of CBS codes."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.translation import gettext as _

from nabij.access.actions.people import MANAGES
from nabij.access.actor import Actor
from nabij.access.agreements import RUNGS, STEPS, Domain
from nabij.access.doors import action, raise_version
from nabij.access.models import (
    Controller,
    Membership,
    Municipality,
    Neighbourhood,
    NeighbourhoodPostcode,
    Region,
    Role,
    Team,
    Worker,
)
from nabij.access.terms import TERMS
from nabij.audit.models import Event
from nabij.core.errors import Absent, Refused
from nabij.core.ids import new_ref


@dataclass(frozen=True)
class NeighbourhoodRow:
    """One line of a list of neighbourhoods; `line`: its number in the file."""

    line: int
    code: str
    name: str
    kind: str
    year: int
    parent: str = ""
    postcodes: list[str] = field(default_factory=list)


class BadRows(Refused):
    """Rows that cannot be taken in; nothing of the list was. `complaints`: line number and what is wrong."""

    def __init__(self, complaints: list[tuple[int, str]]) -> None:
        super().__init__(_("Nothing was taken in. Correct these lines and send the file again."))
        self.complaints = sorted(complaints)


@action("administration.found", allow={}, event=Event.CREATE)
def found_municipality(*, actor: Actor, at: datetime, name: str, code: str, worker_name: str, email: str, bsn: bool = False) -> Membership:
    """Begin with a municipality: its organisation, an office, and its first functional administrator. Only by the command.

    `bsn`: its organisation may process citizen service numbers. Raises Refused: no name, no code of CBS, or a municipality that is here already.
    """
    if not (name.strip() and worker_name.strip() and email.strip()):
        raise Refused(_("Give the name of the municipality, and name and e-mail address of its first administrator."))
    if not re.fullmatch(r"GM\d{4}", code):
        raise Refused(_("Give the code of the municipality: GM and four figures (CBS)."))
    if Municipality.objects.filter(code=code).exists():
        raise Refused(_("This municipality is here already."))
    house = Controller.objects.create(name=_("Municipality of %(name)s") % {"name": name}, kind=Controller.Kind.MUNICIPALITY, may_process_bsn=bsn)
    municipality = Municipality.objects.create(name=name, code=code, controller=house)
    office = Team.objects.create(municipality=municipality, controller=house, name=_("Functional administration"), kind=Team.Kind.OFFICE)
    worker = Worker.objects.filter(email__iexact=email).first()
    if worker is None:
        worker = Worker(email=email, name=worker_name, made_in=municipality)
        worker.set_unusable_password()
        worker.save()
    return Membership.objects.create(worker=worker, team=office, role=Role.ADMINISTRATOR, paid=True, from_on=actor.on)


@action("administration.add_organisation", allow={}, event=Event.CREATE)
def add_organisation(*, actor: Actor, at: datetime, code: str, name: str) -> Team:
    """Add a welfare organisation that answers for its own data to a municipality, with an office of its own. Only by the command.

    Raises Refused: no such municipality, no name, or an organisation that is there already.
    """
    municipality = Municipality.objects.filter(code=code).first()
    if municipality is None or not name.strip():
        raise Refused(_("Give the code of a municipality that is here, and the name of the organisation."))
    if Team.objects.filter(municipality=municipality, controller__name__iexact=name, ended_at__isnull=True).exists():
        raise Refused(_("This organisation is there already."))
    house = Controller.objects.filter(name__iexact=name, kind=Controller.Kind.WELFARE).first()
    house = house or Controller.objects.create(name=name, kind=Controller.Kind.WELFARE)
    return Team.objects.create(municipality=municipality, controller=house, name=_("Office of %(name)s") % {"name": name}, kind=Team.Kind.OFFICE)


@action("administration.change_municipality", allow=MANAGES, on="municipality")
def change_municipality(*, actor: Actor, at: datetime, municipality: Municipality, phone: str, reading_hours: str) -> Municipality:
    """Change what the public form says: whom to call, and when somebody reads it. Raises Absent: another municipality."""
    actor.stay_in(municipality.pk)
    municipality.phone, municipality.reading_hours = phone, reading_hours
    raise_version(municipality)
    municipality.save(update_fields=["phone", "reading_hours", "version"])
    return municipality


@action("administration.import_neighbourhoods", allow=MANAGES, on="municipality")
def import_neighbourhoods(*, actor: Actor, at: datetime, municipality: Municipality, rows: list[NeighbourhoodRow]) -> Municipality:
    """Take in a list of neighbourhoods, all of it or nothing. A known code keeps its teams; name, year and postcodes become those of the list.

    Source: CBS wijk- en buurtindeling, revised every year. Raises Absent: another municipality; BadRows: see `_complaints`.
    """
    actor.stay_in(municipality.pk)
    known = {place.code: place for place in Neighbourhood.objects.filter(municipality=municipality).order_by("year")}
    wrong = _complaints(municipality, rows, known)
    if wrong:
        raise BadRows(wrong)
    for row in rows:
        place = known.setdefault(row.code, Neighbourhood(municipality=municipality, code=row.code))
        place.name, place.kind, place.year = row.name, row.kind, row.year
        place.version += bool(place.pk)
        place.save()
    for row in rows:
        place = known[row.code]
        place.parent = known.get(row.parent)
        place.save(update_fields=["parent"])
        if row.postcodes:
            place.postcodes.all().delete()
    NeighbourhoodPostcode.objects.filter(postcode__in=[code for row in rows for code in row.postcodes]).delete()
    NeighbourhoodPostcode.objects.bulk_create(NeighbourhoodPostcode(neighbourhood=known[row.code], postcode=code) for row in rows for code in row.postcodes)
    return municipality


@action("administration.join_region", allow=MANAGES, on="municipality")
def join_region(*, actor: Actor, at: datetime, municipality: Municipality, region: Region | None = None, name: str = "") -> Municipality:
    """Let a municipality work by the agreements of a region: one that is there, or a new one. Once: old scores keep the region's words.

    Raises Absent: another municipality. Raises Refused: in a region already, no name, or a name that is taken.
    """
    actor.stay_in(municipality.pk)
    if municipality.region_id:
        raise Refused(_("This municipality belongs to a region already."))
    if region is None and not name.strip():
        raise Refused(_("Choose a region, or give the name of a new one."), field="name")
    if region is None and Region.objects.filter(name__iexact=name.strip()).exists():
        raise Refused(_("There is a region with this name already. Choose it above."), field="name")
    municipality.region = region or Region.objects.create(name=name.strip())
    raise_version(municipality)
    municipality.save(update_fields=["region", "version"])
    return municipality


@action("administration.change_agreements", allow=MANAGES, on="region")
def change_agreements(*, actor: Actor, at: datetime, region: Region, domains: list[Domain], steps: list[str], agreed: str = "", added: str = "") -> Region:
    """Change what the municipalities of a region agreed on: names, order and use of the life domains, the words of the five steps.

    A domain never goes: out of use it is not asked any more, and its scores stay. `added`: the name of a new one.
    Raises Absent: no municipality of this administrator is in it. Raises Refused: no domain in use, a domain without a name, not five steps.
    """
    if not actor.is_system and not region.municipalities.filter(pk__in=actor.managed_ids).exists():
        raise Absent
    rows = [{"key": domain.key, "name": domain.name.strip(), "used": domain.used} for domain in domains]
    if added.strip():
        rows.append({"key": new_ref(), "name": added.strip(), "used": True})
    if missing := {row["key"] for row in region.domains} - {row["key"] for row in rows}:
        raise Refused(_("A domain cannot be taken away; put it out of use (%(count)s missing).") % {"count": len(missing)})
    if not all(row["name"] for row in rows):
        raise Refused(_("Give every domain a name."))
    if not any(row["used"] for row in rows):
        raise Refused(_("Keep at least one domain in use."))
    if len(steps) != len(STEPS) or not all(word.strip() for word in steps):
        raise Refused(_("Give words for all five steps."))
    region.domains, region.steps, region.agreed = rows, [word.strip() for word in steps], agreed.strip()
    raise_version(region)
    region.save(update_fields=["domains", "steps", "agreed", "version"])
    return region


def _complaints(municipality: Municipality, rows: list[NeighbourhoodRow], known: dict[str, Neighbourhood]) -> list[tuple[int, str]]:
    listed = Counter(row.code for row in rows)
    given = Counter(code for row in rows for code in row.postcodes)
    elsewhere = set(Neighbourhood.objects.filter(code__in=listed).exclude(municipality=municipality).values_list("code", flat=True))
    others = NeighbourhoodPostcode.objects.filter(postcode__in=given).exclude(neighbourhood__municipality=municipality)
    taken = set(others.values_list("postcode", flat=True))
    wrong = []
    for row in rows:
        if listed[row.code] > 1:
            wrong.append((row.line, _("The code %(code)s stands in this list more than once.") % {"code": row.code}))
        if row.code in elsewhere:
            wrong.append((row.line, _("The code %(code)s belongs to another municipality.") % {"code": row.code}))
        if row.code in known and row.year < known[row.code].year:
            wrong.append((row.line, _("This list is of %(year)s; a later year is known already.") % {"year": row.year}))
        if row.parent and (row.parent == row.code or row.parent not in {*listed, *known}):
            wrong.append((row.line, _("There is no neighbourhood %(code)s of which this could be a part.") % {"code": row.parent}))
        wrong += [(row.line, _("The postcode %(code)s stands in this list more than once.") % {"code": code}) for code in row.postcodes if given[code] > 1]
        wrong += [(row.line, _("The postcode %(code)s belongs to another municipality.") % {"code": code}) for code in row.postcodes if code in taken]
    return wrong


@action("administration.change_terms", allow=MANAGES, on="region")
def change_region_terms(
    *, actor: Actor, at: datetime, region: Region, terms: Mapping[str, tuple[int, str, date | None]], rungs: Sequence[tuple[str, str]],
    ladder_source: str = "", ladder_on: date | None = None,
) -> Region:  # fmt: skip
    """Change the terms of a region and the words of its ladder, each with its source and the day on which it was agreed.

    What equals what Nabij ships is kept as nothing of one's own. It holds for what begins afterwards; a term that runs does not move.
    Raises Absent: no municipality of this administrator is in it. Raises Refused: beyond what the law allows, or no source or day, or no words.
    """
    if not actor.is_system and not region.municipalities.filter(pk__in=actor.managed_ids).exists():
        raise Absent
    region.terms = {key: row for key in TERMS if (row := _kept_term(key, *terms[key], on=actor.on))}
    region.ladder = _kept_ladder(rungs, ladder_source.strip(), ladder_on, on=actor.on)
    raise_version(region)
    region.save(update_fields=["terms", "ladder", "version"])
    return region


def _kept_term(key: str, days: int, source: str, agreed_on: date | None, *, on: date) -> dict[str, object] | None:
    """Return what a region keeps of one term; None when it is as Nabij ships it. Raises Refused."""
    term = TERMS[key]
    if not term.least <= days <= term.most:
        raise Refused(_("%(term)s: choose from %(least)s to %(most)s.") % {"term": term.name, "least": term.least, "most": term.most}, field=f"days_{key}")
    if days == term.days:
        return None
    _check_source(source.strip() if source.strip() != str(term.source) else "", agreed_on, on, f"source_{key}", f"on_{key}")
    return {"days": days, "source": source.strip(), "agreed_on": str(agreed_on)}


def _kept_ladder(rungs: Sequence[tuple[str, str]], source: str, agreed_on: date | None, *, on: date) -> dict[str, object]:
    """Return what a region keeps of the ladder; nothing when it is as Nabij ships it. Raises Refused."""
    words = [(staff.strip(), resident.strip()) for staff, resident in rungs]
    if len(words) != len(RUNGS) or not all(staff and resident for staff, resident in words):
        raise Refused(_("Give words for all five rungs."))
    if words == [(str(word), str(word)) for word in RUNGS]:
        return {}
    _check_source(source, agreed_on, on, "ladder_source", "ladder_on")
    return {"words": [{"staff": staff, "resident": resident} for staff, resident in words], "source": source, "agreed_on": str(agreed_on)}


def _check_source(source: str, agreed_on: date | None, on: date, source_field: str, day_field: str) -> None:
    if not source:
        raise Refused(_("What differs has a source: where was this agreed?"), field=source_field)
    if agreed_on is None or agreed_on > on:
        raise Refused(_("On which day was this agreed? Not a day that is still to come."), field=day_field)
