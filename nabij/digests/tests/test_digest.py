import threading
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from nabij.access.models import Role, Worker
from nabij.access.tests.factories import actor_for, make_member, make_team
from nabij.casework.actions import open_case
from nabij.commitments.actions import add_task, stand_in
from nabij.digests.models import DigestChoice, DigestDay
from nabij.digests.queries import due_workers, opens_week
from nabij.digests.sending import send_due_digests
from nabij.post.delivery import send_due
from nabij.post.models import Outgoing
from nabij.residents.actions import create_resident
from nabij.signals.actions import receive_signal

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TUESDAY = timezone.make_aware(timezone.datetime(2026, 11, 17, 7, 5))
MONDAY = TUESDAY - DAY


def make_task(owner, *, due_at=TUESDAY, at=MONDAY - 30 * DAY):
    return add_task(actor=actor_for(owner, at), at=at, what="Bel mevrouw Kroon", owner=owner, due_at=due_at)


def make_case(owner, *, at):
    resident = create_resident(actor=actor_for(owner, at), at=at, team=owner.team, call_name="Annie", surname="Kroon")
    return open_case(actor=actor_for(owner, at), at=at, dossiers=[resident.dossier], due_at=at + 200 * DAY)


def mail_to(member) -> str:
    row = next((row for row in Outgoing.objects.order_by("-pk") if row.to == member.worker.email), None)
    return f"{row.subject}\n{row.body}" if row else ""


def test_it_tells_how_many_of_what_and_no_name_and_no_word(noor):
    make_task(noor), make_task(noor, due_at=TUESDAY - 3 * DAY)
    make_case(noor, at=TUESDAY - 30 * DAY)
    assert send_due_digests(at=TUESDAY)["mailed"] == 2  # the lead hears that the zero is a number
    mail = mail_to(noor)
    for words in ("Nabij: 2 dingen voor vandaag", "1 is over de datum", "1 is voor vandaag", "1 inwoner is nooit gesproken", "http://localhost:8000/"):
        assert words in mail
    assert not any(name in mail for name in ("Kroon", "Annie", "mevrouw", "Bel "))


def test_over_real_smtp_one_mail_arrives_and_a_second_run_sends_none(noor, mail_server):
    make_task(noor)
    for _run in range(2):
        send_due_digests(at=TUESDAY)
        send_due(at=TUESDAY + timedelta(minutes=1))
    messages = mail_server.sent_to(noor.worker.email)
    assert [message["Subject"] for message in messages] == ["Nabij: 1 ding voor vandaag"]
    assert messages[0]["Auto-Submitted"] == "auto-generated"
    assert "Kroon" not in messages[0].as_string()


def test_nothing_to_tell_is_no_mail_that_day(noor):
    assert send_due_digests(at=TUESDAY) == {"nothing": 3}
    make_task(noor)
    assert send_due_digests(at=TUESDAY + timedelta(hours=2)) == {}
    assert Outgoing.objects.count() == 0


def names_due(at) -> list[str]:
    return sorted(worker.name for worker in due_workers(at=at))


def test_everybody_hears_it_from_the_chosen_hour_on(noor):
    DigestChoice.objects.create(worker=noor.worker, hour=9)
    assert names_due(TUESDAY) == ["Leonie", "Sam"]
    assert names_due(TUESDAY + timedelta(hours=2)) == ["Leonie", "Noor", "Sam"]


def test_no_mail_is_no_mail_and_once_a_week_is_the_first_working_day(noor, team):
    DigestChoice.objects.create(worker=noor.worker, rhythm="off")
    DigestChoice.objects.create(worker=team.lead.worker, rhythm="weekly")
    assert names_due(TUESDAY) == ["Sam"]
    assert names_due(MONDAY) == ["Leonie", "Sam"]
    easter_monday = timezone.datetime(2027, 3, 29).date()
    assert (opens_week(on=easter_monday), opens_week(on=easter_monday + DAY)) == (False, True)


def test_not_in_the_weekend_unless_the_person_says_so(noor):
    saturday = TUESDAY + 4 * DAY
    assert names_due(saturday) == []
    DigestChoice.objects.create(worker=noor.worker, free_days=True)
    assert names_due(saturday) == ["Noor"]


def test_who_is_away_blocked_gone_or_has_no_list_gets_none(noor, team):
    pim, bo, gone = make_member(team, name="Pim"), make_member(team, name="Bo"), make_member(team, name="Gé", until_on=MONDAY.date())
    make_member(team, Role.COUNTER, "Cor")
    Worker.objects.filter(pk=bo.worker_id).update(blocked_at=MONDAY)
    stand_in(actor=actor_for(team.lead, MONDAY), at=MONDAY, membership=pim, substitute=noor, from_on=MONDAY.date(), until_on=TUESDAY.date())
    assert gone.worker.name not in names_due(TUESDAY)
    assert names_due(TUESDAY) == ["Leonie", "Noor", "Sam"]


def test_the_lead_hears_once_a_week_how_the_team_stands_and_at_once_when_the_zero_is_a_number(noor, team):
    make_task(team.lead)
    send_due_digests(at=TUESDAY)
    assert "Team Gors" not in mail_to(team.lead)
    at = TUESDAY - 10 * DAY
    receive_signal(actor=actor_for(noor, at), at=at, channel="phone", about="person", words="x", who="y", team=team)
    send_due_digests(at=TUESDAY + DAY)
    assert "Team Gors: 1 ding dreigt tussen wal en schip te vallen." in mail_to(team.lead)
    assert "1 op te pakken" in mail_to(team.lead)
    assert "Team Gors" not in mail_to(noor)


def test_on_monday_the_lead_reads_that_the_zero_is_a_zero(team):
    send_due_digests(at=MONDAY)
    assert "Team Gors: Niemand valt tussen wal en schip: de nul is 0." in mail_to(team.lead)


def test_the_command_says_what_it_did(capsys, clock, noor):
    clock.to(TUESDAY)
    make_task(noor)
    call_command("digest")
    assert capsys.readouterr().out == "gemaild: 1, niets te melden: 2, mislukt: 0\n"


@pytest.mark.django_db(transaction=True)
def test_two_senders_at_once_mail_nobody_twice():
    noor = make_member(make_team(), name="Noor")
    make_task(noor)
    ready, results = threading.Barrier(3, timeout=60), []

    def run():
        try:
            ready.wait()
            results.append(send_due_digests(at=TUESDAY))
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(results) == 3
    assert [row.to for row in Outgoing.objects.all()] == [noor.worker.email]
    assert DigestDay.objects.filter(worker=noor.worker).count() == 1


def test_thirty_colleagues_ask_few_questions_each(team, django_assert_max_num_queries):
    for number in range(30):
        make_task(make_member(team, name=f"Pim{number}"))
    with django_assert_max_num_queries(12 + 33 * 14):
        assert send_due_digests(at=TUESDAY)["mailed"] == 30
