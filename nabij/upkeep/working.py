"""Keep the job worker running, and let it stop for certain.

The worker is several processes that share locks. When a stop signal reaches them all at once (Ctrl-C, a service manager), one may die
holding a lock and the others wait for ever. So they stand in a session of their own; only their head is asked to stop, and what has not
stopped after a while is ended. Every job can be done again.
"""

import os
import signal
import subprocess
import time

GRACE = 8.0  # seconds; whoever stops us waits ten


def run_until_stopped(*, words: list[str], grace: float = GRACE) -> int:
    """Run a program until it ends or we are told to stop; return its exit code, or 0 when we were told to."""
    program = subprocess.Popen(words, start_new_session=True)  # noqa: S603 - our own program
    asked: list[float] = []

    def ask(*_: object) -> None:
        if not asked:
            asked.append(time.monotonic())
            program.terminate()

    before = [(number, signal.signal(number, ask)) for number in (signal.SIGTERM, signal.SIGINT)]
    while program.poll() is None:
        time.sleep(0.1)
        if asked and time.monotonic() - asked[0] > grace:
            _end_all(program)
    _end_all(program)  # what it left behind
    for number, handler in before:
        signal.signal(number, handler)
    return 0 if asked else program.returncode


def _end_all(program: subprocess.Popen[bytes]) -> None:
    try:
        os.killpg(program.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):  # nobody is left
        pass
    program.wait()
