"""What is committed holds no machine of ours, no unfinished mark, no silent skip."""

import re
import subprocess
from functools import cache
from pathlib import Path

from tests.house.source import ROOT, place

TEXT = {".py", ".html", ".md", ".toml", ".txt", ".yml", ".yaml", ".css", ".js", ".in", ".lock", ".po", ".json", ""}
UNFINISHED = re.compile(r"(#|//|/\*|<!--).*\b(TO" r"DO|FIX" r"ME|XX" r"X)\b|\bNotImplemented" r"Error\b")
SKIPPED = re.compile(r"pytest\.(mark\.)?(skip|skipif|importorskip|xfail)\b")
HOME = re.compile(r"(?<![\w.])/(home|root|Users|work)/\w")


@cache
def files() -> list[Path]:
    """Return the text files that are committed or about to be."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    return [ROOT / name for name in listed if Path(name).suffix in TEXT and (ROOT / name).is_file()]


def lines_with(pattern: re.Pattern, *suffixes: str) -> list[str]:
    """Return the places where a pattern stands in files of these kinds; this file, which names them, apart."""
    return [
        f"{place(path)}:{number}"
        for path in files()
        if path.suffix in suffixes and path != Path(__file__)
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if pattern.search(line)
    ]


def test_nothing_is_marked_as_unfinished() -> None:
    assert lines_with(UNFINISHED, ".py", ".html", ".js", ".css") == []


def test_no_test_is_skipped_in_silence() -> None:
    assert lines_with(SKIPPED, ".py") == []


def test_no_path_of_somebodys_machine_is_written_down() -> None:
    assert lines_with(HOME, *TEXT) == []


def test_no_lock_names_the_host_of_a_registry() -> None:
    assert lines_with(re.compile(r"https?://|--(extra-)?index-url"), ".lock", ".in") == []
    assert not [place(path) for path in files() if path.name == "uv.lock"]


def test_the_rules_can_fail() -> None:
    assert UNFINISHED.search("# TODO: later")
    assert SKIPPED.search("@pytest.mark.skip")
    assert SKIPPED.search("@pytest.mark.skipif(True)")
    assert HOME.search("open('/home/somebody/x')")
    assert not HOME.search("docs/work/x")
