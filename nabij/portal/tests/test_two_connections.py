"""Parts are changed at the moment a colleague closes the page."""

import pytest

from nabij.core.errors import Refused
from nabij.portal.actions import close_page, set_parts
from tests.support.meanwhile import again, later, meanwhile

pytestmark = pytest.mark.django_db(transaction=True)


def test_nothing_opens_on_a_page_that_was_closed_at_that_moment(member, all_open):
    change = later(set_parts, member.team.lead, page=again(all_open), parts=("contacts",))
    refused = meanwhile(later(close_page, member, page=again(all_open)), change)
    page = again(all_open)
    assert (type(refused), page.ended_why, page.ended_at is None) == (Refused, "closed", False)
