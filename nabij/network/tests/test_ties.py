"""Who stands around a resident: what may be written down, what the database refuses, what nobody else sees."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from nabij.access.doors import action
from nabij.access.tests.factories import actor_for, make_controller, make_member, make_team
from nabij.audit.models import Entry
from nabij.core.errors import Absent, Conflict, Refused
from nabij.network import actions, queries
from nabij.network.models import CarerLoad, HouseholdMember, Tie
from nabij.residents.tests.factories import make_resident

from .factories import make_load, make_tie

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def dossier(team):
    return make_resident(team, call_name="Riet").dossier


def do(who, run, **facts):
    actor = actor_for(who)
    return run(actor=actor, at=actor.at, **facts)


def network(member, dossier):
    return queries.network_of(actor=actor_for(member), dossier=dossier)


def test_a_tie_is_written_down_with_its_author_and_one_audit_entry_without_its_name(team, dossier):
    tie = make_tie(team.lead, dossier, "Els de Boer", relation="dochter", does="Doet de was", how_to_reach="06-1")
    assert (tie.by, tie.ring, tie.version) == (team.lead, 1, 1)
    entry = Entry.objects.get(verb="network.add_tie")
    assert (entry.dossier_id, entry.subject) == (dossier.pk, f"dossier {dossier.ref}")
    assert "Els" not in str(list(Entry.objects.values_list()))


def test_names_help_and_reach_of_others_stand_only_encrypted(team, dossier):
    make_tie(team.lead, dossier, "Els de Boer", does="Doet de was", how_to_reach="Geheime Laan 1")
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, does, how_to_reach FROM network_tie")
        stored = " ".join(cursor.fetchone())
    assert not [word for word in ("Els de Boer", "Doet de was", "Geheime Laan") if word in stored]
    assert network(team.lead, dossier).ties[0].how_to_reach == "Geheime Laan 1"


def test_the_same_request_twice_makes_one_tie(team, dossier):
    actor = actor_for(team.lead)
    for _time in range(2):
        actions.add_tie(actor=actor, at=actor.at, dossier=dossier, kind="friend", name="Kees", ring=2)
    assert Tie.objects.count() == 1


def test_who_comes_for_work_stands_outside_the_rings_and_others_have_a_place(team, dossier):
    assert do(team.lead, actions.add_tie, dossier=dossier, kind="professional", name="GP", ring=1).ring is None
    with pytest.raises(Refused) as refused:
        do(team.lead, actions.add_tie, dossier=dossier, kind="family", name="Els")
    assert refused.value.field == "ring"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"name": "  "}, "name"), ({"since_on": TODAY() + timedelta(1)}, "since_on"), ({"kind": "volunteer", "main_carer": True}, "main_carer")],
)
def test_what_cannot_be_is_refused_beside_its_field(team, dossier, wrong, field):
    with pytest.raises(Refused) as refused:
        make_tie(team.lead, dossier, **wrong)
    assert refused.value.field == field
    assert not Tie.objects.exists()


def test_there_is_one_main_carer_and_a_new_one_takes_over(team, dossier):
    first = make_tie(team.lead, dossier, "Els", main_carer=True)
    second = make_tie(team.lead, dossier, "Kees", main_carer=True)
    first.refresh_from_db()
    assert (first.main_carer, first.version, second.main_carer) == (False, 2, True)


def test_a_change_on_an_older_version_is_refused(team, dossier):
    tie = make_tie(team.lead, dossier)
    do(team.lead, actions.change_tie, tie=tie, version=1, strength=3)
    with pytest.raises(Conflict):
        do(team.lead, actions.change_tie, tie=tie, version=1, strength=1)
    assert Tie.objects.get().strength == 3


def test_an_ended_tie_keeps_its_reason_and_is_no_longer_worked_on(team, dossier):
    tie = make_tie(team.lead, dossier, main_carer=True, since_on=TODAY() - timedelta(9))
    for wrong in ({"until_on": TODAY() + timedelta(1)}, {"until_on": TODAY() - timedelta(10)}, {"why": ""}):
        with pytest.raises(Refused):
            do(team.lead, actions.end_tie, tie=tie, **{"until_on": TODAY(), "why": "moved", **wrong})
    do(team.lead, actions.end_tie, tie=tie, until_on=TODAY(), why="moved")
    found = network(team.lead, dossier)
    assert (found.ties, [(row.ended_why, row.main_carer) for row in found.ended]) == ([], [("moved", False)])
    for run, facts in ((actions.change_tie, {"strength": 1}), (actions.ask_carer, {"load": "heavy", "asked_on": TODAY()})):
        with pytest.raises(Refused):
            do(team.lead, run, tie=found.ended[0], **facts)


@pytest.mark.parametrize(
    "wrong",
    [{"ring": 4}, {"ring": None}, {"kind": "organisation"}, {"strength": 0}, {"until_on": TODAY()}, {"ended_why": "died"}, {"main_carer": True, "kind": "volunteer"}],
)
def test_the_database_itself_refuses_what_cannot_be(team, dossier, wrong):
    tie = make_tie(team.lead, dossier)
    with pytest.raises(IntegrityError), transaction.atomic():
        Tie.objects.filter(pk=tie.pk).update(**wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        Tie.objects.filter(pk=tie.pk).update(other=dossier)


def test_the_database_refuses_a_second_main_carer(team, dossier):
    make_tie(team.lead, dossier, main_carer=True)
    other = make_tie(team.lead, dossier, "Kees")
    with pytest.raises(IntegrityError), transaction.atomic():
        Tie.objects.filter(pk=other.pk).update(main_carer=True)


def test_how_the_carer_is_doing_is_asked_again_and_the_older_answers_stay(team, dossier):
    tie = make_tie(team.lead, dossier)
    make_load(team.lead, tie, "heavy", asked_on=TODAY() - timedelta(60), support="Een avond vrij")
    make_load(team.lead, tie, "manages")
    row = network(team.lead, dossier).ties[0]
    assert [load.load for load in row.asked] == ["manages", "heavy"]
    assert network(team.lead, dossier).too_heavy == []
    make_load(team.lead, tie, "too_much")
    assert [row.pk for row in network(team.lead, dossier).too_heavy] == [tie.pk]
    assert {pk: [row.pk for row in rows] for pk, rows in queries.overloaded_carers(dossier_ids=[dossier.pk]).items()} == {dossier.pk: [tie.pk]}


def test_who_is_paid_is_not_asked_whether_helping_is_heavy(team, dossier):
    with pytest.raises(Refused):
        make_load(team.lead, make_tie(team.lead, dossier, kind="professional"))
    assert not CarerLoad.objects.exists()


def test_another_dossier_is_shown_only_to_who_may_open_it_and_is_never_linked_by_others(team, dossier):
    sister = make_resident(team, call_name="Sjaan").dossier
    tie = make_tie(team.lead, dossier, "Zus", other=sister)
    assert network(team.lead, dossier).ties[0].known == (sister.ref, "Sjaan de Vries")
    type(sister).objects.filter(pk=sister.pk).update(restricted=True)
    assert network(team.lead, dossier).ties[0].known is None
    with pytest.raises(Absent):
        do(team.lead, actions.change_tie, tie=tie, other=sister)
    elsewhere = make_resident(make_team(team.municipality, make_controller("welfare", "Welzijn"))).dossier
    for other in (elsewhere, dossier):
        with pytest.raises(Absent):
            do(team.lead, actions.change_tie, tie=tie, other=other)


def test_another_team_and_another_organisation_find_nothing(team, dossier):
    tie = make_tie(team.lead, dossier)
    member = do(team.lead, actions.set_household, dossier=dossier, name="Daan", from_on=TODAY())
    for stranger in (make_team(team.municipality, name="Ander").lead, make_team(team.municipality, make_controller("welfare", "W"), "W").lead):
        actor = actor_for(stranger)
        for look, ref in ((queries.dossier_at, dossier.ref), (queries.tie_at, tie.ref), (queries.member_at, member.ref)):
            with pytest.raises(Absent):
                look(actor=actor, ref=ref)
        with pytest.raises(Absent):
            do(stranger, actions.change_tie, tie=tie, strength=1)
        assert network(stranger, dossier).ties == []


def test_who_lives_together_is_dated_and_gives_nobody_a_right(team, dossier):
    other_team = make_team(team.municipality, name="Ander")
    son = make_resident(team, call_name="Jan").dossier
    do(team.lead, actions.set_household, dossier=dossier, other=son, relation="zoon", from_on=TODAY())
    do(team.lead, actions.set_household, dossier=dossier, name="Opa", from_on=TODAY())
    assert [row.shown_name for row in network(team.lead, dossier).households[0].members] == ["Jan de Vries", "Opa"]
    assert queries.household_of(actor=actor_for(team.lead), dossier=dossier, on=TODAY()) == [son]
    type(son).objects.filter(pk=son.pk).update(team=other_team)
    assert [row.shown_name for row in network(team.lead, dossier).households[0].members] == ["Opa"]
    assert [home.members for home in network(other_team.lead, son).households] == [[]]
    assert queries.household_of(actor=actor_for(team.lead), dossier=dossier, on=TODAY()) == []


def test_a_child_may_live_in_two_homes_and_each_parent_sees_one(team, dossier):
    mother, father = (make_resident(team, call_name=name).dossier for name in ("Moeder", "Vader"))
    do(team.lead, actions.set_household, dossier=mother, other=dossier, from_on=TODAY())
    do(team.lead, actions.set_household, dossier=father, other=dossier, from_on=TODAY())
    assert len(network(team.lead, dossier).households) == 2
    for parent in (mother, father):
        assert [[row.shown_name for row in home.members] for home in network(team.lead, parent).households] == [["Riet de Vries"]]


def test_leaving_a_household_ends_it_on_a_day_and_it_is_read_under_before(team, dossier):
    member = do(team.lead, actions.set_household, dossier=dossier, name="Opa", from_on=TODAY() - timedelta(5))
    with pytest.raises(Refused):
        do(team.lead, actions.leave_household, member=member, until_on=TODAY() - timedelta(6))
    do(team.lead, actions.leave_household, member=member, until_on=TODAY())
    with pytest.raises(Refused):
        do(team.lead, actions.leave_household, member=member, until_on=TODAY())
    with pytest.raises(IntegrityError), transaction.atomic():
        HouseholdMember.objects.filter(pk=member.pk).update(until_on=TODAY() - timedelta(6))


def test_erasing_leaves_no_name_on_either_side_and_the_export_keeps_others_data_to_themselves(team, dossier):
    sister = make_resident(team, call_name="Sjaan").dossier
    tie = make_tie(team.lead, dossier, "Els", relation="dochter", how_to_reach="06-12345678", main_carer=True)
    make_load(team.lead, tie, "too_much", words="Ik kan niet meer")
    pointer = make_tie(team.lead, sister, "Riet", other=dossier)
    do(team.lead, actions.set_household, dossier=dossier, name="Opa", from_on=TODAY())
    told = str(queries.export_network(dossier=dossier))
    assert "Els" in told and "Opa" in told and "carer_asked" in told
    assert not [word for word in ("06-12345678", "niet meer", "too_much") if word in told]

    @action("test.erase", allow={})
    def erase(*, actor, at):
        actions.erase_network(actor=actor, at=at, dossier=dossier)

    from nabij.access.actor import system_actor

    erase(actor=system_actor(at=timezone.now()), at=timezone.now())
    pointer.refresh_from_db()
    assert pointer.other is None
    rows = [*Tie.objects.filter(dossier=dossier), *CarerLoad.objects.all(), *HouseholdMember.objects.filter(dossier=dossier)]
    assert {getattr(row, name, "") for row in rows for name in ("name", "relation", "does", "how_to_reach", "words", "support")} == {""}


def test_a_volunteer_of_the_team_may_not_write_in_the_network(team, dossier):
    with pytest.raises(Absent):
        make_tie(make_member(team, "volunteer"), dossier)


@pytest.mark.parametrize(
    ("facts", "words", "field"),
    [
        ({"name": "Opa", "from_on": TODAY() + timedelta(1)}, "Deze dag is nog niet geweest. Kies vandaag of eerder.", "from_on"),
        ({"name": " "}, "Schrijf op wie hier ook woont.", "name"),
    ],
)
def test_half_a_housemate_is_refused_beside_its_field(team, dossier, facts, words, field):
    with pytest.raises(Refused) as refused:
        do(team.lead, actions.set_household, dossier=dossier, **{"from_on": TODAY(), **facts})
    assert (refused.value.message, refused.value.field) == (words, field)
    assert not HouseholdMember.objects.exists()


def test_who_lives_together_already_does_so_once(team, dossier):
    facts = {"dossier": dossier, "other": make_resident(team, call_name="Jan").dossier, "from_on": TODAY()}
    do(team.lead, actions.set_household, **facts)
    with pytest.raises(Refused, match="Volgens deze bladzijde wonen zij al samen"):
        do(team.lead, actions.set_household, **facts)
    assert HouseholdMember.objects.count() == 2


def test_a_day_to_come_is_no_answer_and_no_end(team, dossier):
    tomorrow, tie = TODAY() + timedelta(1), make_tie(team.lead, dossier)
    member = do(team.lead, actions.set_household, dossier=dossier, name="Opa", from_on=TODAY())
    for wrong, field in ((lambda: make_load(team.lead, tie, asked_on=tomorrow), "asked_on"), (lambda: do(team.lead, actions.leave_household, member=member, until_on=tomorrow), "until_on")):
        with pytest.raises(Refused) as refused:
            wrong()
        assert (refused.value.message, refused.value.field) == ("Deze dag is nog niet geweest. Kies vandaag of eerder.", field)
    assert not CarerLoad.objects.exists()


def test_a_tie_is_written_down_by_somebody_and_points_at_no_one_else_than_a_colleague_may_see(team, dossier):
    from nabij.access.actor import system_actor

    now = timezone.now()
    with pytest.raises(Absent):
        actions.add_tie(actor=system_actor(at=now), at=now, dossier=dossier, kind="friend", name="Kees", ring=2)
    for ref in (dossier.ref, make_resident(make_team(team.municipality, make_controller("welfare", "Welzijn"))).dossier.ref):
        with pytest.raises(Absent):
            queries.known_dossier(actor=actor_for(team.lead), dossier=dossier, ref=ref)
    assert not Tie.objects.exists()
