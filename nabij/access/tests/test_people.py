"""Workers and their places in teams: what an administrator is refused, with the reason, and that nothing was written then."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone

from nabij.access import actions
from nabij.access.models import Membership, Role
from nabij.core.errors import Absent, Refused

from .factories import actor_for, make_member, make_team

pytestmark = pytest.mark.django_db
NOW = timezone.now
PASSWORD = "een lange zin over de dijk"


def place(team, **fields):
    return {"team": team, "role": Role.WORKER, "paid": True, "from_on": timezone.localdate(), **fields}


def stands(membership):
    """Return what an administrator could have changed of somebody."""
    membership.refresh_from_db()
    worker = membership.worker
    worker.refresh_from_db()
    places = set(Membership.objects.filter(worker=worker).values_list("role", "until_on", "ended_at"))
    return (
        worker.email,
        worker.name,
        worker.password,
        worker.version,
        Authenticator.objects.filter(user=worker).count(),
        places,
    )


VERBS = {
    "change_worker": {"email": "nieuw@nabij.example", "name": "Nieuw"},
    "set_password": {"password": PASSWORD},
    "reset_second_factor": {},
}


@pytest.mark.parametrize("verb", VERBS)
def test_somebody_of_another_municipality_is_not_there_for_an_administrator(anja, verb):
    stranger = make_member(make_team(name="Team Elders"), name="Vera")
    Authenticator.objects.create(user=stranger.worker, type=Authenticator.Type.TOTP, data={})
    before = stands(stranger)
    with pytest.raises(Absent):
        getattr(actions, verb)(actor=actor_for(anja), at=NOW(), worker=stranger.worker, **VERBS[verb])
    assert stands(stranger) == before


def test_somebody_of_another_municipality_gets_no_place_in_ours(team, anja):
    stranger = make_member(make_team(name="Team Elders"), name="Vera")
    with pytest.raises(Absent):
        actions.add_membership(actor=actor_for(anja), at=NOW(), worker=stranger.worker, **place(team))
    assert Membership.objects.filter(worker=stranger.worker).get() == stranger


def test_an_address_that_a_colleague_logs_in_with_is_not_given_twice(team, anja, noor):
    before = stands(noor)
    with pytest.raises(Refused, match="Er is al een account met dit e-mailadres") as refused:
        actions.change_worker(
            actor=actor_for(anja), at=NOW(), worker=noor.worker, email=team.lead.worker.email.upper(), name="Noor"
        )
    assert (refused.value.field, stands(noor)) == ("email", before)


@pytest.mark.parametrize(
    ("password", "why"), [("kort", "te kort"), ("password123456", "Veel mensen gebruiken dit wachtwoord")]
)
def test_a_password_that_is_easily_found_is_not_set(anja, noor, password, why):
    before = stands(noor)
    with pytest.raises(Refused, match=why) as refused:
        actions.set_password(actor=actor_for(anja), at=NOW(), worker=noor.worker, password=password)
    assert (refused.value.field, stands(noor)) == ("password", before)


def test_nobody_takes_away_their_own_second_step(anja):
    Authenticator.objects.create(user=anja.worker, type=Authenticator.Type.TOTP, data={})
    with pytest.raises(Refused, match="eigen tweede stap niet weghalen"):
        actions.reset_second_factor(actor=actor_for(anja), at=NOW(), worker=anja.worker)
    assert Authenticator.objects.filter(user=anja.worker).count() == 1


@pytest.mark.parametrize(
    ("days", "role", "field", "why"),
    [
        (-1, Role.GGD, "until_on", "De laatste dag ligt voor de eerste dag"),
        (None, Role.WORKER, "team", "Noor heeft deze functie al in dit team"),
    ],
)
def test_a_place_that_ends_before_it_begins_or_is_there_already_is_not_given(team, anja, noor, days, role, field, why):
    before, until_on = stands(noor), None if days is None else timezone.localdate() + timedelta(days)
    with pytest.raises(Refused, match=why) as refused:
        actions.add_membership(
            actor=actor_for(anja), at=NOW(), worker=noor.worker, **place(team, role=role, until_on=until_on)
        )
    assert (refused.value.field, stands(noor)) == (field, before)


def test_the_last_day_is_not_planned_before_the_first(anja, noor):
    before = stands(noor)
    with pytest.raises(Refused, match="De laatste dag ligt voor de eerste dag"):
        actions.move_membership_end(
            actor=actor_for(anja), at=NOW(), membership=noor, until_on=noor.from_on - timedelta(1)
        )
    assert stands(noor) == before


def test_what_has_ended_keeps_the_moment_at_which_it_did(anja, noor):
    actions.end_membership(actor=actor_for(anja), at=NOW() - timedelta(hours=1), membership=noor)
    before = stands(noor)
    with pytest.raises(Refused, match="al beëindigd"):
        actions.end_membership(actor=actor_for(anja), at=NOW(), membership=noor)
    assert stands(noor) == before
