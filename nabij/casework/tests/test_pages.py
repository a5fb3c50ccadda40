import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from nabij.access.tests.factories import actor_for, make_grant, make_member, make_team
from nabij.casework.actions import add_activity, add_goal, ask_network, set_question
from nabij.casework.models import Activity, Case, Goal, NetworkAsk
from nabij.casework.queries import plan_of
from nabij.commitments.tests.factories import log_in
from nabij.residents.tests.factories import make_resident
from nabij.signals.tests.factories import make_signal

from .factories import make_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def member():
    return make_member(make_team())


@pytest.fixture
def resident(member):
    return make_resident(member.team, "Bakker", call_name="Rie")


@pytest.fixture
def case(member, resident):
    return make_case(member, resident.dossier, question="Hoe kom ik weer buiten?")


@pytest.fixture
def worker(client, member):
    return log_in(client, member.worker)


def do(action, member, **facts):
    return action(actor=actor_for(member), at=timezone.now(), **facts)


def text_of(answer):
    return answer.content.decode()


def test_the_plan_shows_the_question_the_goals_and_all_rungs_beside_each_other(worker, member, case):
    goal = do(add_goal, member, case=case, text="Elke week naar het koor")
    do(add_activity, member, case=case, text="Samen heen fietsen", rung=2, carrier="De buurvrouw", goal=goal)
    text = text_of(worker.get(f"/cases/{case.ref}"))
    for words in ("Uw vraag", "Hoe kom ik weer buiten?", "Elke week naar het koor", "Samen heen fietsen", "De buurvrouw", "Nog niet afgesproken"):
        assert words in text
    for rung in ("Zelf", "Mensen om u heen", "Vrijwilligers en buurt", "Hulp voor iedereen", "Hulp met besluit"):
        assert rung in text


def test_a_case_is_opened_from_a_signal_on_one_page(worker, member, resident):
    signal = make_signal(member.team, at=timezone.now(), dossier=resident.dossier)
    address = f"/cases/new?signal={signal.ref}"
    assert signal.words in text_of(worker.get(address))
    data = {"signal": signal.ref, "question": "Hulp", "owner": member.ref, "due_on": timezone.localdate().replace(year=2099), "request_id": "once"}
    answers = [worker.post("/cases/new", {**data, "dossier": resident.dossier.ref}) for _ in range(2)]
    case = Case.objects.get()
    assert [answer["Location"] for answer in answers] == [f"/cases/{case.ref}"] * 2
    assert case.signal == signal


def test_a_signal_about_nobody_yet_asks_to_link_it_first(worker, member):
    signal = make_signal(member.team, at=timezone.now())
    text = text_of(worker.get(f"/cases/new?signal={signal.ref}"))
    assert "Koppel het signaal eerst aan een inwoner" in text


def test_who_opens_a_second_case_sees_the_first(worker, resident, case):
    assert f"/cases/{case.ref}" in text_of(worker.get(f"/cases/new?dossier={resident.dossier.ref}"))


def test_the_own_network_is_asked_in_one_tap(worker, case):
    assert worker.post(f"/cases/{case.ref}/network", {"answer": "not_safe"}).status_code == 302
    assert NetworkAsk.objects.get().answer == "not_safe"
    assert "Niet veilig" in text_of(worker.get(f"/cases/{case.ref}"))


def test_after_an_unsafe_signal_the_page_says_why_it_does_not_ask(worker, member, resident):
    signal = make_signal(member.team, at=timezone.now(), unsafe=True, dossier=resident.dossier)
    case = make_case(member, resident.dossier, signal=signal)
    text = text_of(worker.get(f"/cases/{case.ref}"))
    assert "Niet gevraagd bij geweld, crisis of een overbelaste mantelzorger." in text
    assert 'name="answer"' not in text


def test_the_second_worker_sees_both_texts_and_keeps_their_own(worker, member, case):
    do(set_question, member, case=case, question="Wat er eerst stond.", version=1)
    answer = worker.post(f"/cases/{case.ref}/question", {"question": "Wat ik typte.", "version": "1"})
    text = text_of(answer)
    assert answer.status_code == 422
    assert "Wat er eerst stond." in text
    assert "Wat ik typte." in text
    case.refresh_from_db()
    assert case.question == "Wat er eerst stond."
    worker.post(f"/cases/{case.ref}/question", {"question": "Samen.", "version": "2"})
    case.refresh_from_db()
    assert case.question == "Samen."


POSTS = {
    "question": ({"question": "Anders"}, lambda case: case.question == "Anders"),
    "goals": ({"text": "Weer koken"}, lambda case: case.goals.count() == 1),
    "agree": ({"how": "spoken", "on": "2026-01-05", "present": "Rie"}, lambda case: str(case.agreed_on) == "2026-01-05"),
    "activities": ({"text": "Bellen", "rung": "1", "carrier": "Rie"}, lambda case: case.activities.count() == 1),
}


@pytest.mark.parametrize("part", POSTS)
def test_every_part_is_a_page_of_its_own_and_a_fragment_and_sending_twice_does_it_once(worker, case, part):
    address, (data, holds) = f"/cases/{case.ref}/{part}", POSTS[part]
    assert "<html" in text_of(worker.get(address))
    assert "<html" not in text_of(worker.get(address, headers={"hx-request": "true"}))
    for _ in range(2):
        assert worker.post(address, {**data, "request_id": "twice"})["Location"] == f"/cases/{case.ref}"
    case.refresh_from_db()
    assert holds(case)


@pytest.mark.parametrize(
    ("part", "data", "typed"),
    [
        ("goals", {"text": ""}, ""),
        ("agree", {"how": "spoken", "on": "2026-01-05", "present": ""}, "2026-01-05"),
        ("activities", {"text": "Samen koken", "rung": "", "carrier": "x"}, "Samen koken"),
        ("network", {"answer": "maybe"}, ""),
        ("close", {"resident_word": "Het is goed zo", "reason": ""}, "Het is goed zo"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(worker, case, part, data, typed):
    answer = worker.post(f"/cases/{case.ref}/{part}", data)
    text = text_of(answer)
    assert answer.status_code == 422
    assert 'id="errors"' in text
    assert typed in text


def test_closing_asks_of_every_goal_how_it_ended(worker, member, case):
    goal = do(add_goal, member, case=case, text="Weer koken")
    address = f"/cases/{case.ref}/close"
    data = {"reason": "Klaar", "resident_word": "Fijn", f"result_{goal.ref}": "reached", "next": "/somewhere"}
    assert worker.post(address, {"reason": "Klaar", "next": "/x"}).status_code == 422
    assert worker.post(address, data)["Location"] == "/somewhere"
    goal.refresh_from_db()
    case.commitment.refresh_from_db()
    assert (goal.result, case.commitment.outcome) == ("reached", "reached")
    assert "Fijn" in text_of(worker.get(f"/cases/{case.ref}"))
    assert worker.post(f"/cases/{case.ref}/reopen", {"due_on": "2099-01-04"})["Location"] == f"/cases/{case.ref}"


def test_goal_and_activity_end_on_their_own_pages(worker, member, case):
    goal = do(add_goal, member, case=case, text="Weer koken")
    activity = do(add_activity, member, case=case, text="Bellen", rung=1, carrier="Rie")
    worker.post(f"/goals/{goal.ref}/end", {"result": "reached", "words": ""})
    worker.post(f"/activities/{activity.commitment.ref}/finish", {"outcome": "not_needed"})
    assert Goal.objects.get().result == "reached"
    assert Activity.objects.get().commitment.outcome == "not_needed"


def test_somebody_else_is_found_and_added(worker, member, case):
    other = make_resident(member.team, "Zwaanswijk", call_name="Bram")
    address = f"/cases/{case.ref}/residents"
    text = text_of(worker.post(address, {"words": "Zwaanswijk"}))
    assert other.dossier.ref in text
    worker.post(address, {"dossier": other.dossier.ref})
    assert case.case_dossiers.count() == 2


def test_a_volunteer_reads_the_plan_of_their_own_people_and_changes_nothing(client, member, resident, case):
    volunteer = make_member(member.team, "volunteer")
    log_in(client, volunteer.worker)
    address = f"/cases/{case.ref}"
    assert client.get(address).status_code == 404
    make_grant(resident.dossier, volunteer.worker)
    text = text_of(client.get(address))
    assert "Hoe kom ik weer buiten?" in text
    assert "Eigen netwerk gevraagd?" not in text
    for part in ("question", "goals", "agree", "network", "activities", "close", "reopen", "residents"):
        assert client.get(f"{address}/{part}").status_code == 404
    assert client.post(f"{address}/goals", {"text": "x"}).status_code == 404


ADDRESSES = ["/cases/{case}", "/cases/{case}/question", "/cases/{case}/close", "/goals/{goal}/end", "/activities/{activity}/finish", "/residents/{dossier}/death"]


@pytest.mark.parametrize("house", ["team", "controller"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_what_is_another_teams_or_organisations_is_exactly_as_absent(client, member, resident, case, address, house):
    goal = do(add_goal, member, case=case, text="Weer koken")
    activity = do(add_activity, member, case=case, text="Bellen", rung=1, carrier="Rie")
    elsewhere = make_team(member.team.municipality, name="Team Wheermolen") if house == "team" else make_team(name="Team Welzijn")
    log_in(client, make_member(elsewhere).worker)
    refs = {"case": case.ref, "goal": goal.ref, "activity": activity.ref, "dossier": resident.dossier.ref}
    assert client.get(address.format(**refs)).status_code == 404
    assert client.post(address.format(**refs), {"question": "x"}).status_code == 404
    assert client.get(address.format(**dict.fromkeys(refs, "2" * 20))).status_code == 404


def full(member, case, count):
    for number in range(count):
        goal = do(add_goal, member, case=case, text=f"Doel {number}")
        do(add_activity, member, case=case, text=f"Actie {number}", rung=number % 5 + 1, carrier="Rie", goal=goal)
        do(ask_network, member, case=case, answer="yes")


def test_the_plan_asks_as_many_queries_for_one_goal_as_for_thirty(worker, member, resident, case):
    big = make_case(member, *[make_resident(member.team).dossier for _ in range(5)])
    full(member, case, 1)
    full(member, big, 30)
    counts = []
    worker.get(f"/cases/{case.ref}")
    for one in (case, big):
        with CaptureQueriesContext(connection) as caught:
            worker.get(f"/cases/{one.ref}")
        counts.append(len(caught))
    assert counts[0] == counts[1]


def test_the_plans_of_a_resident_are_read_in_eight_queries_however_many(member, resident, django_assert_num_queries):
    for count in (1, 3):
        full(member, make_case(member, resident.dossier), count)
        actor = actor_for(member)
        with django_assert_num_queries(8):
            plans = plan_of(actor=actor, dossier_id=resident.dossier.pk)
    assert [len(plan.goals) for plan in plans] == [3, 1]
