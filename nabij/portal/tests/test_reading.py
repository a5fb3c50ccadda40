"""What a resident reads with a code or at a visit, and what never stands there."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from nabij.access.models import Team
from nabij.access.tests.factories import log_in
from nabij.audit.models import Entry
from nabij.casework.actions import link_resident, record_death
from nabij.commitments.models import Task
from nabij.contacts.actions import record_contact
from nabij.links.models import Link
from nabij.meldcode.actions import start_meldcode
from nabij.outcomes.tests.factories import make_asked, secret_of
from nabij.portal.actions import close_page
from nabij.portal.models import Correction, Visit
from nabij.residents.tests.factories import make_resident
from nabij.signals.actions import receive_signal

from .factories import code_of, do, make_page

pytestmark = pytest.mark.django_db


def enter(client, code):
    return client.post(reverse("portal:enter"), {"code": code})


def visit(client, member, dossier):
    log_in(client, member.worker)
    return client.post(reverse("portal:visit", args=[dossier.ref]))


def text_of(client, name):
    return client.get(reverse(f"portal:{name}")).content.decode()


def bare(answer):
    return re.sub(r'nonce="[^"]*"|value="[^"]*"', "", answer.content.decode())


def test_the_code_shows_the_plan_in_plain_words(client, member, page_of_rie):
    code = code_of(member, page_of_rie)
    answer = enter(client, code.lower().replace("-", " "))
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("portal:plan"))
    text = text_of(client, "plan")
    assert [word for word in ("Ik wil weer naar buiten.", "Elke week naar de koffie", "Samen lopen", "buurvrouw Els", "Noor", "0299 111 111") if word not in text] == []
    assert [word for word in ("eigen kracht", "trede", code, "Bakker") if word in text] == []


def test_every_answer_is_kept_nowhere_and_tells_no_other_site(client, member, dossier, all_open):
    enter(client, code_of(member, all_open))
    answers = [client.get(reverse(f"portal:{name}")) for name in ("enter", "plan", "pictures", "wrong", "contacts", "leave")]
    visit(client, member, dossier)
    answers += [client.get(reverse(f"portal:{name}")) for name in ("contacts", "looks", "download")]
    assert {(answer.headers["Cache-Control"], answer.headers["Referrer-Policy"]) for answer in answers} == {("no-store", "no-referrer")}


def test_a_wrong_an_ended_and_another_purposes_code_read_and_cost_the_same(client, member, dossier, case, page_of_rie):
    ended = code_of(member, page_of_rie)
    code_of(member, page_of_rie)
    theirs = secret_of(make_asked(member, case, dossier))
    enter(client, "ABCD-ABCD-ABCD-ABCF")  # the first try from an address makes its counter
    answers, costs = [], []
    for code in ("ABCD-ABCD-ABCD-ABCD", ended, theirs, "X"):
        with CaptureQueriesContext(connection) as asked:
            answers.append(enter(client, code))
        costs.append(len([row for row in asked.captured_queries if "SAVEPOINT" not in row["sql"]]))
    assert {answer.status_code for answer in answers} == {422}
    assert len({bare(answer) for answer in answers}) == 1
    assert len(set(costs)) == 1


def test_guessing_is_stopped(client, member, page_of_rie, monkeypatch):
    monkeypatch.setattr("nabij.links.opening.KNOCKS_OF_ADDRESS", 3)
    for _number in range(3):
        enter(client, "ABCD-ABCD-ABCD-ABCE")
    answer = enter(client, code_of(member, page_of_rie))
    assert (answer.status_code, client.get(reverse("portal:plan")).status_code) == (422, 302)


def test_without_a_code_no_part_opens(client, all_open):
    for name in ("plan", "pictures", "contacts", "looks", "download", "wrong"):
        assert client.get(reverse(f"portal:{name}")).headers["Location"] == reverse("portal:enter")


def test_with_a_code_only_the_plan_opens(client, member, all_open):
    enter(client, code_of(member, all_open))
    assert {name: client.get(reverse(f"portal:{name}")).status_code for name in ("plan", "pictures", "contacts", "looks", "download")} == {
        "plan": 200, "pictures": 200, "contacts": 302, "looks": 302, "download": 302,
    }  # fmt: skip


@pytest.mark.parametrize("ends", ["closed", "new code", "late", "died"])
def test_reading_ends_in_the_moment_the_page_does(client, member, dossier, page_of_rie, ends, clock):
    enter(client, code_of(member, page_of_rie))
    if ends == "closed":
        do(close_page, member, page=page_of_rie)
    elif ends == "new code":
        code_of(member, page_of_rie)
    elif ends == "died":
        do(record_death, member, dossier=dossier, on=timezone.localdate())
    else:
        session = client.session
        session["portal"] = session["portal"] | {"until": timezone.now().isoformat()}
        session.save()
    assert client.get(reverse("portal:plan")).status_code == 302


def test_a_visit_logs_the_worker_out_and_opens_all_parts(client, member, dossier, all_open):
    assert visit(client, member, dossier).headers["Location"] == reverse("portal:plan")
    assert [client.get(reverse(f"portal:{name}")).status_code for name in ("plan", "contacts", "looks", "download")] == [200] * 4
    assert client.get(reverse("desk:my_day")).status_code == 302
    client.post(reverse("portal:leave"))
    assert client.get(reverse("portal:plan")).status_code == 302
    assert "Uw plan is dicht" in text_of(client, "enter")
    assert Visit.objects.get().ended_at is not None


def test_a_visit_ends_by_itself(client, member, dossier, all_open):
    visit(client, member, dossier)
    Visit.objects.update(begun_at=timezone.now() - timedelta(hours=1), ends_at=timezone.now() - timedelta(minutes=1))
    assert client.get(reverse("portal:contacts")).status_code == 302


def test_this_is_wrong_becomes_a_task_within_a_month_and_changes_nothing(client, member, case, page_of_rie):
    enter(client, code_of(member, page_of_rie))
    question = case.question
    assert client.post(reverse("portal:wrong"), {"words": " "}).status_code == 422
    answer = client.post(reverse("portal:wrong"), {"words": "Ik heb geen hond."})
    task = Task.objects.get(note="Ik heb geen hond.")
    assert (task.commitment.owner, task.commitment.dossier_id) == (member, page_of_rie.dossier_id)
    assert 28 <= (timezone.localdate(task.commitment.term_at) - timezone.localdate()).days <= 31
    assert 5 <= (timezone.localdate(task.commitment.due_at) - timezone.localdate()).days <= 12
    case.refresh_from_db()
    assert (case.question, Correction.objects.get().ref[:8].upper() in answer.content.decode()) == (question, True)


def test_what_a_resident_opened_stands_in_who_looked(client, member, dossier, all_open):
    enter(client, code_of(member, all_open))
    client.get(reverse("portal:plan"))
    entry = Entry.objects.filter(verb="portal.plan").get()
    assert (entry.actor_kind, entry.dossier_id, entry.event) == ("link", dossier.pk, "read")


def test_contacts_hold_only_what_was_written_for_the_resident(client, member, dossier, all_open):
    for audience, words in (("resident", "Koffie gedronken."), ("team", "Maakt zich zorgen."), ("private", "Vertrouwelijk vermoeden.")):
        texts = {dossier.pk: (audience, words)}
        do(record_contact, member, dossiers=[dossier], medium="visit", reached=True, happened_at=timezone.now(), texts=texts)
    visit(client, member, dossier)
    text = text_of(client, "contacts")
    assert [word in text for word in ("Koffie gedronken.", "Maakt zich zorgen.", "Vertrouwelijk vermoeden.")] == [True, False, False]
    assert text.count('<time') == 2


def test_who_looked_tells_function_and_organisation_and_no_name(client, member, dossier, all_open):
    log_in(client, member.worker)
    client.get(reverse("desk:resident", args=[dossier.ref]))
    visit(client, member, dossier)
    text = text_of(client, "looks")
    assert [word in text for word in (dossier.controller.name, "Noor")] == [True, False]


def test_page_after_page_read_on_one_day_stands_once_in_who_looked(client, member, dossier, all_open):
    log_in(client, member.worker)
    client.get(reverse("desk:resident", args=[dossier.ref]))
    visit(client, member, dossier)
    for name in ("plan", "pictures", "contacts"):
        client.get(reverse(f"portal:{name}"))
    text = text_of(client, "looks")
    assert (text.count("U, op deze pagina"), text.count(dossier.controller.name) > 0) == (1, True)


def test_the_telephone_among_the_pictures_can_be_called(client, member, case, page_of_rie):
    Team.objects.filter(pk=case.commitment.team_id).update(phone="0299 123 456")
    enter(client, code_of(member, page_of_rie))
    assert 'href="tel:0299123456"' in text_of(client, "pictures")


def secrets_of_others(member, dossier, case):
    """A reporter, a meldcode of the resident and of a housemate, and a second resident in the plan."""
    reporter = {"name": "Klaas Melder", "phone": "0612345678", "openness": "known"}
    do(receive_signal, member, channel="phone", about="person", words="Het ruikt er naar gas.", who="Rie", dossier=dossier, reporter=reporter)
    housemate = make_resident(member.team, "Huisgenoot", call_name="Piet").dossier
    for whom in (dossier, housemate):
        do(start_meldcode, member, dossier=whom)
    return housemate


@pytest.mark.parametrize("name", ["plan", "pictures", "contacts", "looks", "wrong"])
def test_no_reporter_meldcode_or_housemate_ever_stands_on_it(client, member, dossier, case, all_open, name):
    secrets_of_others(member, dossier, case)
    visit(client, member, dossier)
    text = text_of(client, name).lower()
    assert [word for word in ("melder", "0612345678", "gas", "huisgenoot", "piet", "meldcode") if word in text] == []


def test_who_comes_into_the_plan_later_closes_it_until_they_know(client, member, dossier, case, page_of_rie):
    enter(client, code_of(member, page_of_rie))
    other = make_resident(member.team, "Visser").dossier
    do(link_resident, member, case=case, dossier=other)
    assert "Ik wil weer naar buiten." not in text_of(client, "plan")
    make_page(member, dossier, case, others_know=True)
    assert client.get(reverse("portal:plan")).status_code == 302


def test_a_colleague_who_is_logged_in_types_no_code(client, member, page_of_rie):
    log_in(client, member.worker)
    code = code_of(member, page_of_rie)
    assert enter(client, code).status_code == 200
    assert Link.objects.get().uses == 0


def test_the_letter_holds_the_code_and_nothing_about_the_help(client, member, dossier, page_of_rie):
    log_in(client, member.worker)
    answer = client.post(reverse("portal:code", args=[dossier.ref]), {"way": "letter"})
    assert (answer.headers["Content-Type"], answer.content[:5], answer.headers["Cache-Control"]) == ("application/pdf", b"%PDF-", "no-store")
