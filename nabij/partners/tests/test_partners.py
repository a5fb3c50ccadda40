"""Who keeps partners and their keys, and what is refused."""

import pytest
from django.utils import timezone

from nabij.access.models import Role
from nabij.access.tests.factories import actor_for, make_member, make_team
from nabij.core.errors import Absent, Refused
from nabij.partners import actions, queries
from nabij.partners.models import Partner, Token

from .factories import FACTS, key_of, make_partner

pytestmark = pytest.mark.django_db


@pytest.fixture
def anja():
    return make_member(make_team(), Role.ADMINISTRATOR, "Anja")


@pytest.fixture
def partner(anja):
    return make_partner(anja.team.municipality)


def do(action, member, **facts):
    return action(actor=actor_for(member), at=timezone.now(), **facts)


def test_a_partner_stands_in_the_list_once(anja, partner):
    with pytest.raises(Refused) as refused:
        do(actions.add_partner, anja, municipality=anja.team.municipality, name=f" {partner.name.upper()} ", **FACTS)
    assert (refused.value.message, refused.value.field) == ("Deze partner is er al. Kies hem in de lijst.", "name")
    assert Partner.objects.count() == 1


def test_with_whom_we_stopped_gets_no_key_and_can_be_added_again(anja, partner):
    do(actions.end_partner, anja, partner=partner)
    with pytest.raises(Refused, match="We werken niet meer met deze partner"):
        do(actions.make_token, anja, partner=partner)
    assert Token.objects.count() == 0
    assert (
        do(actions.add_partner, anja, municipality=anja.team.municipality, name=partner.name, **FACTS).ended_at is None
    )


def test_a_partner_and_its_keys_are_there_only_for_who_keeps_that_municipality_in_order(anja, partner):
    key_of(partner)
    token = Token.objects.get()
    found = (
        queries.partner_at(actor=actor_for(anja), ref=partner.ref),
        queries.token_at(actor=actor_for(anja), ref=token.ref),
    )
    assert (*found, queries.municipality_of(actor=actor_for(anja))) == (partner, token, anja.team.municipality)
    for stranger in (anja.team.lead, make_member(make_team(), Role.ADMINISTRATOR, "Ada")):
        for look, ref in ((queries.partner_at, partner.ref), (queries.token_at, token.ref)):
            with pytest.raises(Absent):
                look(actor=actor_for(stranger), ref=ref)
    with pytest.raises(Absent):
        queries.municipality_of(actor=actor_for(anja.team.lead))
