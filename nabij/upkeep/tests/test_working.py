import os
import signal
import subprocess
import sys
import time

import pytest

SUPERVISOR = "import sys; from nabij.upkeep.working import run_until_stopped as run; sys.exit(run(words=sys.argv[1:], grace=1.0))"
DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"
POLITE = "import time; print('up', flush=True); time.sleep(60)"
PARENT = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {DEAF!r}]).wait()"


def start(program: str) -> subprocess.Popen:
    words = [sys.executable, "-c", SUPERVISOR, sys.executable, "-c", program]
    running = subprocess.Popen(words, stdout=subprocess.PIPE, text=True, start_new_session=True)
    assert running.stdout.readline() == "up\n"
    return running


@pytest.mark.parametrize("program", [POLITE, DEAF, PARENT], ids=["polite", "deaf", "with a deaf child"])
def test_it_stops_within_its_grace_whoever_does_not_listen(program) -> None:
    running = start(program)
    began = time.monotonic()
    os.killpg(running.pid, signal.SIGTERM)  # the whole group, as a terminal does
    assert running.wait(timeout=10) == 0
    assert time.monotonic() - began < 5
    assert running.stdout.read() == ""  # the last holder of the pipe is gone too
    running.stdout.close()


def test_a_program_that_ends_by_itself_tells_its_exit_code() -> None:
    words = [sys.executable, "-c", SUPERVISOR, sys.executable, "-c", "raise SystemExit(3)"]
    assert subprocess.run(words, check=False).returncode == 3
