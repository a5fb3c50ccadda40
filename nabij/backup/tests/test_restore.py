"""The drill: a backup is made, put back elsewhere, and proven there."""

import resource
import subprocess
from pathlib import Path

from django.conf import settings
from django.db import connection

from nabij.backup.copying import NOT_COPIED


def rows_here() -> dict[str, int]:
    with connection.cursor() as cursor:
        counted = {}
        for table in sorted(set(connection.introspection.table_names()) - NOT_COPIED):
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            counted[table] = cursor.fetchone()[0]
    return counted


COUNT = """
import json
from nabij.backup.tests.test_restore import rows_here
print("COUNT", json.dumps(rows_here(), sort_keys=True))
"""


def rows_there(place) -> dict[str, int]:
    import json

    said = place.run("shell", "-v0", "-c", COUNT)
    return json.loads(said.stdout.partition("COUNT ")[2])


def test_the_drill(backup, place, tmp_path) -> None:
    before = rows_here()
    done = place.run("restore", backup)
    assert (done.returncode, done.stderr) == (0, "")
    # everything is back, and proven
    assert rows_there(place) == before
    assert sorted(p.read_bytes() for p in (place.data / "papers").iterdir()) == sorted(p.read_bytes() for p in settings.PAPERS.iterdir())
    assert place.run("verify").stdout.split()[0] == "proven:"
    assert place.run("check", "--database", "default").returncode == 0
    # what is there is never overwritten
    again = place.run("restore", backup)
    assert (again.returncode, "NABIJ_DATA" in again.stderr) == (1, True)
    assert rows_there(place) == before
    # a full disk keeps the older backup; an id that was used is not used again (each try writes an entry of the record)
    a_full_disk_keeps_the_older_backup(place, tmp_path / "disk")
    assert place.run("backup", tmp_path / "second").returncode == 0
    assert rows_there(place) == {**before, "audit_entry": before["audit_entry"] + 2}
    assert place.run("verify").returncode == 0


def a_full_disk_keeps_the_older_backup(place, folder: Path) -> None:
    is_small = mounted(folder, "16k")
    try:
        (folder / "daily").write_bytes(b"the backup of yesterday")
        done = place.run("backup", folder / "daily", before=None if is_small else small_files(8_000))
        assert (done.returncode, "Traceback" in done.stderr) == (1, False)
        assert [(p.name, p.read_bytes()) for p in folder.iterdir()] == [("daily", b"the backup of yesterday")]
    finally:
        subprocess.run(["umount", str(folder)], capture_output=True, check=False)


def test_a_changed_byte_leaves_the_place_empty(backup, place) -> None:
    content = bytearray(backup.read_bytes())
    content[len(content) // 2] ^= 1
    backup.write_bytes(content)
    done = place.run("restore", backup)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert not (place.data / "nabij.sqlite3").exists()
    assert not (place.data / "papers").exists()
    assert place.run("restore", backup, "--check").returncode == 1


def test_a_wrong_key_says_which_key_is_missing(backup, place) -> None:
    done = place.run("restore", backup, key_ring="other:secret")
    assert done.returncode == 1
    assert "NABIJ_KEYRING" in done.stderr


def small_files(size: int):
    """Return a limit that stands for a full disk where no small disk can be mounted: no file may grow beyond `size` bytes."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def mounted(folder: Path, size: str) -> bool:
    folder.mkdir(exist_ok=True)
    return subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], capture_output=True, check=False).returncode == 0


def test_a_disk_that_fills_up_while_restoring_leaves_nothing_behind(backup, place) -> None:
    place.data.mkdir()
    is_small = mounted(place.data, "64k" if connection.vendor == "sqlite" else "4k")
    try:
        (place.data / "filled").write_bytes(b"x" * 2_000)
        done = place.run("restore", backup, before=None if is_small else small_files(20_000 if connection.vendor == "sqlite" else 10))
        assert (done.returncode, "Traceback" in done.stderr) == (1, False), done.stderr
        left = {p.name for p in place.data.iterdir()} - {"filled", "secrets", "nabij.sqlite3"}
        assert left == set()
        assert not rows_left(place)
    finally:
        subprocess.run(["umount", str(place.data)], capture_output=True, check=False)


def rows_left(place) -> list[str]:
    said = place.run("shell", "-v0", "-c", "from django.db import connection; print(*connection.introspection.table_names())")
    return said.stdout.split()
