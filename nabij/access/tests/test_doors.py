"""The one door for writes."""

from dataclasses import dataclass

import pytest
from django.utils import timezone

from nabij.access import doors
from nabij.access.actions import give_grant, restrict_dossier
from nabij.access.actor import Actor, link_actor, public_actor, system_actor
from nabij.access.doors import LINK, VERBS, Reach, action, check, raise_version
from nabij.access.models import Dossier, Role, Scope
from nabij.audit.models import Entry
from nabij.core.errors import Absent, Conflict, Refused

from .factories import actor_for, make_dossier, make_member, make_team

pytestmark = pytest.mark.django_db
NOW = timezone.now


@pytest.fixture
def touch():
    """An action that lifts a dossier's version, and is forgotten after the test."""

    @action("test.touch", allow={Role.WORKER: Scope.TEAM, Role.LEAD: Scope.TEAM}, on="dossier")
    def touch_dossier(*, actor, at, dossier, fail=False):
        """Touch."""
        raise_version(dossier)
        dossier.save()
        if fail:
            raise Refused("nee")
        return dossier

    yield touch_dossier
    del VERBS["test.touch"]


def test_an_action_writes_one_entry_with_who_what_and_whose(team, noor, touch):
    dossier = make_dossier(team)
    touch(actor=actor_for(noor), at=NOW(), dossier=dossier)
    entry = Entry.objects.get()
    assert (entry.verb, entry.actor_id, entry.function, entry.membership_id, entry.dossier_id, entry.subject, entry.organisation) == (
        "test.touch", noor.worker_id, "worker", noor.pk, dossier.pk, f"dossier {dossier.ref}", team.controller.name,
    )  # fmt: skip


def test_a_refused_action_writes_nothing_at_all(team, noor, touch):
    dossier = make_dossier(team)
    with pytest.raises(Refused):
        touch(actor=actor_for(noor), at=NOW(), dossier=dossier, fail=True)
    assert (Dossier.objects.get(pk=dossier.pk).version, Entry.objects.count()) == (1, 0)


def test_the_same_request_sent_twice_does_it_once(team, noor, touch):
    actor, dossier = actor_for(noor), make_dossier(team)
    first = touch(actor=actor, at=NOW(), dossier=dossier)
    again = touch(actor=actor, at=NOW(), dossier=dossier)
    assert (again, Dossier.objects.get(pk=dossier.pk).version, Entry.objects.count()) == (first, 2, 1)


def test_the_same_request_id_of_somebody_else_is_another_request(team, noor, touch):
    from dataclasses import replace

    dossier, bo = make_dossier(team), make_member(team, name="Bo")
    first = actor_for(noor)
    touch(actor=first, at=NOW(), dossier=dossier)
    touch(actor=replace(actor_for(bo), request_id=first.request_id), at=NOW(), dossier=dossier)
    assert Dossier.objects.get(pk=dossier.pk).version == 3


def test_one_request_id_does_two_different_things_once_each(team, noor, touch):
    actor, dossier = actor_for(noor), make_dossier(team)
    touch(actor=actor, at=NOW(), dossier=dossier)
    restrict_dossier(actor=actor, at=NOW(), dossier=dossier, workers=[])
    assert [entry.verb for entry in Entry.objects.order_by("id")] == ["test.touch", "access.restrict"]
    assert Dossier.objects.get().restricted


@dataclass(frozen=True)
class Loose:
    """Something that hangs on no dossier: it is of a worker, of a team, or of nobody yet."""

    owner_worker_id: int | None = None
    team_id: int | None = None

    def reach(self):
        return Reach(team_id=self.team_id, owner_worker_id=self.owner_worker_id)


@pytest.mark.parametrize(("scope", "whose", "may"), [("own", "mine", True), ("own", "nobody", True), ("own", "theirs", False), ("team", "mine", True), ("team", "theirs", False)])
def test_what_hangs_on_no_dossier_is_for_its_owner_or_its_team(team, scope, whose, may):
    mine, theirs = make_member(team, Role.VOLUNTEER, "Vera"), make_team(team.municipality, name="Team Centrum").lead
    of = {"mine": mine, "theirs": theirs}.get(whose)
    record = Loose(owner_worker_id=of and of.worker_id) if scope == "own" else Loose(team_id=of.team_id)
    if may:
        assert check(actor_for(mine), {Role.VOLUNTEER: Scope(scope)}, record).membership_id == mine.pk
    else:
        with pytest.raises(Absent):
            check(actor_for(mine), {Role.VOLUNTEER: Scope(scope)}, record)


def test_a_changed_record_is_a_conflict_that_shows_how_it_stands_now(team, noor, touch):
    dossier = make_dossier(team)
    touch(actor=actor_for(noor), at=NOW(), dossier=dossier, version=1)
    with pytest.raises(Conflict) as conflict:
        touch(actor=actor_for(noor), at=NOW(), dossier=dossier, version=1)
    assert conflict.value.current.version == 2


@pytest.mark.parametrize("version", ["zzz", "²", "1.0", "-1", "9" * 5000])
def test_what_was_never_a_version_is_a_conflict_and_writes_nothing(team, noor, touch, version):
    dossier = make_dossier(team)
    with pytest.raises(Conflict):
        touch(actor=actor_for(noor), at=NOW(), dossier=dossier, version=version)
    assert (Dossier.objects.get(pk=dossier.pk).version, Entry.objects.count()) == (1, 0)


@pytest.mark.parametrize("role", [r for r in Role if r not in {Role.WORKER, Role.LEAD}])
def test_a_role_that_is_not_declared_is_told_that_it_is_not_there(team, touch, role):
    with pytest.raises(Absent):
        touch(actor=actor_for(make_member(team, role)), at=NOW(), dossier=make_dossier(team))


def test_another_team_is_told_that_it_is_not_there(team, touch):
    other = make_team(team.municipality, name="Team Wheermolen")
    with pytest.raises(Absent):
        touch(actor=actor_for(make_member(other)), at=NOW(), dossier=make_dossier(team))


def test_the_public_may_do_only_what_is_declared_public(team, touch):
    with pytest.raises(Absent):
        touch(actor=public_actor(at=NOW()), at=NOW(), dossier=make_dossier(team))


def test_a_dossier_that_is_closed_to_somebody_is_not_written_in_by_their_own_team(team, noor, touch):
    dossier = make_dossier(team, restricted=True)
    with pytest.raises(Absent):
        touch(actor=actor_for(noor), at=NOW(), dossier=dossier)
    assert (Dossier.objects.get().version, Entry.objects.count()) == (1, 0)


@pytest.mark.parametrize("kind", ["public", "partner", "link", "worker"])
def test_who_is_not_declared_does_nothing_also_where_there_is_no_record(team, kind):
    @action("test.ring", allow={Role.LEAD: Scope.TEAM, LINK: Scope.OWN})
    def ring(*, actor, at):
        """Ring."""

    who = {"public": public_actor(at=NOW()), "partner": Actor("partner", NOW()), "link": link_actor(subject=team.ref, at=NOW())}
    try:
        with pytest.raises(Absent):
            ring(actor=who.get(kind) or actor_for(team.lead_substitute), at=NOW())
        assert Entry.objects.count() == 0
    finally:
        del VERBS["test.ring"]


def test_the_system_passes_and_is_written_down_as_the_system(team, touch):
    touch(actor=system_actor(at=NOW()), at=NOW(), dossier=make_dossier(team))
    assert Entry.objects.get().actor_kind == "system"


def test_an_action_within_an_action_is_one_entry(team, noor):
    @action("test.outer", allow={Role.WORKER: Scope.TEAM}, on="dossier")
    def outer(*, actor, at, dossier):
        """Restrict from within."""
        return restrict_dossier(actor=actor, at=at, dossier=dossier, workers=[])

    try:
        outer(actor=actor_for(noor), at=NOW(), dossier=make_dossier(team))
        assert [e.verb for e in Entry.objects.all()] == ["test.outer"]
    finally:
        del VERBS["test.outer"]


def test_a_step_outside_an_action_refuses_to_run(team, noor):
    with pytest.raises(RuntimeError, match="give_grant is a step"):
        give_grant(actor=actor_for(noor), at=NOW(), dossier=make_dossier(team), worker=noor.worker, kind="casework", purpose="x", basis="y")


def test_after_an_exception_the_next_action_is_checked_again(team, noor, touch):
    with pytest.raises(Refused):
        touch(actor=actor_for(noor), at=NOW(), dossier=make_dossier(team), fail=True)
    assert doors._under_way.get() == ""

