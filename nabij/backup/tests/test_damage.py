"""A copy that is not whole says so before anything is written."""

import random
from pathlib import Path

import pytest
from django.test import override_settings

from nabij.backup.errors import BackupTrouble
from nabij.backup.restoring import examine_backup


def changed(file: Path, place: int) -> Path:
    content = bytearray(file.read_bytes())
    content[place] ^= 1
    other = file.with_name("changed")
    other.write_bytes(content)
    return other


def test_a_whole_backup_tells_when_it_was_made(backup) -> None:
    assert examine_backup(source=backup)["vendor"] in {"sqlite", "postgresql"}


def test_one_changed_bit_anywhere_is_noticed(backup) -> None:
    size = backup.stat().st_size
    dice = random.Random(4)
    for place in [0, 20, size // 2, size - 1, *(dice.randrange(size) for _ in range(60))]:
        with pytest.raises(BackupTrouble):
            examine_backup(source=changed(backup, place))


def test_a_file_that_was_cut_off_anywhere_is_noticed(backup) -> None:
    content = backup.read_bytes()
    short = backup.with_name("short")
    for length in [0, 1, 15, 40, len(content) // 2, len(content) - 1]:
        short.write_bytes(content[:length])
        with pytest.raises(BackupTrouble):
            examine_backup(source=short)


def test_something_added_behind_the_end_is_noticed(backup) -> None:
    longer = backup.with_name("longer")
    longer.write_bytes(backup.read_bytes() + b"x")
    with pytest.raises(BackupTrouble, match=r"added|achter"):
        examine_backup(source=longer)


def test_another_secret_under_the_same_name_does_not_open_it(backup) -> None:
    with override_settings(KEYRING=["k1:something-else"]), pytest.raises(BackupTrouble, match="k1"):
        examine_backup(source=backup)


def test_a_key_that_is_not_in_the_ring_is_named(backup) -> None:
    with override_settings(KEYRING=["k9:something-else"]), pytest.raises(BackupTrouble, match="NABIJ_KEYRING"):
        examine_backup(source=backup)


def test_no_word_about_a_resident_and_no_secret_stands_in_it(backup) -> None:
    from django.conf import settings

    content = backup.read_bytes()
    secrets = [entry.partition(":")[2].encode() for entry in settings.KEYRING] + [settings.SECRET_KEY.encode()]
    assert [word for word in (b"Riet", b"Dalen", *secrets) if word in content] == []
