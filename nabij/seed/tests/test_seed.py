"""A small region: everything that holds for a real database holds here."""


import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from nabij.access.models import Worker
from nabij.access.tests.factories import log_in
from nabij.audit.models import Entry
from nabij.audit.queries import verify
from nabij.commitments.models import Commitment, Turn
from nabij.contacts.models import Contact, ContactText
from nabij.core import triggers
from nabij.residents.models import SearchKey
from nabij.seed.building import build
from nabij.seed.sizes import Sizes
from nabij.upkeep.sweep import sweep

SIZE = 60
# What only a person can solve, and what time brings: they belong in a real caseload too.
FOR_PEOPLE = {"orphan", "ended_owner", "no_row", "no_commitment", "turn", "rules", "lead", "unseen", "erasure", "expired", "blocked", "grant", "pause", "untaken"}


@pytest.fixture
def region(db, settings):
    settings.DEMO = True
    return build(residents=SIZE, now=timezone.now(), password="!", random_seed=7)


def test_there_is_as_much_of_everything_as_was_asked(region):
    assert (Contact.objects.count(), ContactText.objects.count(), Entry.objects.count()) == (10 * SIZE, 10 * SIZE, 100 * SIZE)
    assert Commitment.objects.open().count() == SIZE
    assert Worker.objects.filter(memberships__role__in=["lead", "worker"]).count() == region.workers


def test_the_sweep_finds_nothing_that_a_rule_forbids(region):
    found = {finding.code: finding.found for finding in sweep(at=timezone.now())}
    assert {code: found[code] for code in FOR_PEOPLE if found.get(code)} == {}


def test_every_entry_is_signed_and_every_batch_is_sealed(region):
    verdict = verify()
    assert (verdict.broken, verdict.entries, verdict.unsealed) == ("", 100 * SIZE, 0)


def test_the_database_wrote_who_answered_for_what(region):
    assert not Commitment.objects.exclude(pk__in=Turn.objects.values("commitment_id")).exists()
    assert triggers.missing(connection) == []


def test_somebody_can_be_found_and_their_worker_has_a_list(region, client):
    assert SearchKey.objects.count() > 5 * SIZE
    owner = Commitment.objects.open().filter(kind="case").first().owner
    text = log_in(client, owner.worker).get("/").text
    assert 'id="row-' in text


def test_the_same_number_gives_the_same_region_and_ids_go_on(region):
    first = Commitment.objects.order_by("pk").values_list("ref", flat=True)[0]
    assert len(first) == 20
    made = Worker.objects.create(email="new@nabij.example", name="Nieuw", password="!")
    assert made.pk > region.workers


def test_a_database_in_use_is_never_touched(region):
    with pytest.raises(CommandError, match="already"):
        call_command("seed", size=100)


def test_at_full_size_the_numbers_are_those_of_the_promise():
    sizes = Sizes(100_000)
    assert (sizes.workers, sizes.teams, sizes.contacts, sizes.open_work, sizes.entries) == (500, 40, 1_000_000, 100_000, 10_000_000)
