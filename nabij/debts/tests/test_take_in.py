"""A file is taken in once, whole, also when it stops in the middle."""

import io
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from benchmarks.debts_file import measure
from nabij.access.actor import system_actor
from nabij.access.models import NeighbourhoodPostcode
from nabij.access.tests.factories import actor_for, make_member, make_municipality, make_neighbourhood, make_team
from nabij.audit.models import Entry
from nabij.commitments.clock import end_of, term_end, working_days_after
from nabij.core.errors import Absent, Refused
from nabij.debts import actions, queries, taking_in
from nabij.debts.models import Debt, DebtFile, RefusedRow
from nabij.debts.tests.factories import file_of, mixed, row
from nabij.partners.tests.factories import make_partner
from nabij.signals.models import Signal

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return make_team(name="Voordeur", kind="front_door")


@pytest.fixture
def partner(team):
    return make_partner(team.municipality)


def today() -> str:
    return f"{timezone.localdate():%d-%m-%Y}"


def keep(partner, content):
    at = timezone.now()
    return actions.keep_file(actor=system_actor(at=at), at=at, partner=partner, name="a.csv", content=content)


def take(file, **more):
    at = timezone.now()
    return taking_in.take_in(file=file, actor=system_actor(at=at), at=at, **more)


def test_a_good_row_is_a_signal_with_the_term_of_the_law_and_its_basis(partner, team):
    take(keep(partner, file_of([row(1, **{"gemeld op": today()})])))
    debt = Debt.objects.select_related("signal__commitment").get()
    commitment, on = debt.commitment, timezone.localdate()
    assert (debt.signal.channel, debt.signal.who, debt.basis) == ("debt", "A.B. Bakker", "Wgs art. 3 lid 1 onder b")
    assert commitment.term_at == end_of(term_end(on, days=28))
    assert (commitment.team, commitment.due_at <= commitment.term_at) == (team, True)
    assert "€ 101,50" in debt.signal.words
    assert Entry.objects.get(verb="debts.take_row").actor_kind == "system"


def test_a_threatening_cut_off_or_eviction_is_three_working_days(partner):
    take(keep(partner, file_of([row(1, **{"gemeld op": today(), "crisis": "ontruiming"})])))
    commitment = Debt.objects.get().commitment
    assert commitment.term_at == end_of(working_days_after(timezone.localdate(), 3))
    assert commitment.urgency == 1


def test_the_place_decides_the_team_unless_the_partner_has_one_of_its_own(team):
    local = make_team(team.municipality, name="Team Gors")
    place = make_neighbourhood(team.municipality)
    NeighbourhoodPostcode.objects.create(neighbourhood=place, postcode="1442")
    local.areas.create(neighbourhood=place, from_on=date(2020, 1, 1))
    desk = make_team(team.municipality, name="Team Geldzaken")
    by_place, by_team = make_partner(team.municipality, "A"), make_partner(team.municipality, "B", team=desk)
    for partner in (by_place, by_team):
        take(keep(partner, file_of([row(1, **{"gemeld op": today()})])))
    assert [debt.commitment.team for debt in Debt.objects.order_by("pk")] == [local, desk]


def test_looking_at_a_file_takes_nothing_in(partner):
    content, wrong = mixed(8, 2, today())
    file = keep(partner, content)
    assert (file.state, file.rows, file.refused, Signal.objects.count()) == ("checked", 10, 2, 0)
    assert set(RefusedRow.objects.values_list("line", flat=True)) == set(wrong)


def test_the_same_file_again_adds_nothing_and_is_the_same_file(partner):
    content, _wrong = mixed(8, 2, today())
    first = take(keep(partner, content))
    assert (first.state, first.new, first.known) == ("done", 8, 0)
    again = take(keep(partner, content))
    assert (again.pk, Debt.objects.count(), RefusedRow.objects.count()) == (first.pk, 8, 2)


def test_a_row_that_came_in_with_an_earlier_file_is_known(partner):
    take(keep(partner, file_of([row(n, **{"gemeld op": today()}) for n in (1, 2)])))
    file = keep(partner, file_of([row(n, **{"gemeld op": today()}) for n in (2, 3)]))
    assert file.known == 1
    done = take(file)
    assert (done.new, done.known, Debt.objects.count()) == (1, 1, 3)


def test_the_same_row_of_two_partners_is_two_arrears(partner, team):
    other = make_partner(team.municipality, "Energie Noord", kind="energy")
    for one in (partner, other):
        take(keep(one, file_of([row(1, **{"gemeld op": today()})])))
    assert Debt.objects.count() == 2


def test_a_run_that_stopped_goes_on_where_it_was_and_keeps_no_half_of_the_rows_under_way(partner, monkeypatch):
    monkeypatch.setattr(taking_in, "TOGETHER", 3)
    file, quick, count = keep(partner, mixed(9, 1, today())[0]), taking_in.take_row, []

    def stops(**kwargs):
        if len(count) == 4:
            raise KeyboardInterrupt
        count.append(1)
        return quick(**kwargs)

    monkeypatch.setattr(taking_in, "take_row", stops)
    with pytest.raises(KeyboardInterrupt):
        take(file)
    monkeypatch.setattr(taking_in, "take_row", quick)
    assert (Debt.objects.count(), DebtFile.objects.get().state) == (3, "running")  # the fourth was not safe yet: it comes in again
    with pytest.raises(Refused, match="al ingelezen"):
        take(file)  # the first run may still be alive
    assert taking_in.go_on(at=timezone.now() + timedelta(minutes=3)) == 1
    assert (Debt.objects.count(), DebtFile.objects.get().state) == (9, "done")


def test_a_long_file_begins_at_once_and_goes_on_by_itself(partner):
    file = take(keep(partner, mixed(9, 1, today())[0]), limit=3)
    assert (file.state, Debt.objects.count()) == ("running", 3)
    taking_in.go_on(at=timezone.now())
    assert (DebtFile.objects.get().state, Debt.objects.count()) == ("done", 9)


def test_a_file_that_was_looked_at_can_be_thrown_away_and_comes_back_as_new(partner):
    at, content = timezone.now(), mixed(3, 1, today())[0]
    first = keep(partner, content)
    actions.drop_file(actor=system_actor(at=at), at=at, file=first)
    assert keep(partner, content).pk != first.pk


def test_a_municipality_in_which_nobody_can_take_it_up_refuses_the_file():
    partner = make_partner(make_municipality())
    with pytest.raises(Refused, match="Wijs een voordeurteam"):
        keep(partner, mixed(1, 0, today())[0])


def test_a_partner_without_an_agreement_about_arrears_sends_none(team):
    ended = make_partner(team.municipality, "B")
    ended.ended_at = timezone.now()
    ended.save()
    for partner in (make_partner(team.municipality, "A", may_debts=False), ended):
        with pytest.raises(Refused, match="geen afspraak over achterstanden") as refused:
            keep(partner, mixed(1, 0, today())[0])
        assert (refused.value.field, DebtFile.objects.count()) == ("partner", 0)


def test_a_file_of_arrears_is_kept_for_ones_own_team_only(partner, team):
    at, content = timezone.now(), mixed(1, 0, today())[0]
    stranger = make_member(make_team(team.municipality, name="Team Gors"), name="Bo")
    with pytest.raises(Absent):
        actions.keep_file(actor=actor_for(stranger), at=at, partner=partner, name="a.csv", content=content)
    with pytest.raises(Absent):
        queries.partner_for(actor=actor_for(stranger), ref=partner.ref)
    assert (DebtFile.objects.count(), queries.partner_for(actor=actor_for(team.lead), ref=partner.ref)) == (0, partner)


def test_a_file_of_which_rows_are_in_is_not_thrown_away(partner):
    at, file = timezone.now(), take(keep(partner, mixed(3, 1, today())[0]))
    with pytest.raises(Refused, match="al regels van dit bestand ingelezen"):
        actions.drop_file(actor=system_actor(at=at), at=at, file=file)
    file = DebtFile.objects.get()
    assert (file.state, file.paper.erased_at, file.refused_rows.count()) == ("done", None, 1)


def test_the_command_says_what_it_did_and_a_try_out_keeps_nothing(partner, tmp_path):
    content, wrong = mixed(5, 2, today())
    path, out, told = tmp_path / "a.csv", io.StringIO(), io.StringIO()
    path.write_bytes(content)
    words = {"partner": partner.name, "stdout": out, "stderr": told}
    call_command("import_debts", str(path), dry_run=True, **words)
    assert (Debt.objects.count(), "Er is niets bewaard" in out.getvalue()) == (0, True)
    call_command("import_debts", str(path), errors=tmp_path / "e.csv", **words)
    assert (Debt.objects.count(), (tmp_path / "e.csv").read_text("utf-8-sig").count("\n")) == (5, len(wrong) + 1)
    assert "regel " in told.getvalue()
    with pytest.raises(CommandError, match="geen partner"):
        call_command("import_debts", str(path), partner="Bestaat niet", stdout=out)


def test_what_may_no_longer_be_kept_is_emptied_six_months_after_the_end(partner):
    take(keep(partner, file_of([row(1, **{"gemeld op": today()})])))
    at, debt = timezone.now(), Debt.objects.get()
    assert list(queries.debts_to_empty(at=at + timedelta(days=999))) == []  # still open
    debt.commitment.__class__.objects.update(closed_at=at, outcome="nothing")
    assert list(queries.debts_to_empty(at=at + timedelta(days=182))) == []
    assert list(queries.debts_to_empty(at=at + timedelta(days=184))) == [debt]
    actions.empty_debt(actor=system_actor(at=at), at=at, debt=debt)
    debt.refresh_from_db()
    assert (debt.surname, debt.reference, debt.birth_on, debt.digest != "") == ("", "", None, True)
    take(keep(partner, file_of([row(1, **{"gemeld op": today()})]) + b" "))
    assert Debt.objects.count() == 1


def test_killed_in_the_middle_and_run_again_every_row_is_in_once_and_every_bad_one_named(tmp_path):
    found = measure(rows=330, bad=30, folder=tmp_path)
    assert (found["kinds"] >= 12, found["again_adds"], 0 < found["killed_after_rows"] < 300) == (True, 0, True)
