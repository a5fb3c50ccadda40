from decimal import Decimal

import pytest
from django.db import Error, connection, transaction
from django.utils import timezone

from nabij.access.tests.factories import actor_for, make_grant, make_member, make_team
from nabij.casework.actions import (
    add_activity,
    ask_breakthrough,
    close_case,
    finish_activity,
    give_volunteer,
    give_word,
    set_limit,
)
from nabij.casework.models import Breakthrough
from nabij.casework.queries import limit_of
from nabij.commitments.models import Commitment, Task
from nabij.commitments.tests.factories import log_in
from nabij.core.errors import Absent, Refused
from nabij.residents.tests.factories import make_resident

from .factories import make_case

pytestmark = pytest.mark.django_db
WHAT = {"text": "Wasmachine kopen", "reason": "De bijzondere bijstand duurt acht weken.", "rung": 5, "carrier": "Het wijkteam"}


@pytest.fixture
def member():
    return make_member(make_team(), name="Noor")


@pytest.fixture
def peer(member):
    return make_member(member.team, name="Bo")


@pytest.fixture
def case(member):
    return make_case(member, make_resident(member.team, "Bakker", call_name="Rie").dossier)


def do(action, member, **facts):
    return action(actor=actor_for(member), at=timezone.now(), **facts)


def limit_to(team, amount):
    administrator = make_member(team, "administrator", name="Ada")
    return do(set_limit, administrator, municipality=team.municipality, amount=Decimal(amount))


def test_what_costs_nothing_is_agreed_at_once_and_stands_in_the_plan(member, case):
    measure = do(ask_breakthrough, member, case=case, **WHAT)
    assert (measure.state, measure.commitment.owner, measure.commitment.due_at) == ("agreed", member, case.commitment.due_at)
    assert measure.activity.shares_date is True


def test_up_to_the_amount_of_the_municipality_somebody_decides_alone(member, case):
    limit_to(member.team, 300)
    measure = do(ask_breakthrough, member, case=case, amount=Decimal(300), **WHAT)
    assert (measure.state, measure.limit) == ("agreed", Decimal(300))


def test_above_the_amount_a_colleague_owns_it_until_the_word(member, peer, case):
    limit_to(member.team, 300)
    measure = do(ask_breakthrough, member, case=case, amount=Decimal("300.01"), peer=peer, **WHAT)
    assert (measure.state, measure.commitment.owner, measure.commitment.is_open) == ("asked", peer, True)
    agreed = do(give_word, peer, breakthrough=measure, agrees=True)
    row = Commitment.objects.get(pk=measure.activity_id)
    assert (agreed.state, agreed.peer, row.owner, row.due_at) == ("agreed", peer, member, case.commitment.due_at)


def test_a_municipality_that_set_nothing_wants_a_word_about_every_euro(member, case):
    assert limit_of(municipality_id=member.team.municipality_id) == 0
    with pytest.raises(Refused, match="kijkt een collega mee"):
        do(ask_breakthrough, member, case=case, amount=Decimal(1), **WHAT)


def test_a_no_has_a_reason_and_comes_back_as_a_task(member, peer, case):
    measure = do(ask_breakthrough, member, case=case, amount=Decimal(900), peer=peer, **WHAT)
    with pytest.raises(Refused, match="waarom niet"):
        do(give_word, peer, breakthrough=measure, agrees=False)
    refused = do(give_word, peer, breakthrough=measure, agrees=False, words="De woningbouw betaalt dit.")
    row, task = Commitment.objects.get(pk=measure.activity_id), Task.objects.get()
    assert (refused.state, row.outcome, row.is_open) == ("refused", "refused", False)
    assert (task.note, task.commitment.owner) == ("De woningbouw betaalt dit.", member)


def test_nobody_gives_the_word_about_their_own_measure(member, peer, case):
    with pytest.raises(Refused, match="een andere"):
        do(ask_breakthrough, member, case=case, amount=Decimal(900), peer=member, **WHAT)
    measure = do(ask_breakthrough, member, case=case, amount=Decimal(900), peer=peer, **WHAT)
    with pytest.raises(Refused, match="zelf gevraagd"):
        do(give_word, member, breakthrough=measure, agrees=True)


@pytest.mark.parametrize("role", ["worker", "volunteer"])
def test_who_is_not_paid_is_not_asked_also_where_they_may_open_the_dossier(member, case, role):
    unpaid = make_member(member.team, role, name="Vera", paid=False)
    make_grant(case.commitment.dossier, unpaid.worker)
    with pytest.raises(Refused, match="Kies een andere betaalde collega") as refused:
        do(ask_breakthrough, member, case=case, amount=Decimal(900), peer=unpaid, **WHAT)
    assert (refused.value.field, Breakthrough.objects.count(), case.activities.count()) == ("peer", 0, 0)


def test_a_colleague_who_may_not_open_the_dossier_is_not_asked(member, case):
    elsewhere = make_member(make_team(member.team.municipality, name="Team Elders"), name="Bo")
    with pytest.raises(Refused, match="niet openen"):
        do(ask_breakthrough, member, case=case, amount=Decimal(900), peer=elsewhere, **WHAT)


def test_what_waits_is_not_finished_nor_given_away_before_the_word(member, peer, case):
    measure = do(ask_breakthrough, member, case=case, amount=Decimal(900), peer=peer, **WHAT)
    volunteer = make_member(member.team, "volunteer", name="Vic")
    with pytest.raises(Refused, match="wacht op het woord"):
        do(finish_activity, peer, activity=measure.activity)
    with pytest.raises(Refused, match="wacht op het woord"):
        do(give_volunteer, member, activity=measure.activity, volunteer=volunteer)


def test_a_word_is_given_once(member, peer, case):
    measure = do(ask_breakthrough, member, case=case, amount=Decimal(900), peer=peer, **WHAT)
    do(give_word, peer, breakthrough=measure, agrees=True)
    with pytest.raises(Refused, match="al een woord"):
        do(give_word, peer, breakthrough=measure, agrees=False, words="Toch niet.")


def test_the_end_of_the_case_ends_what_waits(member, peer, case):
    measure = do(ask_breakthrough, member, case=case, amount=Decimal(900), peer=peer, **WHAT)
    do(close_case, member, case=case, results={}, resident_word="", reason="Verhuisd.", end_activities=True)
    assert Breakthrough.objects.get(pk=measure.pk).waits is False


def test_no_reason_no_measure(member, case):
    with pytest.raises(Refused, match="waarom"):
        do(ask_breakthrough, member, case=case, **(WHAT | {"reason": " "}))


def test_only_the_administrator_of_the_municipality_sets_the_amount(member):
    with pytest.raises(Absent):
        do(set_limit, member, municipality=member.team.municipality, amount=Decimal(5))
    other = make_member(make_team(), "administrator", name="Ada")
    with pytest.raises(Absent):
        do(set_limit, other, municipality=member.team.municipality, amount=Decimal(5))


@pytest.mark.parametrize("amount", [Decimal(0), Decimal("-0.01")])
def test_a_measure_costs_more_than_nothing_or_has_no_amount(member, case, amount):
    with pytest.raises(Refused, match="Schrijf een bedrag boven nul") as refused:
        do(ask_breakthrough, member, case=case, amount=amount, **WHAT)
    assert (refused.value.field, case.activities.count(), Breakthrough.objects.count()) == ("amount", 0, 0)


def test_the_amount_of_the_municipality_is_not_below_zero(member):
    before = limit_of(municipality_id=member.team.municipality_id)
    with pytest.raises(Refused, match="Schrijf nul of meer") as refused:
        limit_to(member.team, "-0.01")
    assert (refused.value.field, limit_of(municipality_id=member.team.municipality_id)) == ("amount", before)


@pytest.mark.parametrize(
    "change", ["state = 'agreed'", "state = 'refused'", "reason = ''", "amount = 0", "peer_at = asked_at", "peer_id = asked_by_id, peer_at = asked_at"]
)
def test_the_database_refuses_what_goes_round_the_word(member, peer, case, change):
    measure = do(ask_breakthrough, member, case=case, amount=Decimal(900), peer=peer, **WHAT)
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE casework_breakthrough SET {change} WHERE id = %s", [measure.pk])


def test_the_database_refuses_another_place_of_the_same_person_and_a_volunteer_as_peer(member, peer, case):
    measure = do(ask_breakthrough, member, case=case, amount=Decimal(900), peer=peer, **WHAT)
    same = make_member(make_team(member.team.municipality), worker=member.worker)
    volunteer = make_member(member.team, "volunteer", name="Vic")
    for wrong in (same, volunteer):
        with pytest.raises(Error), transaction.atomic():
            Breakthrough.objects.filter(pk=measure.pk).update(peer=wrong, peer_at=timezone.now(), state="agreed")


def test_the_database_takes_no_measure_in_which_somebody_is_their_own_peer(member, case):
    activity = add_activity(actor=actor_for(member), at=timezone.now(), case=case, text="Wasmachine", rung=5, carrier="Het wijkteam")
    facts = {"activity": activity, "reason": "x", "amount": 900, "limit": 0, "state": "agreed", "asked_by": member, "asked_at": timezone.now()}
    with pytest.raises(Error, match="from another paid colleague"), transaction.atomic():
        Breakthrough.objects.create(peer=member, peer_at=timezone.now(), **facts)


def test_the_panel_asks_and_the_colleague_answers_from_the_row(client, member, peer, case):
    sent = {"text": "Wasmachine", "reason": "Kan niet wachten", "rung": "5", "carrier": "Wij", "amount": "450,00", "peer": peer.ref}
    log_in(client, member.worker)
    answer = client.post(f"/cases/{case.ref}/breakthrough", sent, follow=True)
    assert "Je collega is om een woord gevraagd." in answer.content.decode()
    measure = Breakthrough.objects.get()
    assert measure.amount == Decimal("450.00")
    log_in(client, peer.worker)
    assert "Wat is jouw woord?" in client.get(f"/activities/{measure.activity.ref}/finish").content.decode()
    client.post(f"/breakthroughs/{measure.ref}/word", {"agrees": "yes", "version": measure.version})
    assert Breakthrough.objects.get().state == "agreed"


def test_who_may_not_open_the_case_does_not_find_the_measure(client, member, peer, case):
    measure = do(ask_breakthrough, member, case=case, amount=Decimal(900), peer=peer, **WHAT)
    stranger = make_member(make_team(member.team.municipality), name="Wen")
    assert log_in(client, stranger.worker).get(f"/breakthroughs/{measure.ref}/word").status_code == 404


def test_the_amount_is_set_on_a_page_and_older_ones_stay(client, member):
    administrator = make_member(member.team, "administrator", name="Ada")
    log_in(client, administrator.worker)
    for amount in ("250", "500,50"):
        client.post("/manage/breakthrough-limit", {"amount": amount})
    assert limit_of(municipality_id=member.team.municipality_id) == Decimal("500.50")
    assert "250,00" in client.get("/manage/breakthrough-limit").content.decode()
