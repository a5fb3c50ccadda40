import pytest

from nabij.access.models import Role
from nabij.access.tests.factories import actor_for, make_dossier, make_grant, make_member, make_team
from nabij.audit.models import Entry
from nabij.post.models import Outgoing
from nabij.residents.models import Resident
from nabij.signals.actions import decide
from nabij.signals.models import Decision, Signal

from .factories import MONDAY, REPORTER, log_in, make_signal

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday(clock):
    clock.to(MONDAY)


@pytest.fixture
def lead(client, team):
    return log_in(client, team.lead)


def at(signal, page="") -> str:
    return f"/signals/{signal.ref}{page}"


def test_everything_about_a_signal_stands_on_one_page(lead, team):
    signal = make_signal(team, reporter=REPORTER, papers=[("trap.jpg", "image/jpeg", b"x")])
    text = lead.get(at(signal)).content.decode()
    for word in ("Meneer Jansen", "gordijnen", "Leonie", "trap.jpg", "Buurvrouw Bep", "Vraagt iemand om ondersteuning?", "Wat doen we?"):
        assert word in text


@pytest.mark.parametrize(
    ("ends", "word"), [(None, "Wacht op verzending"), ("sent_at", "Verstuurd"), ("gave_up_at", "Kon niet worden verstuurd"), ("bounced_at", "Teruggekomen")]
)
def test_what_became_of_a_mail_to_the_reporter_stands_on_the_page(lead, team, ends, word):
    signal = make_signal(team, reporter=REPORTER)
    decide(actor=actor_for(team.lead, MONDAY), at=MONDAY, signal=signal, kind="answer", reason="Uitgelegd", asks_support=False)
    sent = Outgoing.objects.filter(about_ref=signal.ref)
    if ends:
        sent.update(**{ends: MONDAY, "last_error": "550"})
    assert sent.exists()
    assert f'<span class="meta">{word}' in lead.get(at(signal)).content.decode()


def test_deciding_on_the_page_closes_the_signal(lead, team):
    signal = make_signal(team)
    answer = lead.post(at(signal, "/decide"), {"kind": "answer", "reason": "Uitgelegd", "asks_support": "no", "version": signal.version})
    assert (answer.status_code, answer.url) == (302, "/triage")
    assert Decision.objects.get().reason == "Uitgelegd"


def test_what_is_missing_comes_back_with_the_typed_text(lead, team):
    signal = make_signal(team)
    answer = lead.post(at(signal, "/decide"), {"kind": "nothing_until", "asks_support": "no", "reason": "Ze wil rust", "until_on": "2026-07-01"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Schrijf op met wie dit is afgesproken" in text
    assert "Ze wil rust" in text
    assert Decision.objects.count() == 0


def test_a_decision_nobody_knows_is_not_there(lead, team):
    assert lead.get(at(make_signal(team), "/decide?kind=case")).status_code == 404


@pytest.mark.parametrize("kind", ["answer", "nothing", "nothing_until", "duplicate", "passed_on"])
def test_each_decision_has_a_page_of_its_own(lead, team, kind):
    make_signal(team)
    assert lead.get(at(make_signal(team), f"/decide?kind={kind}")).status_code == 200


def test_a_resident_is_searched_and_linked(lead, team):
    dossier = make_dossier(team)
    make_grant(dossier, team.lead.worker)
    Resident.objects.create(dossier=dossier, call_name="Ria", surname="Bos")
    signal = make_signal(team)
    address = at(signal, f"/decide?kind=link&dossier={dossier.ref}")
    assert "Ria Bos" in lead.get(address).content.decode()
    lead.post(at(signal, "/decide"), {"kind": "link", "dossier": dossier.ref, "asks_support": "no"})
    found = Signal.objects.get(pk=signal.pk)
    assert (found.commitment.dossier, found.commitment.outcome) == (dossier, "linked")


def test_searching_is_written_down_without_the_words(lead, team):
    lead.post(at(make_signal(team), "/link"), {"words": "Geheimenaar"})
    assert Entry.objects.filter(verb="residents.search").count() == 1
    assert not any("Geheimenaar" in str(row) for row in Entry.objects.values())


def test_questions_are_answered_on_the_page(lead, team):
    signal = make_signal(team)
    lead.post(at(signal, "/classify"), {"asks_support": "yes", "about_child": "on"})
    found = Signal.objects.get(pk=signal.pk)
    assert (found.asks_support, found.about_child, found.commitment.urgency) == (True, True, 1)


def test_the_second_word_is_given_on_its_page(client, team):
    signal = make_signal(team, unsafe=True)
    decide(actor=actor_for(team.lead, MONDAY), at=MONDAY, signal=signal, kind="answer", asks_support=False)
    other = log_in(client, team.lead_substitute)
    assert "Leonie" in other.get(at(signal, "/second-word")).content.decode()
    assert other.post(at(signal, "/second-word"), {"agrees": "no"}).status_code == 422
    assert other.post(at(signal, "/second-word"), {"agrees": "yes"}).status_code == 302
    assert Signal.objects.get(pk=signal.pk).commitment.outcome == "answered"
    assert other.get(at(signal, "/second-word")).url == at(signal)


def test_reopening_is_asked_first(lead, team):
    signal = make_signal(team)
    decide(actor=actor_for(team.lead, MONDAY), at=MONDAY, signal=signal, kind="answer", asks_support=False)
    lead.get(at(signal, "/reopen"))
    assert not Signal.objects.get(pk=signal.pk).commitment.is_open
    lead.post(at(signal, "/reopen"))
    assert Signal.objects.get(pk=signal.pk).commitment.is_open


def test_a_file_is_downloaded_and_never_shown(lead, team):
    signal = make_signal(team, papers=[('<b>"x"\r\n.html', "text/html", b"<script>alert(1)</script>")])
    answer = lead.get(at(signal, f"/papers/{signal.signal_papers.get().paper.ref}"))
    assert answer.content == b"<script>alert(1)</script>"
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert (answer["X-Content-Type-Options"], answer["Cache-Control"]) == ("nosniff", "no-store")
    assert "sandbox" in answer["Content-Security-Policy"]


def test_a_file_of_another_signal_or_team_is_not_there(client, lead, team):
    one, two = make_signal(team, papers=[("a", "text/plain", b"a")]), make_signal(team)
    paper = one.signal_papers.get().paper.ref
    assert lead.get(at(two, f"/papers/{paper}")).status_code == 404
    assert log_in(client, make_team(team.municipality).lead).get(at(one, f"/papers/{paper}")).status_code == 404


def test_a_linked_signal_is_closed_to_who_may_not_open_the_resident(client, team):
    dossier = make_dossier(team, restricted=True)
    make_grant(dossier, team.lead.worker, kind="restricted")
    signal = make_signal(None, actor=actor_for(team.lead, MONDAY), dossier=dossier)
    assert log_in(client, team.lead).get(at(signal)).status_code == 200
    assert log_in(client, make_member(team, Role.WORKER)).get(at(signal)).status_code == 404


def test_opening_a_linked_signal_is_one_entry_of_who_looked(lead, team):
    dossier = make_dossier(team)
    signal = make_signal(team, dossier=dossier)
    lead.get(at(signal))
    assert Entry.objects.get(verb="signals.signal").dossier_id == dossier.pk


def test_who_asks_for_support_gets_the_way_to_the_wmo_track_as_soon_as_the_resident_is_known(lead, team):
    asks = make_signal(team, asks_support=True, dossier=make_dossier(team))
    asks_not = make_signal(team, asks_support=False, dossier=make_dossier(team))
    unknown = make_signal(team, asks_support=True)
    for signal, way in ((asks, True), (asks_not, False), (unknown, False)):
        assert ("Wmo-traject starten" in lead.get(at(signal)).content.decode()) is way
