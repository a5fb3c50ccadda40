"""What people do about the network of a resident."""

from datetime import date, datetime
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from nabij.access.actor import Actor
from nabij.access.doors import action, raise_version, step
from nabij.access.models import Dossier
from nabij.audit.models import Event
from nabij.core.errors import Absent, Refused
from nabij.residents.actions import PAID

from .models import CarerLoad, Household, HouseholdMember, Tie
from .queries import running_home

FIELDS = ("kind", "name", "relation", "ring", "strength", "does", "how_to_reach", "word", "main_carer", "since_on", "other")
CARRIES = {Tie.Kind.FAMILY, Tie.Kind.CARER, Tie.Kind.FRIEND, Tie.Kind.NEIGHBOUR}


@action("network.add_tie", allow=PAID, on="dossier", event=Event.CREATE)
def add_tie(*, actor: Actor, at: datetime, dossier: Dossier, kind: str, name: str, **fields: Any) -> Tie:
    """Write down somebody around the resident. `fields`: the other columns of a tie; `other`: their own dossier, when there is one.

    There is one main carer: a new one takes over the mark. Raises Refused: see `_fill`. Raises Absent: a dossier that is not for this actor.
    """
    tie = Tie(dossier=dossier, by_id=_seat(actor, dossier), recorded_at=at)
    _fill(tie, actor, {"kind": kind, "name": name, **fields})
    tie.save()
    return tie


@action("network.change_tie", allow=PAID, on="tie")
def change_tie(*, actor: Actor, at: datetime, tie: Tie, **fields: Any) -> Tie:
    """Change what stands about somebody. Raises Refused: the tie has ended, or see `_fill`."""
    _still_running(tie)
    _fill(tie, actor, fields)
    raise_version(tie)
    tie.save()
    return tie


@action("network.end_tie", allow=PAID, on="tie")
def end_tie(*, actor: Actor, at: datetime, tie: Tie, until_on: date, why: str) -> Tie:
    """Say until when somebody belonged to the network, and why not any more. The tie stays readable under "before".

    Raises Refused: ended already, a day before it began or still to come, no reason.
    """
    _still_running(tie)
    if tie.since_on and until_on < tie.since_on:
        raise Refused(_("The last day lies before the first day."), field="until_on")
    if until_on > actor.on:
        raise Refused(_("This day has not come yet. Choose today or earlier."), field="until_on")
    if why not in Tie.Ended.values:
        raise Refused(_("Choose why this has ended."), field="why")
    tie.until_on, tie.ended_why, tie.main_carer = until_on, why, False
    raise_version(tie)
    tie.save(update_fields=["until_on", "ended_why", "main_carer", "version"])
    return tie


@action("network.ask_carer", allow=PAID, on="tie", event=Event.CREATE)
def ask_carer(*, actor: Actor, at: datetime, tie: Tie, load: str, asked_on: date, words: str = "", support: str = "") -> CarerLoad:
    """Write down how somebody who helps is doing, and which support would be welcome. Each time a new answer; the older ones stay.

    Raises Refused: the tie has ended, somebody who comes because it is their work, or a day to come.
    """
    _still_running(tie)
    if tie.is_outside:
        raise Refused(_("This is asked of people who help without being paid."))
    if asked_on > actor.on:
        raise Refused(_("This day has not come yet. Choose today or earlier."), field="asked_on")
    seat = _seat(actor, tie.dossier)
    return CarerLoad.objects.create(
        dossier_id=tie.dossier_id, tie=tie, load=load, words=words.strip(), support=support.strip(), asked_on=asked_on, by_id=seat, recorded_at=at
    )


@action("network.household", allow=PAID, on="dossier", event=Event.CREATE)
def set_household(
    *, actor: Actor, at: datetime, dossier: Dossier, from_on: date, name: str = "", relation: str = "", other: Dossier | None = None, second_home: bool = False
) -> HouseholdMember:
    """Write down with whom a resident lives, from a day on: somebody by name, or another resident. `second_home`: this begins another household.

    An address is no part of it, and it gives nobody a right. Raises Refused: nobody named, a day to come, or written down already.
    Raises Absent: another dossier that is not for this actor, or of another organisation.
    """
    if from_on > actor.on:
        raise Refused(_("This day has not come yet. Choose today or earlier."), field="from_on")
    if not name.strip() and other is None:
        raise Refused(_("Write down who lives here too."), field="name")
    if other is not None:
        _check_other(actor, dossier, other)
    home = _home(at, dossier, from_on, second_home=second_home)
    if other is None:
        return HouseholdMember.objects.create(household=home, dossier=dossier, name=name.strip(), relation=relation.strip(), from_on=from_on)
    if HouseholdMember.objects.filter(household=home, dossier=other, themselves=True, until_on__isnull=True).exists():
        raise Refused(_("They live together according to this page already."))
    return HouseholdMember.objects.create(household=home, dossier=other, themselves=True, relation=relation.strip(), from_on=from_on)


@action("network.leave_household", allow=PAID, on="member")
def leave_household(*, actor: Actor, at: datetime, member: HouseholdMember, until_on: date) -> HouseholdMember:
    """Say until when somebody lived in a household. Raises Refused: ended already, a day before it began, or still to come."""
    if member.until_on:
        raise Refused(_("This has ended already."))
    if until_on < member.from_on:
        raise Refused(_("The last day lies before the first day."), field="until_on")
    if until_on > actor.on:
        raise Refused(_("This day has not come yet. Choose today or earlier."), field="until_on")
    member.until_on = until_on
    raise_version(member)
    member.save(update_fields=["until_on", "version"])
    return member


@step
def erase_network(*, actor: Actor, at: datetime, dossier: Dossier) -> None:
    """Empty who was around this resident and with whom they lived, and take away what others' dossiers say about this one."""
    here = {"dossier": dossier}
    Tie.objects.filter(**here).update(name="", relation="", does="", how_to_reach="", other=None, main_carer=False)
    Tie.objects.filter(other=dossier).update(other=None)
    CarerLoad.objects.filter(**here).update(words="", support="")
    HouseholdMember.objects.filter(**here).update(name="", relation="")


def _fill(tie: Tie, actor: Actor, fields: dict[str, Any]) -> None:
    """Fill a tie. Raises Refused: no name, no ring, a main carer who comes for work, a day to come. Raises Absent: see `_check_other`."""
    for column in FIELDS:
        if column in fields:
            value = fields[column]
            setattr(tie, column, value.strip() if isinstance(value, str) else value)
    if not tie.name:
        raise Refused(_("Write down who this is."), field="name")
    if tie.is_outside:
        tie.ring = None
    elif tie.ring not in {1, 2, 3}:
        raise Refused(_("Choose how close this person is."), field="ring")
    if tie.since_on and tie.since_on > actor.on:
        raise Refused(_("This day has not come yet. Choose today or earlier."), field="since_on")
    if tie.main_carer and tie.kind not in CARRIES:
        raise Refused(_("The main carer is family, a friend, a neighbour or an informal carer."), field="main_carer")
    if tie.other_id and "other" in fields:
        _check_other(actor, tie.dossier, fields["other"])
    if tie.main_carer:
        Tie.objects.filter(dossier_id=tie.dossier_id, main_carer=True).exclude(pk=tie.pk).update(main_carer=False, version=F("version") + 1)


def _check_other(actor: Actor, dossier: Dossier, other: Dossier) -> None:
    same_house = other.controller_id == dossier.controller_id and other.root_id != dossier.root_id
    if not same_house or not Dossier.objects.visible_to(actor).filter(pk=other.pk).exists():
        raise Absent


def _seat(actor: Actor, dossier: Dossier) -> int:
    seat = actor.acting_in(dossier.team_id)
    if seat is None:  # who wrote it belongs to it
        raise Absent
    return seat


def _still_running(tie: Tie) -> None:
    if tie.until_on:
        raise Refused(_("This has ended already."))


def _home(at: datetime, dossier: Dossier, from_on: date, *, second_home: bool) -> Household:
    """Return the household in which this resident lives, else a new one with the resident in it.

    Never the household of somebody else: a child of separated parents would bring one parent into the home of the other.
    """
    home = None if second_home else running_home(dossier=dossier)
    if home is None:
        home = Household.objects.create(begun_at=at)
        HouseholdMember.objects.create(household=home, dossier=dossier, themselves=True, from_on=from_on)
    return home
