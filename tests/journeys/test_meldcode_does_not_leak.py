"""A meldcode that could leak: Rie has one, her husband shares her case, colleagues and the lead share the dossier."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from nabij.access.tests.factories import actor_for
from nabij.audit.queries import openings_of
from nabij.casework.tests.factories import make_case
from nabij.commitments.models import Commitment
from nabij.commitments.queries import board, to_take
from nabij.commitments.tests.factories import log_in, make_stand_in
from nabij.desk.queries import my_day, resident_page
from nabij.meldcode.tests.factories import make_meldcode, sign
from nabij.residents.tests.factories import make_resident

pytestmark = pytest.mark.django_db
SECRET = "Hij sloeg haar op zondag"


@pytest.fixture
def rie(noor):
    return make_resident(noor.team, "Bakker", call_name="Rie").dossier


@pytest.fixture
def bram(noor, rie):
    dossier = make_resident(noor.team, "Bakker", call_name="Bram").dossier
    make_case(noor, rie, dossier, question="Hoe gaat het beter thuis?")
    return dossier


@pytest.fixture
def meldcode(noor, rie, bram):
    found = make_meldcode(noor, rie)
    sign(noor, found, words=SECRET)
    return found


@pytest.fixture
def colleagues(noor, bo, meldcode):
    return [bo, noor.team.lead]


def test_no_colleague_and_no_lead_sees_its_row_in_any_list_or_number(colleagues, meldcode):
    for member in colleagues:
        actor = actor_for(member)
        assert not Commitment.objects.visible_to(actor).filter(pk=meldcode.pk).exists()
        assert not board(actor=actor).filter(pk=meldcode.pk).exists()
        assert not to_take(actor=actor, kind="meldcode").exists()
        assert "meldcode" not in my_day(actor=actor).kinds


def test_a_substitute_sees_the_other_work_but_not_this(noor, bo, meldcode):
    make_stand_in(noor, bo)
    kinds = set(board(actor=actor_for(bo)).values_list("kind", flat=True))
    assert kinds == {"case"}


def test_its_owner_sees_it_without_a_word_of_what_it_is_or_whom_it_is_about(noor, meldcode):
    rows = [row for _band, _n, rows in my_day(actor=actor_for(noor)).bands for row in rows]
    row = next(row for row in rows if row.kind == "meldcode")
    assert (row.who, row.what, str(row.of.one), row.dossier_ref) == ("Alleen voor jou", "Volgende stap", "Volgende stap", "")


def test_no_page_of_the_resident_or_the_housemate_shows_it_to_anybody_also_not_to_its_writer(noor, colleagues, rie, bram, meldcode):
    for member in [noor, *colleagues]:
        for dossier in (rie, bram):
            page = resident_page(actor=actor_for(member), ref=dossier.ref)
            assert [work.commitment.kind for work in page.open_work] == ["case"]


def test_nothing_that_goes_by_dossier_finds_its_commitment(meldcode):
    by_dossier = [model for model in apps.get_models() if model is Commitment]
    assert all(not model.objects.filter(kind="meldcode", dossier__isnull=False).exists() for model in by_dossier)


def test_every_address_of_it_answers_a_colleague_as_what_does_not_exist(client, bo, meldcode):
    log_in(client, bo.worker)
    for ref in (meldcode.ref, meldcode.commitment.ref):
        for name in ("meldcode:show", "meldcode:step", "meldcode:name", "meldcode:take_over"):
            for ask in (client.get, client.post):
                assert ask(reverse(name, args=[ref])).status_code == 404
    for name in ("set_date", "hand_over", "pause", "take"):
        assert client.post(reverse(f"commitments:{name}", args=[meldcode.commitment.ref])).status_code == 404


def test_the_page_of_a_colleague_reads_the_same_whether_there_is_one_or_not(client, bo, rie, bram, meldcode):
    log_in(client, bo.worker)
    with_one, without = (client.get(reverse("meldcode:of", args=[d.ref])).content.decode() for d in (rie, bram))
    assert SECRET not in with_one
    assert _bare(with_one, rie, "Rie") == _bare(without, bram, "Bram")


def _bare(page, dossier, name):
    import re

    return re.sub(r'nonce="[^"]*"|value="[0-9a-zA-Z]{32,64}"', "", page.replace(dossier.ref, "").replace(name, ""))


def test_who_looked_at_the_dossier_does_not_tell_that_there_is_one(client, noor, rie, meldcode):
    log_in(client, noor.worker)
    before = openings_of(dossier_ids=[rie.pk]).count()
    assert SECRET in client.get(reverse("meldcode:of", args=[rie.ref])).content.decode()
    assert openings_of(dossier_ids=[rie.pk]).count() == before


def test_the_read_log_names_the_meldcode_that_was_read(client, noor, rie, meldcode):
    from nabij.audit.models import Entry

    log_in(client, noor.worker)
    client.get(reverse("meldcode:of", args=[rie.ref]))
    entry = Entry.objects.filter(verb="meldcode.of").get()
    assert (entry.subject, entry.dossier_id) == (f"meldcode {meldcode.ref}", None)
    written = [(e.verb, e.dossier_id) for e in Entry.objects.filter(verb__startswith="meldcode.").exclude(verb="meldcode.of")]
    assert written == [("meldcode.start", None), ("meldcode.step", None)]


def test_no_other_page_of_the_team_holds_a_word_of_it(client, colleagues, rie, bram, meldcode):
    for member in colleagues:
        log_in(client, member.worker)
        for name, args in (("desk:my_day", []), ("desk:resident", [rie.ref]), ("desk:resident", [bram.ref]), ("desk:team_board", [member.team.ref])):
            page = client.get(reverse(name, args=args)).content.decode()
            assert SECRET not in page
            assert meldcode.commitment.ref not in page
            assert meldcode.ref not in page


def test_an_overdue_one_stands_on_no_team_board(client, noor, bo, meldcode):
    past = timezone.now() - timedelta(days=30)
    Commitment.objects.filter(pk=meldcode.pk).update(due_at=past, term_at=past, opened_at=past)
    for member in (bo, noor.team.lead):
        log_in(client, member.worker)
        assert meldcode.commitment.ref not in client.get(reverse("desk:team_board", args=[noor.team.ref])).content.decode()
