"""Two people change one record at one moment: the second is shown how it stands now."""

import pytest

from nabij.access.actions import restrict_dossier
from nabij.core.errors import Conflict
from tests.support.meanwhile import again, later, meanwhile

from .factories import make_dossier, make_member, make_team

pytestmark = pytest.mark.django_db(transaction=True)


def test_who_saves_at_the_moment_a_colleague_did_is_told_so():
    team = make_team()
    dossier, noor = make_dossier(team), make_member(team)
    change = [later(restrict_dossier, by, dossier=again(dossier), workers=[noor.worker], version=1) for by in (team.lead, noor)]
    conflict = meanwhile(*change)
    assert (type(conflict), conflict.current.version, again(dossier).version) == (Conflict, 2, 2)
