"""Does the time grow with the years: Mijn dag and a resident's page with 10,000 contacts in the database, and with a million?

    python benchmarks/growth.py --data FOLDER [--database postgresql://..] --small FOLDER [--small-database postgresql://..] [--write growth]

The first of 100,000 residents, the second of 1,000 (`nabij seed --size`); lists of the same length in both. Promise: less than 1.2 times.
Takes the processor's time of the server alone, so that nothing else of the machine counts.
"""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

from serving import ROOT

ASK = """
import json, sys, time
sys.path.insert(0, "benchmarks")
import django; django.setup()
from django.test import Client
from serving import log_ins
from resident_page import pages
from nabij.contacts.models import Contact
turns = {"my_day": [("/", key) for _row, key in log_ins()], "resident": [(one["path"], one["headers"]["Cookie"].partition("=")[2]) for one in pages()[::5]]}
client, best = Client(HTTP_HOST="localhost"), {}
for name, some in turns.items():
    times = []
    for _round in range(5):
        for path, key in some:
            client.cookies["sessionid"] = key
            began = time.process_time()
            assert client.get(path).status_code == 200, path
            times.append(time.process_time() - began)
    times.sort()
    best[name] = round(times[len(times) // 4] * 1000, 2)
print("RESULT", json.dumps({"contacts": Contact.objects.count(), **best}))
"""


def milliseconds(data: Path, url: str) -> dict[str, float]:
    """Measure one database in a process of its own."""
    environ = {**os.environ, "NABIJ_DATA": str(data), "NABIJ_DATABASE": url, "NABIJ_DEMO": "yes", "DJANGO_SETTINGS_MODULE": "nabij.config.settings"}
    answer = subprocess.run([sys.executable, "-c", ASK], cwd=ROOT, env=environ, capture_output=True, text=True, check=True)
    return json.loads(answer.stdout.rpartition("RESULT ")[2])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--database", default="")
    parser.add_argument("--small", type=Path, required=True)
    parser.add_argument("--small-database", default="")
    parser.add_argument("--write", metavar="NAME", default="")
    given = parser.parse_args()
    rounds = [(milliseconds(given.small, given.small_database), milliseconds(given.data, given.database)) for _round in range(3)]
    times = {name: sorted(round(large[name] / small[name], 3) for small, large in rounds)[1] for name in ("my_day", "resident")}
    figures = {"small_ms": rounds[-1][0], "large_ms": rounds[-1][1], "times": times}
    print(json.dumps(figures, indent=2))
    if given.write:
        from benchmarks.recording import keep

        keep(given.write, "postgresql" if given.database else "sqlite", figures)
