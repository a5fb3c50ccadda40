"""The machine stops in the middle of an import: a real process, killed for good."""

import json
import os
import signal
import subprocess
import sys

from nabij.post.tests.factories import CORPUS

PREPARE = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from nabij.access.tests.factories import make_team
make_team(name="Voordeur", kind="front_door")
"""
SLOW = """
import sys, time, django; django.setup()
from django.core.management import call_command
from nabij.signals import mailroom
quick = mailroom.take_mail
def slow(**kwargs):
    done = quick(**kwargs)
    print("taken", file=sys.stderr, flush=True)
    time.sleep(0.05)
    return done
mailroom.take_mail = slow
call_command("import_mail", sys.argv[1])
"""
COUNT = """
import json, django; django.setup()
from django.db.models import Count
from nabij.post.models import Incoming
from nabij.signals.models import Signal
states = dict(Incoming.objects.order_by().values_list("state").annotate(Count("id")))
print(json.dumps({"states": states, "signals": Signal.objects.count(), "keys": Signal.objects.values("source_key").distinct().count()}))
"""


def start(code: str, folder: str, *words: str) -> subprocess.Popen:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("NABIJ_")}
    env = {**kept, "NABIJ_DATA": folder, "DJANGO_SETTINGS_MODULE": "nabij.config.settings"}
    return subprocess.Popen([sys.executable, "-c", code, *words], env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def finished(process: subprocess.Popen) -> str:
    out, problem = process.communicate(timeout=120)
    assert process.returncode == 0, problem
    return out


def test_a_killed_import_loses_nothing_and_doubles_nothing(tmp_path):
    folder = str(tmp_path)
    finished(start(PREPARE, folder))
    process = start(SLOW, folder, str(CORPUS))
    taken = 0
    while taken < 7:
        taken += process.stderr.readline().startswith("taken")
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    half = json.loads(finished(start(COUNT, folder)))
    assert 7 <= half["signals"] < 30
    finished(start(SLOW, folder, str(CORPUS)))
    whole = json.loads(finished(start(COUNT, folder)))
    assert "received" not in whole["states"]
    assert whole["signals"] == whole["keys"] == whole["states"]["signal"]
    finished(start(SLOW, folder, str(CORPUS)))
    assert json.loads(finished(start(COUNT, folder))) == whole
    assert sum(whole["states"].values()) == len(list(CORPUS.glob("*.eml"))) - 1  # one message lies there twice
