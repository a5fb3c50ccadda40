"""A track at the moment a colleague ends it."""

import pytest

from nabij.access.tests.factories import make_member, make_team
from nabij.core.errors import Refused
from nabij.residents.tests.factories import make_resident
from nabij.wmo.actions import confirm_receipt, end_track
from tests.support.meanwhile import again, later, meanwhile

from .factories import MONDAY, make_track

pytestmark = pytest.mark.django_db(transaction=True)


def test_nothing_is_written_in_a_track_that_ended_at_that_moment():
    noor = make_member(make_team(), name="Noor")
    track = make_track(noor, make_resident(noor.team, "Bakker").dossier)
    end = later(end_track, noor, MONDAY, track=again(track), why="taken_back", reason="Wil het zelf doen.")
    refused = meanwhile(end, later(confirm_receipt, noor.team.lead, MONDAY, track=again(track), on=MONDAY.date(), how="per brief"))
    assert (type(refused), again(track).confirmed_on) == (Refused, None)
