"""A step at the moment a colleague finishes it."""

import pytest
from django.utils import timezone

from nabij.access.tests.factories import make_member, make_team
from nabij.core.errors import Refused
from nabij.meldcode.actions import let_in, sign_step
from nabij.meldcode.models import MeldStep
from nabij.residents.tests.factories import make_resident
from tests.support.meanwhile import again, later, meanwhile

from .factories import do, make_meldcode

pytestmark = pytest.mark.django_db(transaction=True)


def test_no_step_is_added_to_what_was_finished_at_that_moment():
    noor = make_member(make_team(), name="Noor")
    bo = make_member(noor.team, name="Bo")
    code = make_meldcode(noor, make_resident(noor.team, "Bakker").dossier)
    do(let_in, noor, meldcode=code, worker=bo.worker)
    facts = {"on": timezone.localdate(), "words": "Met het gezin besproken."}
    decide = later(sign_step, bo, meldcode=again(code), part="decide", decision="help", **facts)
    refused = meanwhile(decide, later(sign_step, noor, meldcode=again(code), part="signs", **facts))
    assert type(refused) is Refused
    assert [step.part for step in MeldStep.objects.all()] == ["decide"]
