#!/usr/bin/env python3
"""Run Nabij, or test it, from a fresh clone. Needs Python 3.11 or newer and nothing else.

python3 start.py [--port N] [--data DIR]                        a demo municipality, served on this machine only
python3 start.py test [--without browser|postgres] [ARGS]       every check and test; ARGS go to pytest
"""

import argparse
import hashlib
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "installed-locks"
RUNTIME, DEVELOPMENT = "requirements.lock", "requirements-dev.lock"
OLDEST = (3, 11)
PATIENCE = 60  # seconds in which a started web server must answer


class Trouble(Exception):
    """Something the reader can act on; its message is the one line that is shown."""


def say(text: str) -> None:
    """Print one step."""
    print(f"nabij: {text}", flush=True)


# --- packages


def prepare(lock: str) -> None:
    """Make .venv and put exactly the packages of one lock in it; do nothing when they are there already."""
    if lock_mark(lock) in (STAMP.read_text().split() if STAMP.exists() and PYTHON.exists() else []):
        return
    make_venv()
    began = time.monotonic()
    say(f"installing the packages of {lock}")
    STAMP.unlink(missing_ok=True)
    install(lock)
    # everything that runs Nabij is in the development lock too
    locks = [RUNTIME, DEVELOPMENT] if lock == DEVELOPMENT else [RUNTIME]
    STAMP.write_text("\n".join(map(lock_mark, locks)) + "\n")
    say(f"packages are in place ({time.monotonic() - began:.0f} s)")


def lock_mark(lock: str) -> str:
    """Return a mark that changes with the lock, the Python version and the place of the environment."""
    content = (ROOT / lock).read_bytes()
    return hashlib.sha256(b"%s %s %s" % (content, sys.version.encode(), os.fsencode(VENV))).hexdigest()


def make_venv() -> None:
    """Make the virtual environment, or make it anew when it belongs to another Python or another folder."""
    if PYTHON.exists() and venv_fits():
        return
    say(f"making a virtual environment in {VENV.name} with Python {sys.version.split()[0]}")
    try:
        venv.create(VENV, clear=True, with_pip=True)
    except (subprocess.CalledProcessError, OSError) as failure:
        shutil.rmtree(VENV, ignore_errors=True)
        raise Trouble(
            f"no virtual environment could be made in {VENV} (Debian: apt-get install python3-venv): {failure}"
        ) from failure


def venv_fits() -> bool:
    """Tell whether the environment runs, is of this Python's version, and was made in this folder (scripts name it)."""
    question = "import pip, sys; print(sys.version_info[:2])"
    answer = subprocess.run([PYTHON, "-c", question], capture_output=True, text=True, check=False)
    activate = PYTHON.parent / "activate"
    was_made_here = activate.exists() and str(VENV) in activate.read_text()
    return was_made_here and answer.returncode == 0 and answer.stdout.strip() == str(sys.version_info[:2])


def install(lock: str) -> None:
    """Install with uv, which takes seconds; with pip when uv cannot be had or fails. Both check every hash."""
    environment = {**os.environ, "UV_PYTHON_DOWNLOADS": "never", "VIRTUAL_ENV": str(VENV)}
    pip = [PYTHON, "-m", "pip", "--disable-pip-version-check", "--quiet", "install"]
    has_uv = run([PYTHON, "-m", "uv", "--version"], quiet=True) == 0 or run([*pip, "uv"], quiet=True) == 0
    sync = [PYTHON, "-m", "uv", "pip", "sync", "--quiet", "--require-hashes", ROOT / lock]
    if has_uv and run(sync, env=environment) == 0:
        return
    say("uv did not manage it; trying pip, which takes longer")
    if run([*pip, "--require-hashes", "-r", ROOT / lock]) != 0:
        raise Trouble(f"the packages of {lock} could not be installed: see the lines above; is there a network?")


def run(command: list, quiet: bool = False, env: "dict[str, str] | None" = None) -> int:
    """Run a program to its end and return its exit code."""
    silence = subprocess.DEVNULL if quiet else None
    return subprocess.run(
        list(map(str, command)), cwd=ROOT, env=env, stdout=silence, stderr=silence, check=False
    ).returncode


# --- serving


def serve(port: int, data: Path) -> None:
    """Bring the data folder up to date, then run web server and jobs until told to stop."""
    claim(port)
    prepare(RUNTIME)
    address = f"http://127.0.0.1:{port}"
    os.environ.update(NABIJ_DATA=str(data), DJANGO_SETTINGS_MODULE="nabij.config.settings")
    os.environ.setdefault("NABIJ_PUBLIC_URL", address)
    os.environ.setdefault("NABIJ_DEMO", "yes")
    say(f"bringing the database up to date in {data}")
    step("the database could not be brought up to date", "django", "migrate", "--verbosity", "0")
    if os.environ["NABIJ_DEMO"] == "yes":
        say("looking for the demo municipality, making it when there is none (NABIJ_DEMO=no leaves it out)")
        step("the demo municipality could not be made", "nabij", "demo")
    programs = {"web server": start("nabij", "serve", "--port", str(port)), "job worker": start("nabij", "work")}
    try:
        wait_until_served(address, programs)
        say(f"Nabij is ready at {address} (stop with Ctrl-C)")
        watch(programs)
    finally:
        stop(programs)


def claim(port: int) -> None:
    """Refuse early when something else listens on the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as failure:
            raise Trouble(
                f"port {port} cannot be used ({failure.strerror}); choose another one with --port"
            ) from failure


def step(trouble: str, *words: str) -> None:
    """Run one of Nabij's commands to its end; its failure is ours."""
    if run([PYTHON, "-m", *words]) != 0:
        raise Trouble(f"{trouble}: see the lines above")


def start(*words: str) -> subprocess.Popen:
    """Start a program in a process group of its own, so that a Ctrl-C in the terminal reaches only us."""
    return subprocess.Popen([str(PYTHON), "-m", *words], cwd=ROOT, start_new_session=True)


def wait_until_served(address: str, programs: dict) -> None:
    """Wait until the first page really answers, as a browser would get it."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        refuse_stopped(programs)
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except urllib.error.HTTPError as failure:
            raise Trouble(f"the first page answers with {failure.code}: see the lines above") from failure
        except (OSError, http.client.HTTPException):
            time.sleep(0.1)
    raise Trouble(f"no answer from {address} within {PATIENCE} seconds")


def refuse_stopped(programs: dict) -> None:
    """Say so when one of the programs has stopped by itself."""
    for name, program in programs.items():
        if program.poll() is not None:
            raise Trouble(f"the {name} stopped by itself (exit code {program.returncode}): see the lines above")


def watch(programs: dict) -> None:
    """Stay until somebody stops us, or until one of the programs stops."""
    while True:
        refuse_stopped(programs)
        time.sleep(0.5)


def stop(programs: dict) -> None:
    """Ask every program to finish what it is doing; end what has not stopped after ten seconds."""
    for kind in (signal.SIGINT, signal.SIGTERM):  # a second Ctrl-C must not leave programs behind
        signal.signal(kind, signal.SIG_IGN)
    running = [program for program in programs.values() if program.poll() is None]
    for program in running:
        program.terminate()
    end = time.monotonic() + 10
    for program in running:
        try:
            program.wait(max(0, end - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(program.pid, signal.SIGKILL)
            program.wait()
    say("stopped")


# --- the command line


def arguments(words: "list[str]") -> "tuple[argparse.Namespace, list[str]]":
    """Read the command line; what is unknown belongs to pytest, so only `test` may have it."""
    parser = argparse.ArgumentParser(
        prog="start.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", nargs="?", choices=["serve", "test"], default="serve")
    parser.add_argument("--port", type=int, default=8000, help="port on 127.0.0.1 (default 8000)")
    parser.add_argument("--data", type=Path, default=ROOT / "var", help="folder for all data (default var/)")
    parser.add_argument(
        "--without",
        action="append",
        default=[],
        choices=["browser", "postgres"],
        help="a part of the tests to leave out",
    )
    if words[:1] == ["test"]:
        return parser.parse_known_args(words)
    return parser.parse_args(words), []


def interrupted(*_: object) -> None:
    """Turn SIGTERM into the same orderly end as Ctrl-C."""
    raise KeyboardInterrupt


def main() -> int:
    """Do what the command line asks; trouble is one line and exit code 1."""
    if sys.version_info < OLDEST:
        say(f"Python {OLDEST[0]}.{OLDEST[1]} or newer is needed; this is {sys.version.split()[0]}")
        return 1
    given, rest = arguments(sys.argv[1:])
    signal.signal(signal.SIGTERM, interrupted)
    try:
        if given.what == "serve":
            serve(given.port, given.data.resolve())
        prepare(DEVELOPMENT)
        without = [f"--without={part}" for part in given.without]
        os.chdir(ROOT)
        os.execv(PYTHON, [str(PYTHON), "-m", "tests.support.suite", *without, *rest])  # noqa: S606 - no shell on purpose
    except Trouble as trouble:
        say(f"STOPPED: {trouble}")
        return 1
    except KeyboardInterrupt:
        return 0


if __name__ == "__main__":
    sys.exit(main())
