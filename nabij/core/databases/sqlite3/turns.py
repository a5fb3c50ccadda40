"""Writers of one SQLite file wait in a line.

SQLite lets who finds the file taken sleep and try again, longer each time: with many writers at once some never come first, and after
`timeout` seconds hear "database is locked". Here threads of a process wait for each other in a line, and processes for each other on a
lock file beside the database. Who waited `timeout` seconds goes on without a turn: SQLite's own lock still guards every write.
"""

import fcntl
import os
import threading
import time
from pathlib import Path

STEP = 0.001  # seconds between two looks at the lock file, by the one thread of a process whose turn it is

_lines: dict[str, threading.Lock] = {}


class Turn:
    """The place in the line of one connection."""

    def __init__(self, name: str, timeout: float) -> None:
        self.path, self.timeout = Path(f"{name}-turn"), timeout
        self.line = _lines.setdefault(str(name), threading.Lock())
        self.file = -1

    def wait(self) -> None:
        """Wait until it is our turn to write, at most `timeout` seconds."""
        end = time.monotonic() + self.timeout
        if self.file >= 0 or not self.line.acquire(timeout=self.timeout):
            return
        self.file = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        while not self._locked() and time.monotonic() < end:
            time.sleep(STEP)

    def _locked(self) -> bool:
        try:
            fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def over(self) -> None:
        """Let the next one write."""
        if self.file >= 0:
            fcntl.flock(self.file, fcntl.LOCK_UN)  # closing alone would not do while a forked process has the file too
            os.close(self.file)
            self.file = -1
            self.line.release()

    def __del__(self) -> None:
        self.over()  # of a thread that ended in the middle
