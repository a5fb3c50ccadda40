"""A copy for a resident, and erasing, by command: in the name of a privacy officer of the dossier's own organisation."""

import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from nabij.access.models import Role
from nabij.access.tests.factories import make_controller, make_member, make_team
from nabij.audit.models import Entry
from nabij.residents.tests.factories import make_resident

pytestmark = pytest.mark.django_db


@pytest.fixture
def petra():
    return make_member(make_team(), Role.PRIVACY_OFFICER, "Petra")


@pytest.fixture
def dossier(petra):
    return make_resident(petra.team, "Zilverberg").dossier


def test_a_copy_holds_what_is_kept_and_only_its_owner_reads_the_file(petra, dossier, tmp_path):
    file = tmp_path / "copy.json"
    call_command("export_dossier", dossier.ref, str(file), email=petra.worker.email)
    assert "Zilverberg" in json.dumps(json.loads(file.read_text(encoding="utf-8"))["rooms"])
    assert file.stat().st_mode & 0o077 == 0
    written = Entry.objects.get(verb="upkeep.export")
    assert (written.actor_id, written.dossier_id) == (petra.worker_id, dossier.pk)
    with pytest.raises(CommandError, match="bestaat al"):
        call_command("export_dossier", dossier.ref, str(file), email=petra.worker.email)
    assert Entry.objects.filter(verb="upkeep.export").count() == 1


def test_erasing_before_its_day_asks_a_reason_and_leaves_nothing_to_read(petra, dossier):
    with pytest.raises(CommandError, match="bewaartermijn"):
        call_command("erase_dossier", dossier.ref, email=petra.worker.email)
    call_command("erase_dossier", dossier.ref, email=petra.worker.email, reason="Op verzoek")
    dossier.refresh_from_db()
    assert (dossier.erased_at is not None, dossier.resident.surname) == (True, "")
    assert Entry.objects.get(verb="upkeep.erase").actor_id == petra.worker_id


@pytest.mark.parametrize("command", ["export_dossier", "erase_dossier"])
def test_nobody_else_and_no_other_organisation(petra, dossier, tmp_path, command):
    more = [str(tmp_path / "copy.json")] if command == "export_dossier" else []
    house = make_controller("welfare", "Stichting Ernaast")
    elsewhere = make_member(make_team(petra.team.municipality, house), Role.PRIVACY_OFFICER, "Otto")
    with pytest.raises(CommandError, match="geen privacy officer"):
        call_command(command, dossier.ref, *more, email=petra.team.lead.worker.email)
    for number, officer in ((dossier.ref, elsewhere), ("2" * 20, petra)):
        with pytest.raises(CommandError, match="geen dossier"):
            call_command(command, number, *more, email=officer.worker.email)
    dossier.refresh_from_db()
    assert (dossier.erased_at, list(tmp_path.iterdir())) == (None, [])
    assert not Entry.objects.filter(verb__startswith="upkeep.").exists()
