"""Scoring life domains: what is kept, what is refused, who reads it, what the pictures say."""

from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import given as any_of
from hypothesis import strategies as st

from nabij.access.actor import system_actor
from nabij.access.agreements import DOMAINS, STEPS, agreements_in
from nabij.access.doors import action
from nabij.access.models import Region
from nabij.access.tests.factories import actor_for, make_controller, make_member, make_team
from nabij.commitments.tests.factories import log_in
from nabij.core.errors import Absent, Refused
from nabij.life_domains import actions, queries
from nabij.life_domains.actions import Given
from nabij.life_domains.models import Moment, Score
from nabij.life_domains.pictures import BOTTOM, LEFT, RIGHT, TOP, path_of, small_multiples
from nabij.residents.tests.factories import make_resident

from .factories import make_moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier(team):
    return make_resident(team, call_name="Riet").dossier


def found(member, dossier):
    return queries.domains_of(actor=actor_for(member), dossier=dossier)


def test_several_domains_are_scored_at_one_moment_and_what_was_not_asked_has_no_row(team, dossier):
    make_moment(team.lead, dossier, Given("money", 1, 2, "Huur achter", "Komt goed"), Given("people", None, 4), Given("mind", None, None, "Wil er niet over praten"), Given("body"))
    domains = found(team.lead, dossier)
    assert {key: (row.worker_step, row.resident_step) for key, row in domains.latest.items()} == {"money": (1, 2), "people": (None, 4), "mind": (None, None)}
    assert [domain.key for domain in domains.acute] == ["money"]
    assert "body" in {domain.key for domain in domains.not_asked}
    assert [picture.key for picture in domains.pictures] == ["money", "people"]


def test_words_stand_only_encrypted(team, dossier):
    make_moment(team.lead, dossier, Given("mind", 2, words="Hoort stemmen", resident_words="Ik slaap niet"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT words, resident_words FROM life_domains_score")
        stored = " ".join(cursor.fetchone())
    assert not [word for word in ("stemmen", "slaap") if word in stored]


@pytest.mark.parametrize("given", [[], [Given("money")], [Given("money", 6)], [Given("money", 0, 3)], [Given("unheard_of", 2)]])
def test_what_cannot_be_is_refused_and_nothing_is_written(team, dossier, given):
    actor = actor_for(team.lead)
    with pytest.raises(Refused):
        actions.score_domains(actor=actor, at=actor.at, dossier=dossier, happened_on=actor.on, given=given)
    with pytest.raises(Refused):
        make_moment(team.lead, dossier, days_ago=-1)
    assert (Moment.objects.count(), Score.objects.count()) == (0, 0)


def test_a_job_scores_nothing(dossier):
    actor = system_actor(at=timezone.now())
    with pytest.raises(Absent):
        actions.score_domains(actor=actor, at=actor.at, dossier=dossier, happened_on=actor.on, given=[Given("money", 2)])
    assert Moment.objects.count() == 0


@pytest.mark.parametrize("wrong", [{"worker_step": 0}, {"resident_step": 6}, {"domain": ""}])
def test_the_database_itself_refuses_what_cannot_be(team, dossier, wrong):
    make_moment(team.lead, dossier)
    with pytest.raises(IntegrityError), transaction.atomic():
        Score.objects.update(**wrong)


def test_the_database_keeps_one_score_a_domain_a_moment(team, dossier):
    moment = make_moment(team.lead, dossier)
    with pytest.raises(IntegrityError), transaction.atomic():
        Score.objects.create(moment=moment, domain="money", worker_step=3)


def test_a_private_moment_is_read_by_its_author_and_the_lead_and_counts_in_no_outcome(team, dossier):
    author, colleague = make_member(team, name="Noor"), make_member(team, name="Bo")
    moment = make_moment(author, dossier, Given("money", 1), audience="private")
    assert [[row.pk for row in found(reader, dossier).moments] for reader in (author, team.lead, colleague)] == [[moment.pk], [moment.pk], []]
    with pytest.raises(Absent):
        queries.moment_at(actor=actor_for(colleague), ref=moment.ref)
    assert found(colleague, dossier).acute == []
    assert queries.latest_and_first(dossier_ids=[dossier.pk]) == {}


def test_another_team_another_organisation_and_a_volunteer_find_nothing(team, dossier):
    moment = make_moment(team.lead, dossier)
    for stranger in (make_team(team.municipality, name="Ander").lead, make_team(team.municipality, make_controller("welfare", "W"), "W").lead):
        assert found(stranger, dossier).moments == []
        for look, ref in ((queries.dossier_at, dossier.ref), (queries.moment_at, moment.ref)):
            with pytest.raises(Absent):
                look(actor=actor_for(stranger), ref=ref)
        with pytest.raises(Absent):
            make_moment(stranger, dossier)
    with pytest.raises(Absent):
        make_moment(make_member(team, "volunteer"), dossier)


def test_a_withdrawn_moment_stays_in_the_record_and_counts_for_nothing(team, dossier):
    author, colleague = make_member(team, name="Noor"), make_member(team, name="Bo")
    make_moment(author, dossier, Given("money", 2, 2), days_ago=9)
    moment = make_moment(author, dossier, Given("money", 5, 5))
    actor = actor_for(colleague)
    with pytest.raises(Refused):
        actions.withdraw_moment(actor=actor, at=actor.at, moment=moment)
    actor = actor_for(author)
    actions.withdraw_moment(actor=actor, at=actor.at, moment=moment)
    domains = found(team.lead, dossier)
    assert (len(domains.moments), domains.latest["money"].worker_step) == (2, 2)
    assert queries.latest_and_first(dossier_ids=[dossier.pk])[dossier.pk]["money"].worker == (2, 2)
    actor = actor_for(team.lead)
    with pytest.raises(Refused):
        actions.withdraw_moment(actor=actor, at=actor.at, moment=moment)


def test_first_and_latest_stand_side_by_side_within_a_period(team, dossier):
    today = timezone.localdate()
    for days, step in ((90, 1), (40, 3), (2, 4)):
        make_moment(team.lead, dossier, Given("money", step, step + 1), days_ago=days)
    change = queries.latest_and_first(dossier_ids=[dossier.pk])[dossier.pk]["money"]
    assert (change.first_on, change.latest_on, change.worker, change.resident) == (today - timedelta(90), today - timedelta(2), (1, 4), (2, 5))
    period = {"since": today - timedelta(60), "until": today - timedelta(10)}
    assert queries.latest_and_first(dossier_ids=[dossier.pk], **period)[dossier.pk]["money"].worker == (3, 3)


def test_a_region_uses_its_own_names_and_an_old_score_keeps_its_domain(team, dossier):
    make_moment(team.lead, dossier, Given("money", 2))
    rows = [{"key": "money", "name": "Centen", "used": False}, {"key": "own", "name": "Dieren", "used": True}]
    team.municipality.region = Region.objects.create(name="Waterland", domains=rows)
    team.municipality.save()
    dossier.refresh_from_db()
    domains = found(team.lead, dossier)
    assert [domain.name for domain in domains.agreements.used] == ["Dieren"]
    assert [(domain.name, domain.used) for domain in domains.asked] == [("Centen", False)]
    with pytest.raises(Refused):
        make_moment(team.lead, dossier, Given("money", 3))
    make_moment(team.lead, dossier, Given("own", 3))


def test_without_a_region_the_shipped_list_holds():
    shipped = agreements_in(region=None)
    assert [domain.key for domain in shipped.used] == list(DOMAINS)
    assert shipped.steps == tuple(str(word) for word in STEPS)
    assert shipped.step(1) == "1. Zo kan het niet langer"


def test_erasing_empties_the_words_and_the_resident_may_read_them_before(team, dossier):
    make_moment(team.lead, dossier, Given("mind", 2, 3, "Hoort stemmen", "Ik slaap niet"), audience="private")
    told = queries.export_scores(dossier=dossier)
    assert [(row["domain"], row["words"], row["resident_words"]) for row in told] == [("Psychische gezondheid", "Hoort stemmen", "Ik slaap niet")]

    @action("test.erase_scores", allow={})
    def erase(*, actor, at):
        actions.erase_scores(actor=actor, at=at, dossier=dossier)

    erase(actor=system_actor(at=timezone.now()), at=timezone.now())
    assert [(row.words, row.resident_words, row.worker_step) for row in Score.objects.all()] == [("", "", 2)]


class Row:
    def __init__(self, on, worker_step, resident_step, domain="money"):
        self.on, self.worker_step, self.resident_step, self.domain = on, worker_step, resident_step, domain


STEP = st.none() | st.integers(1, 5)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is slow, not wrong
@any_of(st.lists(st.builds(Row, st.dates(), STEP, STEP, st.sampled_from(["money", "mind", "gone"])), max_size=30))
def test_every_point_lies_within_the_picture_and_in_the_order_of_time(rows):
    pictures = small_multiples({"money": "Geld", "mind": "Geest"}, sorted(rows, key=lambda row: row.on))
    for picture in pictures:
        for points in (picture.worker, picture.resident):
            assert [point.x for point in points] == sorted(point.x for point in points)
            assert all(LEFT <= point.x <= RIGHT and TOP - 4 <= point.y <= BOTTOM + 4 for point in points)
        assert path_of(picture.worker).count(",") == len(picture.worker)


def test_the_page_scores_by_form_draws_well_formed_pictures_and_asks_the_same_queries_for_1_and_30_moments(client, team, dossier, django_assert_max_num_queries):
    log_in(client, team.lead.worker)
    page = f"/life-domains/{dossier.ref}"
    answer = client.post(page, {"happened_on": timezone.localdate().isoformat(), "audience": "resident", "worker_money": "1", "said_money": "Ik durf de post niet te openen", "request_id": "a"})
    assert (answer.status_code, answer["Location"]) == (302, page)
    with django_assert_max_num_queries(40) as first:
        text = client.get(page).text
    for number in range(30):
        make_moment(team.lead, dossier, *[Given(key, 1 + number % 5, 3) for key in DOMAINS], days_ago=number)
    with django_assert_max_num_queries(40) as many:
        client.get(page)
    assert len(first) == len(many)
    assert "Ik durf de post niet te openen" in text and "Staat hiervoor een doel in het plan?" in text
    fragment = client.get(f"{page}/picture", headers={"HX-Request": "true"}).text
    drawn = [part.partition("</svg>")[0] for part in fragment.split("<svg class=\"domain-picture\"")[1:]]
    assert len(drawn) == len(DOMAINS)
    assert [ET.fromstring("<svg" + part + "</svg>").tag for part in drawn] == ["svg"] * len(drawn)
    assert "<html" not in fragment and "<html" in client.get(f"{page}/picture").text


def test_a_refused_moment_keeps_what_was_typed(client, team, dossier):
    log_in(client, team.lead.worker)
    answer = client.post(f"/life-domains/{dossier.ref}", {"happened_on": "2199-01-01", "audience": "team", "words_money": "Huur achter"})
    assert answer.status_code == 422
    assert "Huur achter" in answer.text and "Deze dag is nog niet geweest." in answer.text
    assert "Er is nog niets ingevuld." in client.post(f"/life-domains/{dossier.ref}", {"happened_on": "2026-01-01", "audience": "team"}).text
