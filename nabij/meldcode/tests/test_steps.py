from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from nabij.access.doors import action
from nabij.access.tests.factories import actor_for, make_grant, make_member, make_team
from nabij.commitments.models import Commitment
from nabij.commitments.tests.rows import make_commitment
from nabij.core.errors import Absent, Refused
from nabij.meldcode.actions import erase_meldcodes, let_in, let_out, sign_step, start_meldcode, take_over
from nabij.meldcode.models import Meldcode, MeldStep, Named
from nabij.meldcode.queries import export_meldcodes, signed_steps, to_name
from nabij.residents.tests.factories import make_resident

from .factories import do, make_meldcode, sign

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier(noor):
    return make_resident(noor.team, "Bakker", call_name="Rie").dossier


@pytest.fixture
def meldcode(noor, dossier):
    return make_meldcode(noor, dossier)


def test_the_steps_come_in_any_order_each_as_often_as_needed_and_signed(noor, meldcode):
    for part, more in (("weigh", {}), ("signs", {}), ("talk", {"whom": "Rie zelf"}), ("signs", {}), ("consult", {"whom": "Veilig Thuis"})):
        sign(noor, meldcode, part, **more)
    steps = signed_steps(meldcode=Meldcode.objects.get())
    assert [step.part for step in steps] == ["weigh", "signs", "talk", "signs", "consult"]
    assert {step.by for step in steps} == {noor}
    assert Commitment.objects.get(pk=meldcode.pk).is_open


def test_deciding_without_a_next_date_finishes_it_and_with_one_does_not(noor, dossier, meldcode):
    soon = timezone.localdate() + timedelta(7)
    sign(noor, meldcode, "decide", decision="help", next_on=soon)
    commitment = Commitment.objects.get(pk=meldcode.pk)
    assert (commitment.is_open, timezone.localdate(commitment.due_at)) == (True, soon)
    sign(noor, meldcode, "decide", decision="report")
    assert Commitment.objects.get(pk=meldcode.pk).outcome == "done"  # not even what was decided
    with pytest.raises(Refused):
        sign(noor, meldcode)
    assert make_meldcode(noor, dossier).pk != meldcode.pk


def test_a_correction_is_a_new_line_under_the_old_one_also_after_the_end(noor, meldcode):
    first = sign(noor, meldcode, words="Linkerarm.")
    sign(noor, meldcode, "decide", decision="no_ground")
    sign(noor, meldcode, words="Rechterarm.", corrects=first)
    lines = signed_steps(meldcode=Meldcode.objects.get())
    assert [(step.words, step.corrects_id) for step in lines[:2]] == [("Linkerarm.", None), ("Rechterarm.", first.pk)]


def test_a_correction_is_of_the_same_step_of_the_same_person(noor, bo, dossier, meldcode):
    first, theirs = sign(noor, meldcode), sign(bo, make_meldcode(bo, dossier))
    for part, wrong in (("weigh", first), ("signs", theirs)):
        with pytest.raises(Absent):
            sign(noor, meldcode, part, corrects=wrong)
    assert MeldStep.objects.filter(corrects__isnull=False).count() == 0


@pytest.mark.parametrize(
    ("part", "facts", "field"),
    [
        ("signs", {"words": " "}, "words"),
        ("talk", {}, "whom"),
        ("consult", {"whom": " "}, "whom"),
        ("decide", {}, "decision"),
        ("decide", {"decision": "wait"}, "decision"),
        ("listen", {}, "part"),
        ("signs", {"next_on": timezone.localdate() - timedelta(1)}, "next_on"),
        ("signs", {"on": timezone.localdate() + timedelta(1)}, "on"),
    ],
)
def test_half_a_step_is_refused_with_the_field_that_is_wrong(noor, meldcode, part, facts, field):
    with pytest.raises(Refused) as refused:
        sign(noor, meldcode, part, **facts)
    assert refused.value.field == field
    assert MeldStep.objects.count() == 0


def test_the_words_stand_encrypted_in_the_database(noor, meldcode):
    sign(noor, meldcode, "talk", words="Hij sloeg haar.", whom="Buurvrouw Bep")
    with connection.cursor() as cursor:
        cursor.execute("SELECT words, whom FROM meldcode_meldstep")
        stored = " ".join(cursor.fetchone())
    assert "sloeg" not in stored
    assert "Buurvrouw" not in stored
    assert MeldStep.objects.get().words == "Hij sloeg haar."


def test_a_second_one_about_the_same_person_is_refused_for_the_same_writer_only(noor, bo, dossier, meldcode):
    with pytest.raises(Refused):
        make_meldcode(noor, dossier)
    assert make_meldcode(bo, dossier).commitment.owner == bo  # and Bo never heard that there was one


def test_who_is_let_in_adds_steps_and_takes_over_and_who_is_let_out_is_out(noor, bo, meldcode):
    with pytest.raises(Absent):
        sign(bo, meldcode)
    named = do(let_in, noor, meldcode=meldcode, worker=bo.worker)
    assert sign(bo, meldcode).by == bo
    do(take_over, bo, meldcode=meldcode)
    assert Commitment.objects.get(pk=meldcode.pk).owner == bo
    with pytest.raises(Refused):
        do(let_out, noor, named=Named.objects.get(pk=named.pk))
    do(let_out, bo, named=Named.objects.get(worker=noor.worker))
    with pytest.raises(Absent):
        sign(noor, meldcode)


def test_nobody_is_let_in_twice_let_out_twice_or_takes_over_what_is_theirs(noor, bo, meldcode):
    named = do(let_in, noor, meldcode=meldcode, worker=bo.worker)
    with pytest.raises(Refused, match="Bo leest al mee"):
        do(let_in, noor, meldcode=meldcode, worker=bo.worker)
    with pytest.raises(Refused, match="Jij bent hiervoor al het aanspreekpunt"):
        do(take_over, noor, meldcode=meldcode)
    do(let_out, noor, named=named)
    version = Named.objects.get(pk=named.pk).version
    with pytest.raises(Absent):
        do(let_out, noor, named=named)
    assert (Named.objects.filter(worker=bo.worker).count(), Named.objects.get(pk=named.pk).version) == (1, version)


def test_only_colleagues_to_whom_the_dossier_is_open_can_be_let_in(noor, bo, dossier, meldcode):
    elsewhere = make_member(make_team(noor.team.municipality, noor.team.controller, name="Team Wheermolen"), name="Wim")
    assert elsewhere.worker not in to_name(actor=actor_for(noor), meldcode=meldcode)
    with pytest.raises(Refused):
        do(let_in, noor, meldcode=meldcode, worker=elsewhere.worker)
    make_grant(dossier, elsewhere.worker)
    assert {worker.name for worker in to_name(actor=actor_for(noor), meldcode=meldcode)} == {"Bo", "Leonie", "Sam", "Wim"}
    do(let_in, noor, meldcode=meldcode, worker=elsewhere.worker)
    assert sign(elsewhere, meldcode).by == elsewhere


def test_who_may_no_longer_open_the_dossier_is_out_of_its_meldcode_too(noor, dossier, meldcode):
    sign(noor, meldcode)
    type(dossier).objects.filter(pk=dossier.pk).update(restricted=True)
    with pytest.raises(Absent):
        sign(noor, meldcode)


def test_nobody_starts_one_about_who_is_not_open_to_them(dossier):
    stranger = make_member(make_team(name="Team Elders"), name="Wen")
    with pytest.raises(Absent):
        do(start_meldcode, stranger, dossier=dossier)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE meldcode_meldstep SET words = 'anders'",
        "UPDATE meldcode_meldstep SET whom = 'anders'",
        "UPDATE meldcode_meldstep SET part = 'weigh'",
        "UPDATE meldcode_meldstep SET at = '2020-01-01 00:00:00+00:00'",
        "DELETE FROM meldcode_meldstep",
        "UPDATE commitments_commitment SET dossier_id = (SELECT MIN(id) FROM access_dossier) WHERE kind = 'meldcode'",
    ],
)
def test_the_database_refuses_to_change_a_signed_step_or_to_hang_it_on_a_dossier(noor, meldcode, sql):
    sign(noor, meldcode)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@action("meldcode.tests_erase", allow={})
def erase(*, actor, at, dossier):
    """Erase, for tests."""
    return erase_meldcodes(actor=actor, at=at, dossier=dossier)


def test_erasing_waits_until_it_is_finished_and_then_leaves_no_word(noor, dossier, meldcode):
    from nabij.access.actor import system_actor

    sign(noor, meldcode, "talk", whom="Rie zelf")
    now = timezone.now()
    with pytest.raises(Refused):
        erase(actor=system_actor(at=now), at=now, dossier=dossier)
    sign(noor, meldcode, "decide", decision="help")
    assert erase(actor=system_actor(at=now), at=now, dossier=dossier) == 2
    assert {(step.words, step.whom) for step in MeldStep.objects.all()} == {("", "")}


def test_a_subject_access_answer_never_holds_a_meldcode(noor, dossier, meldcode):
    sign(noor, meldcode)
    assert export_meldcodes(dossier=dossier) == []


def test_the_lead_signs_only_after_being_let_in(noor, meldcode):
    with pytest.raises(Absent):
        do(sign_step, noor.team.lead, meldcode=meldcode, part="signs", on=timezone.localdate(), words="x")
    do(let_in, noor, meldcode=meldcode, worker=noor.team.lead.worker)
    assert sign(noor.team.lead, meldcode).by == noor.team.lead


def test_the_database_lets_no_meldcode_hang_on_a_dossier_from_the_start(noor, dossier):
    with pytest.raises(DatabaseError, match="hangs on no dossier"), transaction.atomic():
        make_commitment(noor, dossier, kind="meldcode")
