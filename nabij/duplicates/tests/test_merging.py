"""Merging is a pointer: nothing moves, everything is shown, the narrower access wins, and it can be undone."""

import pytest
from django.utils import timezone

from nabij.access.models import Acquaintance, Dossier, Role
from nabij.access.tests.factories import actor_for, make_dossier, make_grant, make_member, make_municipality, make_team
from nabij.audit.models import Entry, Event
from nabij.commitments.actions import add_task
from nabij.core.errors import Absent, Refused
from nabij.duplicates import actions
from nabij.duplicates.models import Merge, Pair
from nabij.residents.models import Address, Resident
from nabij.residents.queries import search_residents

from .factories import join, lay, make_twice, part

pytestmark = pytest.mark.django_db


def opens(member, dossier) -> bool:
    return Dossier.objects.visible_to(actor_for(member)).filter(pk=dossier.pk).exists()


def plan(dossier, owner, what="Bellen"):
    actor = actor_for(owner)
    return add_task(actor=actor, at=actor.at, what=what, owner=owner, due_at=actor.at, dossier=dossier)


def test_somebody_merged_is_found_once_by_either_name(team) -> None:
    one, two = make_twice(team)
    join(one, two, team.lead)
    for words in ("Ria Vermeulen 4-7-1951", "Rita Vermeulen 4-7-1951"):
        found = search_residents(actor=actor_for(team.lead), words=words).candidates
        assert [candidate.resident.pk for candidate in found] == [one.pk]


def test_the_chosen_value_of_each_group_is_shown_and_goes_back(team) -> None:
    one, two = make_twice(team)
    merge = join(one, two, team.lead, choices={"name": two.dossier.ref, "address": one.dossier.ref})
    shown = Resident.objects.get(pk=one.pk)
    assert (shown.call_name, shown.language) == ("Rita", "Fries")
    assert Address.objects.get(dossier=two.dossier).until_on is not None
    part(merge, team.lead)
    shown.refresh_from_db()
    assert (shown.call_name, shown.language) == ("Ria", "")
    assert Address.objects.get(dossier=two.dossier).until_on is None


def test_what_somebody_changed_since_stays_after_undoing(team) -> None:
    one, two = make_twice(team)
    merge = join(one, two, team.lead, choices={"name": two.dossier.ref})
    Resident.objects.filter(pk=one.pk).update(call_name="Marie")
    part(merge, team.lead)
    assert Resident.objects.get(pk=one.pk).call_name == "Marie"


@pytest.mark.parametrize("first", [0, 1])
def test_a_chain_is_undone_in_any_order(team, first) -> None:
    (one, two), (three, _four) = make_twice(team), make_twice(team)
    merges = [join(two, one, team.lead, choices={"name": one.dossier.ref}), join(three, two, team.lead)]
    assert set(Dossier.objects.filter(root=three.dossier).values_list("pk", flat=True)) == {one.pk, two.pk, three.pk}
    part(merges.pop(first), team.lead)
    alone = three if first else one
    assert Dossier.objects.filter(root=alone.dossier).count() == 1
    part(merges.pop(), team.lead)
    assert list(Dossier.objects.exclude(root_id=None).filter(pk__in=[one.pk, two.pk, three.pk]).order_by("pk").values_list("root_id", flat=True)) == [one.pk, two.pk, three.pk]
    assert Resident.objects.get(pk=two.pk).call_name == "Rita"


def test_only_who_could_open_both_opens_what_was_merged(team) -> None:
    other = make_team(team.municipality, team.controller, name="Team Weer")
    both = make_member(team, Role.LEAD, "Bo")
    make_member(other, worker=both.worker)
    one, two = make_twice(team, other)
    merge = join(one, two, both)
    assert opens(both, one.dossier)
    assert not opens(team.lead, one.dossier)
    assert not opens(other.lead, one.dossier)
    assert not opens(other.lead, two.dossier)
    part(merge, both)
    assert opens(team.lead, one.dossier)
    assert opens(other.lead, two.dossier)


def test_an_older_grant_to_one_side_does_not_open_the_other(team) -> None:
    one, two = make_twice(team)
    volunteer = make_member(team, Role.VOLUNTEER, "Vera")
    make_grant(two.dossier, volunteer.worker)
    join(one, two, team.lead)
    assert not opens(volunteer, one.dossier)
    assert not opens(volunteer, two.dossier)


def test_who_is_let_in_after_the_merge_opens_it(team) -> None:
    one, two = make_twice(team)
    volunteer = make_member(team, Role.VOLUNTEER, "Vera")
    join(one, two, team.lead)
    make_grant(one.dossier, volunteer.worker)
    assert opens(volunteer, one.dossier)
    assert opens(volunteer, two.dossier)


def test_a_person_widens_the_access(team) -> None:
    other = make_team(team.municipality, team.controller, name="Team Weer")
    both = make_member(team, Role.LEAD, "Bo")
    make_member(other, worker=both.worker)
    one, two = make_twice(team, other)
    merge, actor = join(one, two, both), actor_for(both)
    actions.widen(actor=actor, at=actor.at, merge=merge)
    assert opens(team.lead, one.dossier)
    assert not opens(other.lead, one.dossier)


def test_the_restricted_one_must_stay_and_stays_closed(team) -> None:
    one, two = make_twice(team)
    named = make_member(team, Role.WORKER, "Nadia")
    Dossier.objects.filter(pk=two.pk).update(restricted=True)
    make_grant(two.dossier, named.worker, kind="restricted")
    with pytest.raises(Refused) as refused:
        join(one, two, named)
    assert refused.value.field == "keep"
    two.dossier.refresh_from_db()
    join(two, one, named)
    assert opens(named, one.dossier)
    assert not opens(team.lead, one.dossier)


def test_a_restricted_dossier_is_as_absent_to_who_may_not_open_it(team) -> None:
    one, two = make_twice(team)
    pair = lay(one, two, team.lead)
    Dossier.objects.filter(pk=two.pk).update(restricted=True)
    actor = actor_for(team.lead)
    assert not Pair.objects.visible_to(actor).exists()
    with pytest.raises(Absent):
        actions.merge(actor=actor, at=actor.at, pair=pair, keep=one.dossier, reason="x")
    with pytest.raises(Absent):
        actions.look_at(actor=actor.again(), at=actor.at, dossier=one.dossier, other=two.dossier)
    assert not Merge.objects.exists()


def test_another_organisation_is_never_merged(team) -> None:
    elsewhere = make_team(make_municipality())
    both = make_member(team, Role.LEAD, "Bo")
    make_member(elsewhere, worker=both.worker)
    one, two = make_twice(team, elsewhere)
    with pytest.raises(Absent):
        lay(one, two, both)


def laid(one, two) -> Pair:
    """Return a pair of which nobody asked whether it may be one."""
    now = timezone.now()
    return Pair.objects.create(one=one, two=two, probability=0.9, levels=[], mark="", found_at=now)


def test_a_pair_over_two_organisations_is_not_merged_either(team) -> None:
    elsewhere = make_team(make_municipality())
    both = make_member(team, Role.LEAD, "Bo")
    make_member(elsewhere, worker=both.worker)
    one, two = make_twice(team, elsewhere)
    actor = actor_for(both)
    with pytest.raises(Absent):
        actions.merge(actor=actor, at=actor.at, pair=laid(one.dossier, two.dossier), keep=one.dossier, reason="Zelf gevraagd")
    assert (Merge.objects.count(), Dossier.objects.get(pk=two.pk).root_id) == (0, two.pk)


def test_a_dossier_of_nobody_is_not_merged(team) -> None:
    one, nobody = make_twice(team)[0].dossier, make_dossier(team)
    actor = actor_for(team.lead)
    with pytest.raises(Absent):
        actions.merge(actor=actor, at=actor.at, pair=laid(one, nobody), keep=one, reason="Zelf gevraagd")
    assert (Merge.objects.count(), Dossier.objects.get(pk=nobody.pk).root_id) == (0, nobody.pk)


def test_a_merge_says_how_it_is_known_and_happens_once(team) -> None:
    one, two = make_twice(team)
    pair, actor = lay(one, two, team.lead), actor_for(team.lead)
    with pytest.raises(Refused, match="Schrijf op hoe je weet") as refused:
        actions.merge(actor=actor, at=actor.at, pair=pair, keep=one.dossier, reason=" ")
    assert (refused.value.field, Merge.objects.count()) == ("reason", 0)
    join(one, two, team.lead)
    for keep in (one.dossier, two.dossier):
        with pytest.raises(Refused, match="al samengevoegd"):
            actions.merge(actor=actor.again(), at=actor.at, pair=pair, keep=keep, reason="Zelf gevraagd")
    assert Merge.objects.count() == 1


def test_a_merge_is_undone_once_and_then_opens_nothing_more(team) -> None:
    other = make_team(team.municipality, team.controller, name="Team Weer")
    both = make_member(team, Role.LEAD, "Bo")
    make_member(other, worker=both.worker)
    merge = join(*make_twice(team, other), both)
    part(merge, both)
    with pytest.raises(Refused, match="al ongedaan gemaakt"):
        part(merge, both)
    with pytest.raises(Absent):  # the other side is not theirs
        part(merge, team.lead)
    actor = actor_for(both)
    with pytest.raises(Absent):
        actions.widen(actor=actor, at=actor.at, merge=merge)
    assert Merge.objects.get().narrow_from is not None


def test_nobody_tells_two_apart_of_whom_one_is_closed_to_them(team) -> None:
    one, two = make_twice(team)
    pair = lay(one, two, team.lead)
    Dossier.objects.filter(pk=two.pk).update(restricted=True)
    actor = actor_for(team.lead)
    with pytest.raises(Absent):
        actions.call_different(actor=actor, at=actor.at, pair=pair)
    assert Pair.objects.get().state == Pair.State.NEW


def test_who_knows_one_of_them_opens_neither(team) -> None:
    one, two = make_twice(team)
    Acquaintance.objects.create(worker=team.lead_substitute.worker, dossier=two.dossier)
    join(one, two, team.lead)
    assert not opens(team.lead_substitute, one.dossier)


def test_nobody_loses_the_work_they_answer_for(team) -> None:
    one, two = make_twice(team)
    volunteer = make_member(team, Role.VOLUNTEER, "Vera")
    make_grant(two.dossier, volunteer.worker)
    plan(two.dossier, volunteer)
    with pytest.raises(Refused) as refused:
        join(one, two, team.lead)
    assert "Vera" in refused.value.message
    assert not Merge.objects.exists()
    join(one, two, team.lead, widen=True)
    assert opens(volunteer, one.dossier)


def test_a_merge_and_its_undoing_stand_in_the_log_with_both_dossiers(team) -> None:
    one, two = make_twice(team)
    part(join(one, two, team.lead), team.lead)
    rows = Entry.objects.filter(event=Event.MERGE).order_by("pk")
    assert [row.verb for row in rows] == ["duplicates.merge", "duplicates.unmerge"]
    assert all(str(one.pk) in row.dossiers and str(two.pk) in row.dossiers for row in rows)


