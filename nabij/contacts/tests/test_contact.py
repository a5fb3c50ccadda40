import pytest
from django.utils import timezone

from nabij.access.tests.factories import actor_for, make_dossier, make_grant, make_member, make_team
from nabij.commitments.tests.factories import log_in
from nabij.contacts.actions import edit_text, withdraw_contact
from nabij.contacts.models import Contact, ContactText
from nabij.contacts.queries import contact_texts, export_contacts, last_contact
from nabij.core.errors import Conflict, Refused
from nabij.residents.tests.factories import make_resident

from .factories import make_contact

pytestmark = pytest.mark.django_db


@pytest.fixture
def member():
    return make_member(make_team())


@pytest.fixture
def contact(member):
    return make_contact(member, make_resident(member.team).dossier)


def test_a_withdrawn_contact_stays_and_counts_for_nothing(member, contact):
    dossier_id = contact.texts.get().dossier_id
    withdraw_contact(actor=actor_for(member), at=timezone.now(), contact=contact)
    assert last_contact(dossier_ids=[dossier_id]) == {}
    assert contact.texts.get().text == "Het gaat goed."


def test_only_the_author_or_the_lead_withdraws(member, contact):
    with pytest.raises(Refused):
        withdraw_contact(actor=actor_for(make_member(member.team, name="Bo")), at=timezone.now(), contact=contact)
    assert withdraw_contact(actor=actor_for(member.team.lead), at=timezone.now(), contact=contact).withdrawn_at


def test_what_was_withdrawn_is_not_changed_and_not_withdrawn_again(member, contact):
    withdraw_contact(actor=actor_for(member), at=timezone.now(), contact=contact)
    before, text = contact.withdrawn_at, contact.texts.get()
    with pytest.raises(Refused, match="Dit contact was al ingetrokken"):
        withdraw_contact(actor=actor_for(member), at=timezone.now(), contact=contact)
    with pytest.raises(Refused, match="Leg een nieuw contact vast"):
        edit_text(actor=actor_for(member), at=timezone.now(), text=text, audience="team", words="Anders.")
    contact.refresh_from_db()
    assert (contact.withdrawn_at, contact.texts.get().text) == (before, "Het gaat goed.")


def test_the_author_changes_a_text_and_its_audience(member, contact):
    text = contact.texts.get()
    edit_text(actor=actor_for(member), at=timezone.now(), text=text, audience="private", words="Alleen voor ons.")
    text.refresh_from_db()
    assert (text.text, text.words, text.audience, text.last_editor, text.version) == ("", "Alleen voor ons.", "private", member.worker, 2)


def test_somebody_elses_text_is_not_changed(member, contact):
    with pytest.raises(Refused):
        edit_text(actor=actor_for(member.team.lead), at=timezone.now(), text=contact.texts.get(), audience="team", words="Anders.")


def test_the_second_of_two_changes_is_told_how_it_stands_now(client, member, contact):
    text = contact.texts.get()
    edit_text(actor=actor_for(member), at=timezone.now(), text=text, version=1, audience="team", words="Eerst.")
    with pytest.raises(Conflict):
        edit_text(actor=actor_for(member), at=timezone.now(), text=text, version=1, audience="team", words="Toen.")
    answer = log_in(client, member.worker).post(f"/contacts/texts/{text.ref}", {"words": "Toen.", "audience": "team", "version": "1"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Eerst." in page
    assert "Toen." in page
    assert 'name="version" value="2"' in page
    text.refresh_from_db()
    assert text.text == "Eerst."


def test_a_private_text_is_for_author_and_lead_and_everybody_else_hears_that_there_is_one(member):
    dossier = make_dossier(member.team)
    make_contact(member, dossier, words="Alleen wij.", audience="private")
    make_contact(member, dossier, words="Voor het team.")
    colleague = make_member(member.team, name="Bo")
    seen = contact_texts(actor=actor_for(colleague), dossier_id=dossier.pk)
    assert ([row.words for row in seen.rows], seen.hidden) == (["Voor het team.", ""], 1)
    for reader in (member, member.team.lead):
        full = contact_texts(actor=actor_for(reader), dossier_id=dossier.pk)
        assert ([row.words for row in full.rows], full.hidden) == (["Voor het team.", "Alleen wij."], 0)


def test_a_text_is_for_who_may_open_the_dossier_and_the_contact_with_it(member, contact):
    elsewhere = make_member(make_team(member.team.municipality, name="Team Wheermolen"))
    dossier = contact.texts.get().dossier

    def read_by(reader):
        actor = actor_for(reader)
        return ContactText.objects.visible_to(actor).count(), Contact.objects.visible_to(actor).count()

    assert [read_by(reader) for reader in (member, elsewhere)] == [(1, 1), (0, 0)]
    make_grant(dossier, elsewhere.worker)
    type(dossier).objects.filter(pk=dossier.pk).update(restricted=True)
    assert [read_by(reader) for reader in (member, elsewhere)] == [(0, 0), (1, 1)]


def test_the_timeline_goes_on_where_the_page_before_ended(member):
    dossier, now = make_dossier(member.team), timezone.now()
    made = [make_contact(member, dossier, at=now, words=str(number)) for number in range(5)]  # all at one moment
    first = contact_texts(actor=actor_for(member), dossier_id=dossier.pk, limit=3)
    rest = contact_texts(actor=actor_for(member), dossier_id=dossier.pk, limit=3, before=first.after)
    assert [row.text for row in first.rows + rest.rows] == ["4", "3", "2", "1", "0"]
    assert (len(made), rest.after) == (5, None)


def test_another_team_reads_nothing_and_hears_nothing(member, contact):
    elsewhere = make_member(make_team(member.team.municipality, name="Team Wheermolen"))
    seen = contact_texts(actor=actor_for(elsewhere), dossier_id=contact.texts.get().dossier_id)
    assert (seen.rows, seen.hidden) == ([], 0)


def test_a_resident_gets_a_copy_of_everything_private_texts_included(member):
    dossier = make_dossier(member.team)
    make_contact(member, dossier, words="Alleen wij.", audience="private")
    assert [row["text"] for row in export_contacts(dossier=dossier)] == ["Alleen wij."]
