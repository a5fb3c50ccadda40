import os
import shutil
import signal
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime

import pytest
from django.db import connection

from nabij.access.tests.factories import make_team
from nabij.post.models import Incoming
from nabij.post.queries import thread_of_mail
from nabij.post.reception import Tally, receive_all

from .factories import CORPUS, MANIFEST, OUR_MAILS, make_outgoing, raw_mail, settle, ten_megabytes, write_mbox

AT = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db(transaction=True)
REFUSED = Counter(
    entry["result"].removeprefix("refused:") for entry in MANIFEST if entry["result"].startswith("refused:")
)


@pytest.fixture
def team():
    for ref in OUR_MAILS:
        make_outgoing(AT, ref=ref)
    return make_team()


def handle(path, team, stop_after=None):
    """What the room above does: link what belongs to a known record, else begin a new one."""
    tally, count = Tally(), 0
    for incoming in receive_all(path=path, team=team, at=AT, tally=tally):
        if count == stop_after:
            raise KeyboardInterrupt
        thread = thread_of_mail(incoming=incoming)
        settle(incoming, AT, "linked" if thread else "signal", thread.ref if thread else incoming.ref)
        count += 1
    return tally, count


def outcomes():
    return {row.source: f"refused:{row.refusal}" if row.refusal else row.state for row in Incoming.objects.all()}


EXPECTED = {entry["file"]: entry["result"] for entry in MANIFEST if not entry["result"].startswith("same:")}


def test_every_message_of_the_corpus_becomes_what_the_manifest_says(team):
    tally, handled = handle(CORPUS, team)
    assert outcomes() == EXPECTED
    assert (tally.read, tally.new, tally.known, tally.problems) == (42, 41, 1, [])
    assert tally.refused == REFUSED
    assert handled == 41 - REFUSED.total()


def test_a_second_run_finds_nothing_new(team):
    handle(CORPUS, team)
    before = list(Incoming.objects.order_by("id").values_list("pk", "state", "about_ref", "version"))
    tally, handled = handle(CORPUS, team)
    assert (tally.new, tally.known, handled) == (0, 42, 0)
    assert list(Incoming.objects.order_by("id").values_list("pk", "state", "about_ref", "version")) == before


@pytest.mark.parametrize("stop_after", [0, 1, 7, 20])
def test_a_stop_in_the_middle_and_a_second_run_lose_nothing_and_double_nothing(team, stop_after):
    with pytest.raises(KeyboardInterrupt):
        handle(CORPUS, team, stop_after)
    assert Incoming.objects.exclude(about_ref="").count() == stop_after
    handle(CORPUS, team)
    assert outcomes() == EXPECTED
    assert Incoming.objects.count() == len(EXPECTED)


def test_what_was_received_but_not_handled_comes_again_when_its_file_is_gone(team, tmp_path):
    folder = tmp_path / "post"
    shutil.copytree(CORPUS, folder)
    with pytest.raises(KeyboardInterrupt):
        handle(folder, team, 3)
    (waiting,) = Incoming.objects.waiting()
    (folder / waiting.source).unlink()
    handle(folder, team)
    waiting.refresh_from_db()
    assert waiting.state == "signal"


def test_an_mbox_of_the_corpus_with_ten_megabytes_in_it_goes_the_same_way(team, tmp_path):
    names = [name for name in sorted(entry["file"] for entry in MANIFEST) if name != "39-geen-bericht.eml"]
    box = write_mbox(tmp_path / "wijkteam.mbox", [*((CORPUS / name).read_bytes() for name in names), ten_megabytes()])
    tally, _handled = handle(box, team)
    assert (tally.read, tally.new, tally.known) == (42, 41, 1)
    assert tally.refused == REFUSED - Counter(["not_mail"]) + Counter(["too_large"])
    again, handled = handle(CORPUS, team)  # the same messages as files: only the one that no mbox can hold is new
    assert (again.new, handled) == (1, 0)


def test_a_message_that_cannot_be_stored_keeps_no_other_out(team, tmp_path, monkeypatch):
    from nabij.post.actions import receiving

    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.eml").write_bytes(raw_mail(name))
    keep = receiving.keep_paper

    def full_disk(*, content, **kwargs):
        if content == raw_mail("b"):
            raise OSError(28, "No space left on device")
        return keep(content=content, **kwargs)

    monkeypatch.setattr(receiving, "keep_paper", full_disk)
    tally, handled = handle(tmp_path, team)
    assert (handled, tally.problems) == (2, [("b.eml", "OSError")])
    monkeypatch.undo()
    tally, handled = handle(tmp_path, team)
    assert (handled, tally.new, tally.known) == (1, 1, 2)


CHILD = """
import os, sys, django
from datetime import UTC, datetime
from pathlib import Path
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[3]
django.setup()
from nabij.access.models import Team
from nabij.post.reception import receive_all
from nabij.post.tests.factories import settle
at = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
for number, incoming in enumerate(receive_all(path=Path(sys.argv[1]), team=Team.objects.get(pk=sys.argv[2]), at=at)):
    if number == 9:
        os.kill(os.getpid(), 9)
    settle(incoming, at)
"""


def test_a_killed_process_and_a_second_run_lose_nothing_and_double_nothing(team):
    command = [sys.executable, "-c", CHILD, str(CORPUS), str(team.pk), str(connection.settings_dict["NAME"])]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "nabij.config.settings"}
    killed = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert Incoming.objects.exclude(about_ref="").count() == 9
    handle(CORPUS, team)
    assert Incoming.objects.count() == len(EXPECTED)
    assert not Incoming.objects.waiting().exists()
