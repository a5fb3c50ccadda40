"""Two colleagues type in one paper at one moment."""

import pytest
from django.utils import timezone

from nabij.access.tests.factories import make_member, make_team
from nabij.casework.tests.factories import make_case
from nabij.core.errors import Absent
from nabij.links.models import Link
from nabij.outcomes.actions import type_answer
from nabij.outcomes.models import Experience
from nabij.residents.tests.factories import make_resident
from tests.support.meanwhile import later, meanwhile

from .factories import GLAD, make_asked

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_one_typed_is_not_written_over_by_the_other():
    noor = make_member(make_team(), name="Noor")
    dossier = make_resident(noor.team, "Bakker").dossier
    case = make_case(noor, dossier)
    make_asked(noor, case, dossier)
    Link.objects.update(ended_at=timezone.now())  # one that still runs would make the second wait as well
    answers = (GLAD, {**GLAD, "heard": 1})
    typed = [later(type_answer, noor, case=case, dossier=dossier, on=timezone.localdate(), answers=each) for each in answers]
    told = meanwhile(*typed)
    assert Experience.objects.order_by("pk").first().heard == GLAD["heard"]
    # who began before the first was done is refused; who began after it typed in another paper
    assert isinstance(told, Absent) or Experience.objects.get(pk=told.pk).heard == 1
