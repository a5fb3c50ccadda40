"""The whole file is gone through; a colleague says what is true; who was erased does not come back."""

import pytest
from django.core.management import call_command

from nabij.access.models import Dossier
from nabij.access.tests.factories import actor_for, make_municipality, make_team
from nabij.duplicates import actions, queries
from nabij.duplicates.models import Gone, Merge, Pair
from nabij.linkage import Person
from nabij.residents.actions import change_names
from nabij.residents.tests.factories import make_resident

from .factories import HOME, join, make_twice

pytestmark = pytest.mark.django_db


def found() -> list[tuple[int, int, str]]:
    call_command("duplicates", verbosity=0)
    return list(Pair.objects.order_by("pk").values_list("one_id", "two_id", "state"))


def test_the_command_finds_who_stands_in_the_file_twice_and_nobody_else(team) -> None:
    one, two = make_twice(team)
    make_resident(team, "Jansen", call_name="Piet", birth_year=1980, birth_month=1, birth_day=2)
    make_resident(team, "Vermeulen", call_name="Kees", birth_year=1990, birth_month=3, birth_day=5)
    assert found() == [(one.pk, two.pk, "new")]
    pair = Pair.objects.get()
    assert pair.probability > 0.5
    assert "birth:same" in pair.levels


def test_the_command_run_again_changes_nothing(team) -> None:
    make_twice(team)
    first = found()
    before = list(Pair.objects.values())
    assert found() == first
    assert list(Pair.objects.values()) == before


def test_two_organisations_are_never_laid_side_by_side(team) -> None:
    make_twice(team, make_team(make_municipality()))
    assert found() == []


def test_not_the_same_person_is_proposed_again_only_when_something_changed(team) -> None:
    one, two = make_twice(team)
    found()
    actor = actor_for(team.lead)
    actions.call_different(actor=actor, at=actor.at, pair=Pair.objects.get())
    assert found() == [(one.pk, two.pk, "different")]
    actor = actor.again()
    change_names(actor=actor, at=actor.at, resident=two, call_name="Ria")
    assert found() == [(one.pk, two.pk, "new")]


def test_who_was_merged_is_not_proposed_again(team) -> None:
    one, two = make_twice(team)
    join(one, two, team.lead)
    call_command("duplicates", verbosity=0)
    assert queries.pairs_to_look_at(actor=actor_for(team.lead)) == []


def test_only_pairs_of_which_both_may_be_opened_stand_in_the_list(team) -> None:
    _one, two = make_twice(team)
    found()
    actor = actor_for(team.lead)
    assert [names for _pair, *names in queries.pairs_to_look_at(actor=actor)] == [["Ria Vermeulen", "Rita Vermeulen"]]
    Dossier.objects.filter(pk=two.pk).update(restricted=True)
    assert queries.pairs_to_look_at(actor=actor) == []


def test_both_sides_show_what_is_equal_and_what_differs(team) -> None:
    make_twice(team)
    found()
    shown = queries.facing(actor=actor_for(team.lead), pair=Pair.objects.get())
    assert [(line.group, line.same, line.conflict) for line in shown.lines] == [
        ("name", False, True), ("birth", True, False), ("address", False, True), ("language", False, False),
    ]  # fmt: skip


def erase(resident) -> None:
    from nabij.access.actor import system_actor
    from nabij.access.doors import action

    actor = system_actor(at=actor_for(resident.dossier.team.lead).at)

    @action("duplicates.test_erase", allow={})
    def run(*, actor, at) -> None:
        actions.erase_duplicates(actor=actor, at=at, dossier=resident.dossier)

    run(actor=actor, at=actor.at)


def test_who_was_erased_is_recognised_without_a_name_being_kept(team) -> None:
    one, _two = make_twice(team)
    erase(one)
    house = team.controller_id
    day = actor_for(team.lead).on
    born = {"birth_year": 1951, "birth_month": 7, "birth_day": 4}
    assert queries.erased_before(controller_id=house, person=Person(surname="VERMEULEN", **born)) == day
    assert queries.erased_before(controller_id=house, person=Person(surname="Vermeulen", call_name="Ria", postcode="1441ab", number="12")) == day
    assert queries.erased_before(controller_id=house, person=Person(surname="Vermeulen", birth_year=1951)) is None
    assert queries.erased_before(controller_id=house, person=Person(surname="Bakker", **born)) is None
    assert queries.erased_before(controller_id=house + 1, person=Person(surname="Vermeulen", **born)) is None
    assert not any("vermeulen" in str(row).lower() for row in Gone.objects.values())
    assert HOME["postcode"] == "1441 AB"


def test_erasing_takes_away_the_pair_and_what_was_kept_for_undoing(team) -> None:
    one, two = make_twice(team)
    join(one, two, team.lead, choices={"name": two.dossier.ref})
    erase(one)
    kept = Merge.objects.get()
    assert (kept.before, kept.choices, kept.reason) == ({}, {}, "—")
    assert not Pair.objects.exists()
