"""Starting and testing Nabij: the parts that can be shown without doing it all."""

import re
import signal
import socket
import subprocess
import sys
import time

import pytest

import start
from tests.support import suite
from tests.support.suite import Tally, report


def test_a_port_in_use_is_said_in_one_line() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(start.Trouble, match=f"port {port} cannot be used .*--port"):
            start.claim(port)


def test_unknown_words_go_to_pytest_only() -> None:
    given, rest = start.arguments(["test", "--without", "browser", "-k", "triage"])
    assert (given.what, given.without, rest) == ("test", ["browser"], ["-k", "triage"])
    with pytest.raises(SystemExit):
        start.arguments(["--prot", "8001"])


def test_the_mark_of_a_lock_changes_with_its_content(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(start, "ROOT", tmp_path)
    (tmp_path / "a.lock").write_text("django==5.2.1")
    before = start.lock_mark("a.lock")
    assert start.lock_mark("a.lock") == before
    (tmp_path / "a.lock").write_text("django==5.2.2")
    assert start.lock_mark("a.lock") != before


def test_a_program_that_stopped_by_itself_is_named() -> None:
    gone = subprocess.Popen([sys.executable, "-c", "raise SystemExit(3)"])
    gone.wait()
    with pytest.raises(start.Trouble, match=re.escape("the job worker stopped by itself (exit code 3)")):
        start.refuse_stopped({"job worker": gone})


def test_programs_are_stopped_in_order(capsys) -> None:
    before = {kind: signal.getsignal(kind) for kind in (signal.SIGINT, signal.SIGTERM)}
    program = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], start_new_session=True)
    began = time.monotonic()
    start.stop({"web server": program})
    assert program.returncode == -signal.SIGTERM
    assert time.monotonic() - began < 5
    assert capsys.readouterr().out == "nabij: stopped\n"
    for kind, handler in before.items():
        signal.signal(kind, handler)


@pytest.mark.parametrize(
    ("tally", "without", "code"),
    [
        (Tally(passed=3), [], 0),
        (Tally(passed=3, failed=1), [], 1),
        (Tally(), [], 1),
        (Tally(passed=3, left_out=["browser: no Chromium found"]), [], 1),
        (Tally(passed=3, left_out=["browser (--without browser)"]), ["browser"], 0),
    ],
)
def test_a_run_is_good_only_when_all_of_it_ran(tally, without, code, capsys) -> None:
    assert report(tally, without, 60) == code
    said = capsys.readouterr().out
    assert said.splitlines()[-1] == f"{tally.passed} passed, {tally.failed} failed"
    assert all(f"NOT RUN  {part}" in said for part in tally.left_out)


def test_a_missing_browser_is_left_out_loudly(monkeypatch) -> None:
    monkeypatch.setattr(suite, "chromium_program", lambda: None)
    monkeypatch.setattr(suite.shutil, "which", lambda _name: None)
    tally = Tally()
    assert suite.find_browser(tally, []) == ["browser"]
    assert tally.left_out == ["browser: no Chromium found (Debian: apt-get install chromium)"]
