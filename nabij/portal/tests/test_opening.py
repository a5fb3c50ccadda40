"""Which parts are open for whom, and when everything closes."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from nabij.access.actions import restrict_dossier
from nabij.access.actor import link_actor, system_actor
from nabij.access.doors import action
from nabij.access.models import Dossier
from nabij.access.tests.factories import actor_for, log_in, make_controller, make_member, make_municipality, make_team
from nabij.casework.actions import record_death
from nabij.core.errors import Absent, Refused
from nabij.links.models import Link
from nabij.portal.actions import close_page, enter_by_code, erase_pages, make_code, say_wrong, set_parts, start_visit
from nabij.portal.models import Correction, OwnPage, Visit
from nabij.portal.queries import export_pages, open_page_at, running_page
from nabij.residents.models import Representative, Resident
from nabij.residents.tests.factories import make_resident

from .factories import code_of, do, make_page

pytestmark = pytest.mark.django_db


def living(page):
    page.refresh_from_db()
    return page.ended_at is None, page.ended_why, Link.objects.live(timezone.now()).filter(kind="portal.plan").count()


def test_nothing_is_opened_when_it_is_not_safe(member, dossier, case):
    with pytest.raises(Refused):
        make_page(member, dossier, case, safe=False)
    assert make_page(member, dossier, case, (), safe=False).open_parts == []


def test_a_new_talk_ends_what_was_open_and_its_code(member, dossier, case, page_of_rie):
    code_of(member, page_of_rie)
    again = make_page(member, dossier, case, ("contacts",))
    assert living(page_of_rie) == (False, "new_talk", 0)
    assert again.open_parts == ["contacts"]


def test_closing_ends_code_and_visit_at_once(member, page_of_rie):
    code_of(member, page_of_rie)
    do(start_visit, member, page=page_of_rie)
    do(close_page, member, page=page_of_rie)
    assert living(page_of_rie) == (False, "closed", 0)
    assert Visit.objects.filter(ended_at__isnull=True).count() == 0
    with pytest.raises(Refused):
        do(make_code, member, page=page_of_rie)


def test_a_talk_of_tomorrow_opens_nothing_and_a_code_or_visit_needs_something_to_read(member, dossier):
    with pytest.raises(Refused) as refused:
        make_page(member, dossier, None, (), talk_on=timezone.localdate() + timedelta(1))
    assert (refused.value.message, refused.value.field, OwnPage.objects.count()) == ("Deze dag moet nog komen.", "talk_on", 0)
    page = make_page(member, dossier, None, ())
    for doing, words in ((make_code, "Een code opent het plan. Zet eerst het plan open."), (start_visit, "Er staat nog niets open. Zet eerst een deel open.")):
        with pytest.raises(Refused) as refused:
            do(doing, member, page=page)
        assert refused.value.message == words
    assert (Link.objects.count(), Visit.objects.count()) == (0, 0)


def test_there_is_no_running_page_before_a_talk_or_after_it_was_closed(member, dossier, case):
    with pytest.raises(Absent):
        running_page(actor=actor_for(member), ref=dossier.ref)
    page = make_page(member, dossier, case)
    assert open_page_at(ref=page.ref, on=timezone.localdate()) == page
    do(close_page, member, page=page)
    with pytest.raises(Absent):
        open_page_at(ref=page.ref, on=timezone.localdate())


def test_the_code_of_one_page_lets_nobody_into_another_and_no_words_are_no_correction(member, page_of_rie):
    code_of(member, page_of_rie)
    other = make_page(member, make_resident(member.team, "Visser", birth_year=1950).dossier, None, ("contacts",))
    now = timezone.now()
    with pytest.raises(Absent):
        enter_by_code(actor=link_actor(subject=other.ref, at=now, request_id="a"), at=now, page=other, link=Link.objects.get())
    with pytest.raises(Refused, match="Schrijf op wat niet klopt"):
        say_wrong(actor=link_actor(subject=page_of_rie.ref, at=now, request_id="b"), at=now, page=page_of_rie, words=" ")
    assert (Link.objects.get().uses, Correction.objects.count()) == (0, 0)


def test_death_closes_it_at_once(member, dossier, page_of_rie):
    code_of(member, page_of_rie)
    do(record_death, member, dossier=dossier, on=timezone.localdate())
    assert living(page_of_rie) == (False, "death", 0)
    with pytest.raises(Refused):
        make_page(member, dossier, None, ("contacts",))


def test_restricting_the_dossier_closes_it_at_once(member, dossier, page_of_rie):
    code_of(member, page_of_rie)
    do(restrict_dossier, member.team.lead, dossier=dossier, workers=[])
    assert living(page_of_rie) == (False, "dossier", 0)
    with pytest.raises(Refused):
        make_page(member.team.lead, dossier, None, ("contacts",))


@action("portal.tests_erase", allow={})
def erase(*, actor, at, dossier):
    """Erase, for tests."""
    return erase_pages(actor=actor, at=at, dossier=dossier)


def test_erasing_empties_the_talk_and_ends_the_page(member, dossier, page_of_rie):
    code_of(member, page_of_rie)
    assert [(row["mail_readers"], row["parts"]) for row in export_pages(dossier=dossier)] == [("de dochter", ["plan"])]
    now = timezone.now()
    assert erase(actor=system_actor(at=now), at=now, dossier=dossier) == 1
    assert [(row["mail_readers"], row["phone_readers"]) for row in export_pages(dossier=dossier)] == [("", "")]
    assert living(page_of_rie) == (False, "dossier", 0)


def test_a_plan_with_others_needs_that_they_know(member, dossier, case):
    other = make_resident(member.team, "Visser").dossier
    from nabij.casework.actions import link_resident

    do(link_resident, member, case=case, dossier=other)
    with pytest.raises(Refused):
        make_page(member, dossier, case)
    assert make_page(member, dossier, case, others_know=True).people == 2


def test_the_plan_of_somebody_else_is_not_opened(member, case):
    with pytest.raises(Refused):
        make_page(member, make_resident(member.team, "Visser").dossier, case)


def born(member, years):
    today = timezone.localdate()
    return make_resident(member.team, "Klein", birth_year=today.year - years, birth_month=today.month, birth_day=min(today.day, 28)).dossier


def test_below_twelve_the_code_is_not_for_the_child(member):
    with pytest.raises(Refused):
        make_page(member, born(member, 11), None, ("contacts",))
    assert make_page(member, born(member, 12), None, ("contacts",)).until_on is None


def test_a_representative_is_checked_and_counts_until_sixteen(member):
    child = born(member, 10)
    with pytest.raises(Refused):
        make_page(member, child, None, ("contacts",), holder="representative", holder_name="Moeder")
    held = make_page(member, child, None, ("contacts",), holder="representative", holder_name="Moeder", checked="gezagsregister gezien")
    resident = child.resident
    assert held.until_on == date(resident.birth_year + 16, resident.birth_month, resident.birth_day)


def test_from_sixteen_only_who_is_written_down_acts_for_somebody(member):
    grown, asked = born(member, 17), {"holder": "representative", "holder_name": "Bo", "checked": "beschikking gezien"}
    with pytest.raises(Refused):
        make_page(member, grown, None, ("contacts",), **asked)
    Representative.objects.create(dossier=grown, kind="mentor", name="Bo", from_on=timezone.localdate() - timedelta(10))
    assert make_page(member, grown, None, ("contacts",), **asked).until_on is None


def test_only_who_may_open_the_dossier_opens_a_page(dossier, case, page_of_rie):
    stranger = make_member(make_team(make_municipality(make_controller("welfare", "Welzijn"))), name="Wen")
    for doing in (lambda: make_page(stranger, dossier, case), lambda: code_of(stranger, page_of_rie), lambda: do(start_visit, stranger, page=page_of_rie)):
        with pytest.raises(Absent):
            doing()


def test_a_volunteer_opens_no_page(client, member, dossier):
    log_in(client, make_member(member.team, "volunteer", "Vik").worker)
    assert client.get(reverse("portal:manage", args=[dossier.ref])).status_code == 404


def test_parts_change_after_the_same_talk_and_the_code_stays(member, case, page_of_rie):
    code_of(member, page_of_rie)
    do(set_parts, member, page=page_of_rie, parts=("plan", "looks"), case=case)
    assert living(page_of_rie)[2] == 1
    assert page_of_rie.open_parts == ["plan", "looks"]


@pytest.mark.parametrize(
    "change",
    ["safe = (1 = 0)", "case_id = NULL", "holder = 'representative'", "ended_at = opened_at", "people = 0"],
)
def test_the_database_refuses_a_page_that_cannot_be(page_of_rie, change):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE portal_ownpage SET {change}")


def test_the_database_keeps_an_ended_page_ended_and_one_page_each(member, dossier, page_of_rie):
    do(close_page, member, page=page_of_rie)
    with pytest.raises(DatabaseError), transaction.atomic():
        OwnPage.objects.filter(pk=page_of_rie.pk).update(ended_at=None)
    make_page(member, dossier, None, ("looks",))
    twice = {"talk_on": timezone.localdate(), "safe": True, "opened_at": timezone.now()}
    with pytest.raises(DatabaseError), transaction.atomic():
        OwnPage.objects.create(dossier=dossier, **twice)


@pytest.mark.parametrize("why", ["restricted", "erased", "died"])
def test_the_database_opens_no_page_for_who_died_or_whose_dossier_is_shut(member, dossier, why):
    if why == "died":
        Resident.objects.filter(dossier=dossier).update(deceased_on=timezone.localdate())
    else:
        Dossier.objects.filter(pk=dossier.pk).update(**{"restricted": {"restricted": True}, "erased": {"erased_at": timezone.now()}}[why])
    with pytest.raises(DatabaseError, match="no own page for who died"), transaction.atomic():
        OwnPage.objects.create(dossier=dossier, talk_on=timezone.localdate(), safe=True, opened_at=timezone.now())
