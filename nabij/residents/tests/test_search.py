"""Search before create: any order, and what is heard about people outside one's reach."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from nabij.access.actor import system_actor
from nabij.access.models import Role
from nabij.access.tests.factories import actor_for, make_controller, make_grant, make_member, make_team
from nabij.audit.models import Entry
from nabij.commitments.models import Commitment
from nabij.residents.actions import search, tell_searched
from nabij.residents.linkage import read_words
from nabij.residents.models import Knock
from nabij.residents.queries import Elsewhere, SearchAnswer, search_residents

from .factories import make_resident

pytestmark = pytest.mark.django_db
HOME = {"street": "Dorpsstraat", "number": "14", "postcode": "1441 AB", "place": "Purmerend"}
BORN = {"birth_year": 1951, "birth_month": 7, "birth_day": 4}
FULL = "Jansen 4-7-1951"


def ask(member, words: str) -> SearchAnswer:
    actor = actor_for(member)
    return search(actor=actor, at=actor.at, words=words)


def found(member, words: str) -> list[str]:
    return [candidate.resident.display_name for candidate in ask(member, words).candidates]


@pytest.mark.parametrize(
    "words",
    [
        "de Vries", "vries", "Vri", "jan vries", "VRIES Jan", "vries, J.", "de vries 4-7-1951", "4 juli 1951 vries", "04071951 jan", "1951 vries", "1951 de vries",
        "1951-07-04", "juli 1951 vr", "1441AB 14", "14 vries 1441 ab", "dorpsstraat 14", "06-12345678", "+31 6 12345678", "jansen", "1441 vries",
    ],
)  # fmt: skip
def test_a_person_is_found_by_any_piece_in_any_order(team, words: str) -> None:
    make_resident(
        team,
        "de Vries",
        call_name="Jan",
        initials="J",
        partner_surname="Jansen",
        address=HOME,
        phone="06 12345678",
        **BORN,
    )
    make_resident(
        team,
        "Bakker",
        call_name="Piet",
        birth_year=1980,
        address={**HOME, "number": "16", "street": "Kerkstraat", "postcode": "1442 ZZ"},
    )
    assert found(team.lead, words) == ["Jan de Vries"]


@pytest.mark.parametrize(
    "words", ["jan de vreis", "yan vrees 4-7-1951", "vries 7-4-1951", "jan vris 1441ab 14", "Jan v.d. Fries dorpstraat 14", "jan de vries dorpstr 14"]
)
def test_a_person_is_found_though_it_was_misheard_or_mistyped(team, words: str) -> None:
    make_resident(team, "de Vries", call_name="Jan", address=HOME, **BORN)
    assert found(team.lead, words) == ["Jan de Vries"]


@pytest.mark.parametrize("words", ["", "van der", "xyz", "piet bakker 1980", "Kerkstraat 99"])
def test_who_does_not_fit_is_not_shown(team, words: str) -> None:
    make_resident(team, "de Vries", call_name="Jan", address=HOME, **BORN)
    assert found(team.lead, words) == []


def test_who_fits_less_stands_lower_and_says_what_differs(team) -> None:
    make_resident(team, "de Vries", call_name="Piet", **BORN)
    make_resident(team, "de Vries", call_name="Jan", **BORN)
    first, second = ask(team.lead, "de vries jan 4-7-1951").candidates
    assert (first.resident.display_name, first.sure.label) == ("Jan de Vries", "zeker")
    assert (second.resident.display_name, second.sure.label, second.reasons[-1]) == ("Piet de Vries", "misschien", "andere voornaam")


@pytest.mark.parametrize(
    ("words", "sure"),
    [
        ("wietske proevenaar", "likely"), ("wietske proevenaar 4-7-1951", "certain"),
        ("wietske proevenaar dorpsstraat 14", "certain"), ("wietske proevenaar 0612345678", "certain"),
    ],
)  # fmt: skip
def test_a_name_alone_is_never_certain_however_rare(team, words: str, sure: str) -> None:
    make_resident(team, "Proevenaar", call_name="Wietske", address=HOME, phone="06 12345678", **BORN)
    (only,) = ask(team.lead, words).candidates
    assert only.probability > 0.985
    assert only.sure == sure


@pytest.mark.parametrize("words", ["T de Vries", "de Vries, T", "T. Vries"])
def test_an_initial_is_no_small_word(words: str) -> None:
    first = read_words(words)[0]
    assert (first.surname, first.given_names.rstrip(".")) == ("Vries", "T")


def test_at_equal_likelihood_the_own_residents_come_first(team) -> None:
    other = make_team(team.municipality)
    mine = make_resident(team, "Jansen", call_name="Ans")
    make_grant(make_resident(other, "Jansen", call_name="Ans").dossier, team.lead.worker)
    assert next(one.resident.pk for one in ask(team.lead, "ans jansen").candidates) == mine.pk
    assert [one.mine for one in ask(team.lead, "ans jansen").candidates] == [True, False]


def test_a_merged_dossier_shows_once_as_its_root(team) -> None:
    kept, gone = make_resident(team, "Jansen", call_name="Ans", **BORN), make_resident(team, "Janssen", call_name="Ans", **BORN)
    gone.dossier.root = kept.dossier
    gone.dossier.save()
    assert [one.resident.pk for one in ask(team.lead, "ans janssen 4-7-1951").candidates] == [kept.pk]


def test_a_full_date_also_finds_who_is_known_by_year_alone(team) -> None:
    make_resident(team, "Yilmaz", call_name="Ayşe", birth_year=1951)
    assert found(team.lead, "yilmaz 4-7-1951") == ["Ayşe Yilmaz"]
    assert found(team.lead, "ayse") == ["Ayşe Yilmaz"]


def test_an_unknown_person_is_found_by_the_description(team) -> None:
    make_resident(team, "", known=False, description="Man met hond bij de brug")
    assert found(team.lead, "hond brug") == ["Man met hond bij de brug"]


def test_candidates_come_with_the_reason(team) -> None:
    make_resident(team, "de Vries", call_name="Jan", **BORN)
    [candidate] = ask(team.lead, FULL.replace("Jansen", "jan")).candidates
    assert (candidate.reasons, candidate.mine) == (["zelfde voornaam", "zelfde geboortedatum"], True)


def test_a_full_match_in_another_team_says_which_team_and_its_number(team) -> None:
    other = make_team(team.municipality, name="Team Weidevenne")
    make_resident(other, "Jansen", address=HOME, **BORN)
    for words in (FULL, "jansen 1441ab 14", "14 1441 AB Jansen"):
        answer = ask(team.lead, words)
        assert (answer.candidates, answer.elsewhere) == ([], [Elsewhere("Team Weidevenne", "0299 111 111")])


@pytest.mark.parametrize("words", ["Jansen", "4-7-1951", "jans 4-7-1951", "jansen 1951", "jansen 1441ab", "1441ab 14"])
def test_less_than_a_full_match_says_nothing_about_another_team(team, words: str) -> None:
    make_resident(make_team(team.municipality), "Jansen", address=HOME, **BORN)
    assert not ask(team.lead, words)


def test_a_counter_worker_hears_the_team_and_no_content(team) -> None:
    make_resident(team, "Jansen", **BORN)
    answer = ask(make_member(team, Role.COUNTER), FULL)
    assert (answer.candidates, answer.elsewhere) == ([], [Elsewhere("Team Gors", "0299 111 111")])


def test_a_volunteer_finds_only_their_own_people(team) -> None:
    volunteer = make_member(team, Role.VOLUNTEER, "Vera")
    make_resident(team, "Jansen", call_name="Ans", **BORN)
    own = make_resident(team, "Jansen", call_name="Bep")
    make_grant(own.dossier, volunteer.worker)
    assert found(volunteer, "jansen") == ["Bep Jansen"]
    assert ask(volunteer, FULL).elsewhere == []


def test_restricted_and_other_organisations_are_exactly_as_absent(team) -> None:
    welfare = make_team(team.municipality, make_controller("welfare", "Stichting Dichtbij"))
    make_resident(make_team(team.municipality), "Jansen", restricted=True, **BORN)
    make_resident(welfare, "Dekker", **BORN)
    counts = {}
    for words in (FULL, "Dekker 4-7-1951", "Afwezig 4-7-1951"):
        with CaptureQueriesContext(connection) as queries:
            answer = ask(team.lead, words)
        assert answer == SearchAnswer()
        counts[words] = [query["sql"].split()[0] for query in queries.captured_queries]
    assert counts[FULL] == counts["Dekker 4-7-1951"] == counts["Afwezig 4-7-1951"]


def test_the_own_people_of_a_restricted_dossier_hear_once_a_day_that_somebody_searched(team) -> None:
    other = make_team(team.municipality)
    resident = make_resident(other, "Jansen", restricted=True, **BORN)
    for _time in range(2):
        ask(team.lead, FULL)
        tell_searched(actor=system_actor(at=timezone.now()), at=timezone.now())
    [told] = Commitment.objects.all()
    assert (told.dossier, told.owner, told.what) == (
        resident.dossier,
        other.lead,
        "Er is naar deze inwoner gezocht. Klopt dat?",
    )
    assert team.lead.worker.name not in told.what + told.task.note
    assert Knock.objects.count() == 0


def test_a_restricted_dossier_without_own_people_is_told_to_the_lead_without_the_person(team) -> None:
    other = make_team(team.municipality)
    resident = make_resident(other, "Jansen", **BORN)
    resident.dossier.restricted = True
    resident.dossier.save()
    ask(team.lead, FULL)
    [told] = tell_searched(actor=system_actor(at=timezone.now()), at=timezone.now())
    assert (told.dossier, told.owner, "Jansen" in told.what) == (None, other.lead, False)


def test_a_search_is_written_down_without_its_words(team) -> None:
    make_resident(team, "Jansen", **BORN)
    ask(team.lead, FULL)
    entry = Entry.objects.get(verb="residents.search")
    assert entry.event == "search"
    assert "jansen" not in str(vars(entry)).casefold()


def test_a_search_takes_as_many_queries_for_many_as_for_one(team) -> None:
    def cost() -> int:
        actor = actor_for(team.lead)
        with CaptureQueriesContext(connection) as queries:
            search_residents(actor=actor, words="jansen")
        return len(queries)

    make_resident(team, "Jansen")
    one = cost()
    for number in range(3):
        make_resident(team, "Jansen", call_name=f"Nr{number}")
    assert (one, cost()) == (6, 6)
