"""Moving, safety notes, who decides, death, export and erasure."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from nabij.access import doors
from nabij.access.actor import system_actor
from nabij.access.models import NeighbourhoodPostcode, TeamArea
from nabij.access.tests.factories import LONG_AGO, actor_for, make_neighbourhood, make_team
from nabij.commitments.actions import add_task
from nabij.commitments.models import Commitment
from nabij.core.errors import Refused
from nabij.residents import actions
from nabij.residents.models import Address, Resident, SafetyNote, SearchKey, SearchLine, SearchVariant, SearchWord
from nabij.residents.queries import export_residents, names_of, notes_to_review, safety_of

from .factories import make_resident

pytestmark = pytest.mark.django_db
OLD = {"street": "Dorpsstraat", "number": "14", "postcode": "1441 AB", "place": "Purmerend"}
NEW = {"street": "Kerkstraat", "number": "2", "postcode": "1442 ZZ", "place": "Purmerend"}


@pytest.fixture
def resident(team) -> Resident:
    return make_resident(team, call_name="Jan", address={**OLD, "from_on": LONG_AGO}, phone="0612345678")


def do(team, action, **arguments: object):
    actor = actor_for(team.lead)
    return action(actor=actor, at=actor.at, **arguments)


def area(team, postcode: str):
    place = make_neighbourhood(team.municipality)
    NeighbourhoodPostcode.objects.create(neighbourhood=place, postcode=postcode)
    TeamArea.objects.create(team=team, neighbourhood=place, from_on=LONG_AGO)
    return place


def moved_tasks() -> list[str]:
    return list(Commitment.objects.filter(task__reason="moved").values_list("owner__worker__name", flat=True))


def open_work(team, resident: Resident) -> None:
    do(
        team,
        add_task,
        what="Bellen",
        owner=team.lead_substitute,
        due_at=timezone.now() + timedelta(1),
        dossier=resident.dossier,
    )


def test_a_move_ends_the_old_home_and_is_found_by_the_new_one(team, resident) -> None:
    area(team, "1442")
    today = timezone.localdate()
    do(team, actions.record_move, dossier=resident.dossier, **NEW)
    old, new = Address.objects.order_by("pk")
    assert (old.until_on, new.from_on, new.until_on) == (today - timedelta(1), today, None)
    assert new.neighbourhood.name == "De Gors"
    line = SearchLine.objects.get(pk=resident.pk).line
    assert "1442zz" in line
    assert "1441ab" not in line
    assert moved_tasks() == []


def test_a_move_to_another_teams_streets_asks_who_answers_to_hand_over(team, resident) -> None:
    area(make_team(team.municipality), "1442")
    do(team, actions.record_move, dossier=resident.dossier, **NEW)
    assert moved_tasks() == []  # nothing is open: nothing to hand over
    open_work(team, resident)
    do(team, actions.record_move, dossier=resident.dossier, **NEW)
    do(team, actions.record_move, dossier=resident.dossier, **NEW)
    assert moved_tasks() == ["Sam"]


def test_a_move_to_a_secret_address_tells_nobody_where(team, resident) -> None:
    open_work(team, resident)
    do(team, actions.record_move, dossier=resident.dossier, secret=True, **NEW)
    assert moved_tasks() == []
    assert [address.line for address in Address.objects.order_by("pk")] == ["Dorpsstraat 14, 1441 AB Purmerend", ""]
    assert "kerk" not in SearchLine.objects.get(pk=resident.pk).line


def test_making_an_address_secret_takes_it_out_of_every_open_column(team, resident) -> None:
    address = Address.objects.get()
    do(team, actions.change_address, address=address, version=address.version, secret=True, **OLD)
    address.refresh_from_db()
    assert (address.line, address.secret_text, address.version) == ("", "Dorpsstraat 14, 1441 AB Purmerend", 2)
    line = SearchLine.objects.get(pk=resident.pk).line
    assert "1441ab" not in line
    assert "dorpsstraat" not in line


def test_no_fixed_address_is_an_address(team, resident) -> None:
    assert do(team, actions.add_address, dossier=resident.dossier, kind="none").line == ""
    with pytest.raises(Refused):
        do(team, actions.add_address, dossier=resident.dossier, kind="stay")
    with pytest.raises(Refused):
        do(team, actions.end_address, address=Address.objects.first(), until_on=date(1999, 1, 1))


def test_a_safety_note_has_an_author_a_review_date_and_an_end(team, resident) -> None:
    soon = timezone.localdate() + timedelta(30)
    note = do(
        team,
        actions.add_safety_note,
        dossier=resident.dossier,
        fact="Hond beet",
        what_to_do="Bel eerst",
        review_on=soon,
    )
    assert note.author == team.lead
    assert safety_of(dossier_ids=[resident.pk]) == {resident.pk: [note]}
    assert list(notes_to_review(team_ids=[team.pk], on=soon)) == [note]
    do(team, actions.review_safety_note, note=note, review_on=soon + timedelta(30))
    assert list(notes_to_review(team_ids=[team.pk], on=soon)) == []
    do(team, actions.end_safety_note, note=note)
    assert safety_of(dossier_ids=[resident.pk]) == {}
    with pytest.raises(Refused):
        do(team, actions.end_safety_note, note=note)


@pytest.mark.parametrize(
    "changed", [{"fact": " "}, {"what_to_do": ""}, {"review_on": date(2020, 1, 1)}, {"review_on": date(2999, 1, 1)}]
)
def test_a_safety_note_is_a_fact_with_what_to_do_and_a_day_within_a_year(team, resident, changed: dict) -> None:
    fields = {
        "fact": "Hond beet",
        "what_to_do": "Bel eerst",
        "review_on": timezone.localdate() + timedelta(30),
        **changed,
    }
    with pytest.raises(Refused) as refused:
        do(team, actions.add_safety_note, dossier=resident.dossier, **fields)
    assert [refused.value.field] == list(changed)
    assert SafetyNote.objects.count() == 0


def test_authority_is_for_children_and_a_representative_for_adults(team, resident) -> None:
    child = make_resident(team, birth_year=timezone.localdate().year - 9)
    grown = make_resident(team, birth_year=timezone.localdate().year - 30)
    written = do(team, actions.add_authority, dossier=child.dossier, holder_name="Oma", guardian=True, from_on=LONG_AGO)
    with pytest.raises(Refused):
        do(team, actions.add_authority, dossier=grown.dossier, holder_name="Oma", from_on=LONG_AGO)
    with pytest.raises(Refused):
        do(team, actions.end_authority, authority=written, until_on=date(1999, 1, 1))
    acts = do(
        team,
        actions.add_representative,
        dossier=grown.dossier,
        kind="mentor",
        name="Mevrouw Kok",
        phone="0299452100",
        from_on=LONG_AGO,
    )
    assert acts.phone == "0299 452 100"
    assert (
        do(team, actions.end_representative, representative=acts, until_on=timezone.localdate()).until_on
        == timezone.localdate()
    )


def test_a_step_of_death_writes_the_day_once(team, resident) -> None:
    @doors.action("test.death", allow={})
    def die(*, actor, at, on):
        """Write down a death."""
        return actions.mark_deceased(actor=actor, at=at, resident=resident, on=on)

    now = timezone.now()
    actor, today = system_actor(at=now), timezone.localdate()
    for wrong in (today + timedelta(1), date(1900, 1, 1)):
        resident.birth_year = 1951
        with pytest.raises(Refused):
            die(actor=actor, at=now, on=wrong)
    assert die(actor=actor, at=now, on=today).deceased_on == today
    with pytest.raises(Refused):
        die(actor=actor, at=now, on=today)
    del doors.VERBS["test.death"]


def test_the_export_holds_all_words_and_erasing_leaves_none(team, resident) -> None:
    soon = timezone.localdate() + timedelta(30)
    do(
        team,
        actions.add_safety_note,
        dossier=resident.dossier,
        fact="Hond beet",
        what_to_do="Bel eerst",
        review_on=soon,
    )
    do(team, actions.add_address, dossier=resident.dossier, secret=True, **NEW)
    words = str(export_residents(dossier=resident.dossier))
    for word in ("Jan", "Vries", "Dorpsstraat", "06 12345678", "Hond beet", "Bel eerst", "Kerkstraat"):
        assert word in words

    @doors.action("test.erase", allow={})
    def erase(*, actor, at):
        """Erase."""
        actions.erase_residents(actor=actor, at=at, dossier=resident.dossier)

    erase(actor=system_actor(at=timezone.now()), at=timezone.now())
    del doors.VERBS["test.erase"]
    left = str(export_residents(dossier=resident.dossier))
    for word in ("Jan", "Vries", "Dorpsstraat", "06 12345678", "Hond beet", "Bel eerst", "Kerkstraat"):
        assert word not in left
    assert (SearchKey.objects.count(), SearchLine.objects.count()) == (0, 0)
    assert (SearchWord.objects.count(), SearchVariant.objects.count()) == (1, 1)  # only the word that counts everybody
    assert SearchWord.objects.get().count == 0
    assert names_of(dossier_ids=[resident.pk]) == {resident.pk: "—"}


def test_the_database_refuses_a_note_without_what_to_do_and_an_end_before_the_start(team, resident) -> None:
    soon = timezone.localdate() + timedelta(30)
    do(
        team,
        actions.add_safety_note,
        dossier=resident.dossier,
        fact="Hond beet",
        what_to_do="Bel eerst",
        review_on=soon,
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        SafetyNote.objects.update(what_to_do="")
    with pytest.raises(IntegrityError), transaction.atomic():
        Address.objects.update(until_on=date(1999, 1, 1))
