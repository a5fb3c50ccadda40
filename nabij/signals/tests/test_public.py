import re
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse

from nabij.access.tests.factories import actor_for, make_dossier, make_grant, make_member, make_neighbourhood, make_team
from nabij.signals.actions import decide
from nabij.signals.models import Signal
from nabij.signals.suspicion import fresh_token
from nabij.signals.terms import STATUS_QUESTIONS_PER_HOUR

from .factories import MONDAY, log_in, receive

pytestmark = pytest.mark.django_db
FORM, STATUS = "/zorgen", "/zorgen/status"


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()


@pytest.fixture
def team():
    return make_team(name="Voordeur", kind="front_door")


@pytest.fixture
def filled(clock):
    """What a person sends a minute after opening the form."""
    clock.to(MONDAY)
    token = fresh_token()
    clock.forward(minutes=1)
    return {"about": "person", "who": "De mevrouw van 12", "words": "Ze roept.", "openness": "known", "shown": token, "request_id": "r" * 32}


def number_in(answer) -> str:
    return re.search(r"[2-9a-z]{4}-[2-9a-z]{4}-[2-9a-z]{4}", answer.content.decode())[0]


def test_the_page_begins_with_whom_to_call_now(client, team):
    text = client.get(FORM).content.decode()
    assert text.index("tel:112") < text.index("<h1")
    assert "Ik maak me zorgen, of ik zoek hulp" in text
    assert "melden" not in text.lower()


def test_a_worry_is_received_and_the_number_stands_on_the_page_only(client, team, filled):
    answer = client.post(FORM, filled)
    assert (answer.status_code, answer.url) == (302, "/zorgen/received")
    signal = Signal.objects.get()
    assert (signal.channel, signal.suspicion, signal.commitment.team, signal.reporter.openness) == ("form", "", team, "known")
    number = number_in(client.get(answer.url))
    assert "Ontvangen" in client.post(STATUS, {"number": number}).content.decode()


def test_who_sent_nothing_is_not_thanked(client, team):
    text = client.get("/zorgen/received").content.decode()
    assert ["Dank u wel" in text, STATUS in text, FORM in text] == [False, True, True]


def test_sent_twice_is_one_worry_and_one_number(client, team, filled):
    client.post(FORM, filled)
    first = number_in(client.get("/zorgen/received"))
    client.session.flush()
    client.cookies.clear()
    client.post(FORM, filled)
    assert number_in(client.get("/zorgen/received")) == first
    assert Signal.objects.count() == 1


def test_who_looks_for_help_makes_a_wmo_report(client, team, filled):
    client.post(FORM, filled | {"about": "self", "who": "", "name": "Jo", "phone": "0612345678"})
    signal = Signal.objects.get()
    assert (signal.asks_support, signal.who, signal.commitment.term_at is not None) == (True, "Jo", True)


def test_what_is_missing_is_said_and_the_typed_text_stays(client, team, filled):
    answer = client.post(FORM, filled | {"words": "", "who": "Meneer in de Kerkstraat"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Schrijf op wat er aan de hand is" in text
    assert "Meneer in de Kerkstraat" in text
    assert Signal.objects.count() == 0


@pytest.mark.parametrize(
    ("change", "why"),
    [({"website": "http://x.example"}, "trap"), ({"shown": "made up"}, "token"), ({"shown": ""}, "token")],
)
def test_what_a_program_sends_is_kept_and_marked(client, team, filled, change, why):
    assert client.post(FORM, filled | change).status_code == 302
    assert Signal.objects.get().suspicion == why


def test_too_fast_for_a_person_is_kept_and_marked(client, team, filled):
    client.post(FORM, filled | {"shown": fresh_token()})
    assert Signal.objects.get().suspicion == "fast"


def test_many_from_one_address_are_kept_and_marked(client, team, filled):
    for n in range(7):
        client.post(FORM, filled | {"request_id": f"{n}" * 32})
    assert list(Signal.objects.order_by("pk").values_list("suspicion", flat=True)) == [""] * 5 + ["many"] * 2


def test_a_page_left_open_for_days_is_no_program(client, team, filled, clock):
    clock.forward(days=3)
    client.post(FORM, filled)
    assert Signal.objects.get().suspicion == ""


def test_a_colleague_who_is_logged_in_reports_as_anybody(client, team, filled):
    log_in(client, make_member(team, "administrator"))
    client.post(FORM, filled)
    assert Signal.objects.get().recorded_by is None


def test_the_neighbourhood_can_be_chosen(client, team, filled):
    place = make_neighbourhood(team.municipality, "Overwhere")
    assert "Overwhere" in client.get(FORM).content.decode()
    client.post(FORM, filled | {"area": place.ref})
    assert Signal.objects.get().neighbourhood == place


def test_two_municipalities_each_have_their_own_choice(client, team, filled):
    other = make_team(name="Elders", kind="front_door")
    client.post(FORM, filled | {"area": other.municipality.ref})
    assert Signal.objects.get().commitment.team == other


def test_without_any_team_the_form_says_so_and_keeps_the_words(client, filled):
    assert "Nog niemand leest dit formulier" in client.post(FORM, filled).content.decode()
    assert Signal.objects.count() == 0


# --- the status page


def page_for(client, number: str) -> str:
    text = client.post(STATUS, {"number": number}).content.decode()
    text = text.replace(number, "NUMBER")
    return re.sub(r'name="(request_id|csrfmiddlewaretoken)" value="[^"]*"', "", text)


@pytest.mark.parametrize(
    ("days", "says"), [(0, "Ontvangen"), (1, "We kijken ernaar"), (13, "We kijken ernaar"), (14, "Klaar aan onze kant"), (100, "Klaar aan onze kant")]
)
def test_the_text_follows_the_date_and_is_the_same_for_everybody(client, team, clock, days, says):
    dossier, hidden = make_dossier(team), make_dossier(team, restricted=True)
    lead = actor_for(team.lead, MONDAY)
    make_grant(dossier, team.lead.worker)
    make_grant(hidden, team.lead.worker, kind="restricted")
    unknown, known, double, protected, unsafe = (receive(team, unsafe=n == 4) for n in range(5))
    decide(actor=lead.again(), at=MONDAY, signal=known.signal, kind="link", dossier=dossier, asks_support=True)
    decide(actor=lead.again(), at=MONDAY, signal=double.signal, kind="duplicate", duplicate_of=unknown.signal, asks_support=False)
    decide(actor=lead.again(), at=MONDAY, signal=protected.signal, kind="link", dossier=hidden, asks_support=False)
    clock.to(MONDAY + timedelta(days=days))
    texts = {page_for(client, one.number) for one in (unknown, known, double, protected, unsafe)}
    assert len(texts) == 1
    assert f'<p class="notice-title">{says}</p>' in texts.pop()


def test_the_weekend_is_no_working_day(client, team, clock):
    friday = MONDAY.replace(day=19)
    receipt = receive(team, at=friday)
    clock.to(date(2026, 6, 21))
    assert "Ontvangen" in page_for(client, receipt.number)
    clock.to(date(2026, 6, 22))
    assert "We kijken ernaar" in page_for(client, receipt.number)


@pytest.mark.parametrize("number", ["aaaa-bbbb-cccc", "'; DROP TABLE", "0", "ÿÿÿÿ"])
def test_an_unknown_number_is_said_plainly(client, team, number):
    assert "We kennen dit nummer niet" in client.post(STATUS, {"number": number}).content.decode()


def test_the_number_never_stands_in_an_address(client, team):
    receipt = receive(team)
    assert "Ontvangen" not in client.get(STATUS, {"number": receipt.number}).content.decode()


def test_guessing_numbers_is_stopped(client, team):
    for _n in range(STATUS_QUESTIONS_PER_HOUR):
        assert client.post(STATUS, {"number": "aaaa-bbbb-cccc"}).status_code == 200
    answer = client.post(STATUS, {"number": receive(team).number})
    assert answer.status_code == 429
    assert "Ontvangen" not in answer.content.decode()


def test_reading_writes_nothing(client, team):
    for name in ("public_form", "received", "status"):
        assert client.get(reverse(f"signals:{name}")).status_code == 200
