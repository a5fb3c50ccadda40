"""Two withdraw one assessment at one moment."""

import pytest

from nabij.core.errors import Refused
from nabij.piling.actions import withdraw_assessment
from tests.support.meanwhile import again, later, meanwhile

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_assessment_is_withdrawn_once(officer, assessment):
    withdraw = [later(withdraw_assessment, officer, assessment=again(assessment)) for _time in range(2)]
    refused = meanwhile(*withdraw)
    assert (type(refused), again(assessment).version) == (Refused, 2)
