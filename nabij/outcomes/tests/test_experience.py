import re
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from nabij.access.actor import link_actor
from nabij.access.doors import action
from nabij.access.tests.factories import make_controller, make_member, make_municipality, make_team
from nabij.casework.tests.factories import make_case
from nabij.core.errors import Absent, Refused
from nabij.links.models import Link
from nabij.links.opening import open_link
from nabij.outcomes.actions import KIND, answer_by_link, ask_experience, erase_experiences, type_answer
from nabij.outcomes.forms import AskForm
from nabij.outcomes.models import Experience
from nabij.outcomes.queries import export_experiences
from nabij.post.models import Outgoing
from nabij.residents.actions import add_contact_way
from nabij.residents.models import Resident
from nabij.residents.tests.factories import make_resident

from .factories import GLAD, answer, do, make_asked, make_paper, secret_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def member():
    return make_member(make_team(), name="Noor")


@pytest.fixture
def dossier(member):
    return make_resident(member.team, "Bakker", call_name="Rie").dossier


@pytest.fixture
def case(member, dossier):
    return make_case(member, dossier)


@pytest.fixture
def asked(member, case, dossier):
    return make_asked(member, case, dossier)


def test_a_form_about_nobody_who_is_open_any_more_is_not_there():
    form = AskForm({"way": "printed"}, people=[])
    assert form.is_valid()
    with pytest.raises(Absent):
        form.whom()


def test_a_resident_answers_once_and_the_link_is_used_up(asked):
    said = answer(secret_of(asked), words="Fijn dat u kwam.")
    assert (said.heard, said.better, said.words, said.typed_by) == (5, 3, "Fijn dat u kwam.", None)
    with pytest.raises(Absent):
        answer(secret_of(asked))


def test_the_link_of_one_resident_answers_for_nobody_else(member, asked):
    other = make_resident(member.team, "Visser").dossier
    theirs = make_asked(member, make_case(member, other), other).experience
    with pytest.raises(Absent):
        answer(secret_of(asked), experience=theirs)
    assert Experience.objects.filter(answered_on__isnull=False).count() == 0
    assert Link.objects.filter(uses__gt=0).count() == 0


def test_a_link_counts_only_for_its_own_request_also_behind_the_door(member, asked):
    other = make_resident(member.team, "Visser").dossier
    theirs, at = make_asked(member, make_case(member, other), other).experience, timezone.now()
    link = open_link(kind=KIND, secret=secret_of(asked), at=at)
    with pytest.raises(Absent):
        answer_by_link(actor=link_actor(subject=theirs.ref, at=at, request_id="a"), at=at, experience=theirs, link=link, answers=GLAD)
    assert (Experience.objects.filter(answered_on__isnull=False).count(), Link.objects.filter(uses__gt=0).count()) == (0, 0)


def test_an_answer_that_came_in_meanwhile_stands(asked):
    secret = secret_of(asked)
    Experience.objects.update(answered_on=timezone.localdate(), heard=1)
    with pytest.raises(Absent):
        answer(secret)
    assert Experience.objects.get().heard == 1


def test_nobody_asks_who_died(member, case, dossier):
    Resident.objects.filter(dossier=dossier).update(deceased_on=timezone.localdate())
    with pytest.raises(Refused, match=r"Deze inwoner is overleden\."):
        make_asked(member, case, dossier)
    assert Experience.objects.count() == 0


def test_asking_again_ends_the_earlier_link_and_makes_no_second_request(member, case, dossier, asked):
    again = make_asked(member, case, dossier)
    assert again.experience.pk == asked.experience.pk
    with pytest.raises(Absent):
        answer(secret_of(asked))
    assert answer(secret_of(again)).answered_on == timezone.localdate()


def test_the_mail_holds_the_link_and_no_name_and_goes_only_to_a_safe_address(member, case, dossier):
    with pytest.raises(Refused):
        do(ask_experience, member, case=case, dossier=dossier, way="mail")
    do(add_contact_way, member, dossier=dossier, kind="email", value="rie@post.example", safe=True)
    asked = make_asked(member, case, dossier, "mail")
    mail = Outgoing.objects.get()
    assert mail.to == "rie@post.example"
    assert asked.address in mail.body
    assert [word for word in ("Rie", "Bakker", "Noor") if word in mail.subject + mail.body] == []


def test_nothing_filled_in_is_no_answer_and_the_link_still_works(asked):
    with pytest.raises(Refused):
        answer(secret_of(asked), answers={})
    assert answer(secret_of(asked), answers={}, words="Dank.").words == "Dank."


def test_on_paper_it_says_who_typed_it_and_the_waiting_link_ends(member, case, dossier, asked):
    said = make_paper(member, case, dossier)
    assert (said.pk, said.way, said.typed_by) == (asked.experience.pk, "paper", member)
    with pytest.raises(Absent):
        answer(secret_of(asked))


def test_a_paper_of_tomorrow_is_refused(member, case, dossier):
    with pytest.raises(Refused):
        do(type_answer, member, case=case, dossier=dossier, on=timezone.localdate() + timedelta(1), answers=GLAD)


def test_only_who_is_in_the_case_is_asked_and_only_by_who_may_open_it(member, case, dossier):
    outside = make_resident(member.team, "Visser").dossier
    with pytest.raises(Absent):
        make_asked(member, case, outside)
    stranger = make_member(make_team(make_municipality(make_controller("welfare", "Welzijn"))), name="Wen")
    with pytest.raises(Absent):
        make_asked(stranger, case, dossier)


@pytest.mark.parametrize("change", ["heard = 6, answered_on = '2026-06-15'", "heard = 0, answered_on = '2026-06-15'", "better = 3", "typed_by_id = asked_by_id"])
def test_the_database_refuses_an_answer_that_cannot_be(asked, change):
    refused(f"UPDATE outcomes_experience SET {change}")


@pytest.mark.parametrize("sql", ["UPDATE outcomes_experience SET heard = 1", "UPDATE outcomes_experience SET words = 'anders'", "DELETE FROM outcomes_experience"])
def test_the_database_keeps_what_a_resident_answered(asked, sql):
    answer(secret_of(asked), words="Fijn.")
    refused(sql)


def refused(sql):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@action("outcomes.tests_erase", allow={})
def erase(*, actor, at, dossier):
    """Erase, for tests."""
    return erase_experiences(actor=actor, at=at, dossier=dossier)


def test_erasing_takes_the_words_and_leaves_the_faces(dossier, asked):
    from nabij.access.actor import system_actor

    answer(secret_of(asked), words="Fijn.")
    assert [(e["heard"], e["words"]) for e in export_experiences(dossier=dossier)] == [(5, "Fijn.")]
    now = timezone.now()
    assert erase(actor=system_actor(at=now), at=now, dossier=dossier) == 1
    assert [(e["heard"], e["words"]) for e in export_experiences(dossier=dossier)] == [(5, "")]


def test_the_page_of_a_link_tells_nobody_whose_it_is_and_leaves_no_trace(client, member, asked):
    page = client.get(reverse("outcomes:questions", args=[secret_of(asked)]))
    text = page.content.decode()
    assert (page.headers["Referrer-Policy"], page.headers["Cache-Control"]) == ("no-referrer", "no-store")
    words = re.findall(r"\w+", text)  # a secret of a form holds any three letters now and then
    assert [word for word in ("Rie", "Bakker", "Noor", asked.experience.ref) if word in words] == []


def test_looking_changes_nothing_and_posting_answers_once(client, asked):
    address = reverse("outcomes:questions", args=[secret_of(asked)])
    client.get(address)
    assert Experience.objects.get().answered_on is None
    assert client.post(address, {"request_id": "once"}).status_code == 422
    assert client.post(address, {"heard": 4, "words": "Goed."}).status_code == 302
    assert (Experience.objects.get().heard, Experience.objects.get().knew) == (4, None)
    assert client.post(address, {"heard": 1}).status_code == 404


def test_a_wrong_a_used_and_an_expired_link_read_the_same(client, asked):
    answer(secret_of(asked))
    used = client.get(reverse("outcomes:questions", args=[secret_of(asked)]))
    wrong = client.get(reverse("outcomes:questions", args=["a" * 32]))
    Link.objects.update(uses=0, made_at=timezone.now() - timedelta(60), expires_at=timezone.now() - timedelta(1))
    late = client.get(reverse("outcomes:questions", args=[secret_of(asked)]))
    assert {answer.status_code for answer in (used, wrong, late)} == {404}
    assert len({_bare(answer) for answer in (used, wrong, late)}) == 1


def _bare(answer):
    import re

    return re.sub(r'nonce="[^"]*"|value="[0-9a-zA-Z]{32,64}"|/link/[\w-]+', "", answer.content.decode())
