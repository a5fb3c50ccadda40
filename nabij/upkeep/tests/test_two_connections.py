"""The sweep and the privacy officer at the moment somebody else does something."""

import pytest

from nabij.access.models import Role
from nabij.access.tests.factories import make_member
from nabij.audit.models import Entry
from nabij.commitments.actions import finish_task
from nabij.commitments.tests.factories import make_task
from nabij.core.errors import Absent
from nabij.residents.tests.factories import make_resident
from nabij.upkeep.actions.erasing import erase_dossier
from nabij.upkeep.actions.sweeping import move_work
from tests.support.meanwhile import again, later, meanwhile

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_is_finished_at_the_moment_of_the_sweep_is_not_moved(team):
    noor, bo = make_member(team, name="Noor"), make_member(team, name="Bo")
    done, open_one = make_task(noor), make_task(noor)
    moved = meanwhile(later(finish_task, noor, task=done.task), later(move_work, None, membership=noor, successors=[bo]))
    assert (moved, again(done).owner, again(open_one).owner) == (1, noor, bo)


def test_a_dossier_is_erased_once(team):
    officer = make_member(team, Role.PRIVACY_OFFICER, "Petra")
    dossier = make_resident(team, "Bakker").dossier
    refused = meanwhile(*[later(erase_dossier, officer, dossier=again(dossier), reason="Op verzoek.") for _time in range(2)])
    assert (type(refused), Entry.objects.filter(verb="upkeep.erase").count()) == (Absent, 1)
