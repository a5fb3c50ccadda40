"""One person in the file twice, over all rooms: both histories on one page, and undoing puts every table back as it was."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nabij.access.models import Dossier, Role
from nabij.access.queries import dossier_at
from nabij.access.tests.factories import actor_for, log_in, make_grant, make_member, make_team
from nabij.casework.actions import open_case
from nabij.commitments.actions import add_task
from nabij.contacts.actions import record_contact
from nabij.contacts.queries import last_contact
from nabij.core.fields import Sealed
from nabij.desk.queries import resident_page
from nabij.desk.timeline import timeline
from nabij.duplicates.tests.factories import join, lay, make_twice, part
from nabij.residents.actions import add_contact_way, add_safety_note
from nabij.residents.models import Resident
from nabij.signals.actions import receive_signal
from nabij.upkeep.queries import due_for_erasure
from tests.support.browser import fits
from tests.support.hands import Keyboard

pytestmark = pytest.mark.django_db


def talk(dossier, by, words) -> None:
    actor = actor_for(by)
    record_contact(actor=actor, at=actor.at, dossiers=[dossier], medium="phone", reached=True, happened_at=actor.at, texts={dossier.pk: ("team", words)})


def told(actor, dossier) -> set[str]:
    return {moment.text for moment in timeline(actor=actor, dossier=dossier).moments}


def test_the_old_address_leads_to_the_dossier_that_stayed(team) -> None:
    one, two = make_twice(team)
    join(one, two, team.lead)
    actor = actor_for(team.lead)
    assert dossier_at(actor=actor, ref=two.dossier.ref) == one.dossier
    assert resident_page(actor=actor, ref=two.dossier.ref).dossier == one.dossier


def test_both_histories_stand_on_one_page(team) -> None:
    one, two = make_twice(team)
    talk(two.dossier, team.lead, "Over de huur")
    join(one, two, team.lead)
    talk(one.dossier, team.lead, "Over de tuin")
    actor = actor_for(team.lead)
    shown = resident_page(actor=actor, ref=one.dossier.ref)
    assert told(actor, shown.dossier) == {"Over de huur", "Over de tuin"}
    assert {home.street for home in shown.header.addresses} == {"Gorslaan", "Weerwal"}
    assert shown.last_contact == last_contact(dossier_ids=[two.pk])[two.pk]


def test_contact_recorded_since_stays_on_the_dossier_chosen_then(team) -> None:
    one, two = make_twice(team)
    talk(two.dossier, team.lead, "Van vroeger")
    merge = join(one, two, team.lead)
    actor = actor_for(team.lead)
    talk(dossier_at(actor=actor, ref=two.dossier.ref), team.lead, "Na het samenvoegen")
    part(merge, team.lead)
    assert told(actor, dossier_at(actor=actor, ref=one.dossier.ref)) == {"Na het samenvoegen"}
    assert told(actor, dossier_at(actor=actor, ref=two.dossier.ref)) == {"Van vroeger"}


def test_the_longer_keeping_time_counts_and_each_keeps_its_own(team) -> None:
    one, two = make_twice(team)
    day = actor_for(team.lead).on
    Dossier.objects.filter(pk=one.pk).update(erase_on=day)
    merge = join(one, two, team.lead)
    assert not due_for_erasure(on=day).filter(pk__in=[one.pk, two.pk]).exists()
    part(merge, team.lead)
    assert [row.pk for row in due_for_erasure(on=day)] == [one.pk]


# --- undoing is the identity

# who merged and when, who did what, and counters of changes are meant to stay
LEFT_OUT = {"duplicates.merge", "duplicates.pair", "audit.entry", "audit.seal", "core.donerequest"}
NUMBERS = {"residents.searchkey": {"id"}}  # written anew by what somebody is found


def everything() -> dict[str, list[Any]]:
    """Return every row of every table, as it stands."""
    found = {}
    for model in apps.get_models():
        if model._meta.label_lower not in LEFT_OUT and model._meta.managed:
            hidden = {"version", *NUMBERS.get(model._meta.label_lower, ())}
            names = [field.attname for field in model._meta.concrete_fields if field.attname not in hidden]
            rows = model._base_manager.values_list(*names)
            found[model._meta.label_lower] = sorted(repr([value.token if isinstance(value, Sealed) else value for value in row]) for row in rows)
    return found


def do(what: str, dossier: Dossier, lead: Any) -> None:
    """Let one thing happen to somebody."""
    actor = actor_for(lead)
    here = {"actor": actor, "at": actor.at, "dossier": dossier}
    doings = {
        "talk": lambda: talk(dossier, lead, "Koffie"),
        "task": lambda: add_task(what="Bellen", owner=lead, due_at=actor.at, **here),
        "note": lambda: add_safety_note(fact="Hond", what_to_do="Bel eerst", review_on=actor.on + timedelta(days=30), **here),
        "way": lambda: add_contact_way(kind="phone", value="0687654321", mind="", safe=True, preferred=True, **here),
        "case": lambda: open_case(actor=actor, at=actor.at, dossiers=[dossier]),
        "signal": lambda: receive_signal(actor=actor, at=actor.at, channel="phone", about="person", words="Zorgen", who="Ria", dossier=dossier, reporter=None),
        "grant": lambda: make_grant(dossier, lead.team.lead_substitute.worker),
    }
    doings[what]()


doings = st.lists(st.tuples(st.sampled_from(["talk", "task", "note", "way", "case", "signal", "grant"]), st.integers(0, 2)), max_size=5)
groups = st.dictionaries(st.sampled_from(["name", "birth", "address", "language"]), st.booleans())
patient = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@patient
@given(done=doings, chosen=groups, widen=st.booleans(), second=st.booleans(), order=st.booleans())
def test_merging_and_undoing_leaves_every_table_as_it_was(team, done, chosen, widen, second, order) -> None:
    with transaction.atomic():
        (one, two), (three, _spare) = make_twice(team), make_twice(team)
        people = [one, two, three]
        for what, whose in done:
            do(what, people[whose].dossier, team.lead)
        pairs = [lay(one, two, team.lead), lay(one, three, team.lead)]
        before = everything()
        choices = {group: (two if theirs else one).dossier.ref for group, theirs in chosen.items()}
        merges = [join(one, two, team.lead, choices=choices, widen=widen)]
        assert Resident.objects.filter(dossier__root=one.dossier).count() == 2
        if second:
            merges.append(join(one, three, team.lead))
        for merge in merges if order else reversed(merges):
            part(merge, team.lead)
        assert everything() == before
        assert len(pairs) == 2
        transaction.set_rollback(True)


# --- in the browser


def enter(page, member, live_server, client) -> None:
    session = log_in(client, member.worker).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])


@pytest.mark.django_db(transaction=True)
def test_a_worker_merges_works_on_and_undoes_it_by_keyboard(any_page, axe, live_server, client) -> None:
    team = make_team()
    one, two = make_twice(team)
    talk(two.dossier, team.lead, "Van vroeger")
    pair, keys, page = lay(one, two, team.lead), Keyboard(any_page), any_page
    enter(page, team.lead, live_server, client)
    page.goto("/duplicates/")
    axe(page)
    keys.press(page.get_by_role("link", name="Ria Vermeulen en Rita Vermeulen"))
    page.get_by_text("verschilt").first.wait_for()
    assert fits(page)
    axe(page)
    keys.press(page.get_by_role("link", name="Dit is één persoon: samenvoegen"))
    axe(page)
    keys.press(page.get_by_role("button", name="Samenvoegen"))
    page.get_by_text("Schrijf op hoe je weet").first.wait_for()
    axe(page)
    keys.write(page.get_by_label("Hoe weet je"), "Zelf gevraagd")
    keys.press(page.get_by_role("button", name="Samenvoegen"))
    page.get_by_text("Van vroeger").first.wait_for()
    talk(one.dossier, team.lead, "Na het samenvoegen")
    page.goto(f"/duplicates/of/{two.dossier.ref}")
    axe(page)
    keys.press(page.get_by_role("link", name="Samenvoegen van Rita Vermeulen ongedaan maken"))
    axe(page)
    keys.press(page.get_by_role("button", name="Samenvoegen ongedaan maken"))
    for dossier, here, gone in ((one.dossier, "Na het samenvoegen", "Van vroeger"), (two.dossier, "Van vroeger", "Na het samenvoegen")):
        page.goto(f"/residents/{dossier.ref}")
        page.get_by_text(here).first.wait_for()
        assert page.get_by_text(gone).count() == 0
    assert pair.one_id == one.pk


def _words(answer, address: str) -> str:
    """Return a page without its own address and its token, which differ on any page."""
    return re.sub(r'value="\w{64}"', "", answer.content.decode().replace(address, ""))


@pytest.mark.django_db
def test_a_restricted_dossier_leaks_nothing_on_any_page_about_duplicates(team, client) -> None:
    one, two = make_twice(team)
    pair, known = lay(one, two, team.lead), make_member(team, Role.WORKER, "Kim")
    Dossier.objects.filter(pk=two.pk).update(restricted=True)
    log_in(client, known.worker)
    gone = client.get("/duplicates/aaaaaaaaaaaaaaaaaaaa")
    for address in (f"{pair.ref}", f"{pair.ref}/merge", f"of/{two.dossier.ref}"):
        answer = client.get(f"/duplicates/{address}")
        assert answer.status_code == gone.status_code == 404
        assert _words(answer, address) == _words(gone, "a" * 20), address
    for address in ("", f"of/{one.dossier.ref}"):
        words = client.get(f"/duplicates/{address}").content.decode()
        assert "Rita" not in words
        assert two.dossier.ref not in words
    refused = client.post(f"/duplicates/of/{one.dossier.ref}/look", {"other": two.dossier.ref, "request_id": "x1"})
    assert refused.status_code == 404
