import pytest

from nabij.post.mailbox import MailboxError, iter_mail
from nabij.post.parse import parse_mail

from .factories import CORPUS, MANIFEST, raw_mail, write_mbox

FILES = sorted(entry["file"] for entry in MANIFEST)


def test_a_folder_gives_its_messages_in_order_with_their_names():
    found = list(iter_mail(CORPUS))
    assert [mail.source for mail in found] == FILES
    assert found[0].raw == (CORPUS / FILES[0]).read_bytes()
    assert all(mail.size == len(mail.raw) for mail in found)


def test_an_mbox_gives_the_same_messages_as_the_files_it_was_made_of(tmp_path):
    raws = [(CORPUS / name).read_bytes() for name in FILES if name != "39-geen-bericht.eml"]
    found = list(iter_mail(write_mbox(tmp_path / "post.mbox", raws)))
    assert [mail.source for mail in found[:2]] == ["post.mbox#000001", "post.mbox#000002"]
    assert [parse_mail(mail.raw).digest for mail in found] == [parse_mail(raw).digest for raw in raws]


def test_a_sentence_that_begins_with_from_splits_no_message(tmp_path):
    box = tmp_path / "a.mbox"
    box.write_bytes(
        b"From a@b.example Mon Nov  2 09:00:00 2026\nFrom: a@b.example\n\nHallo\n\nFrom Monday 10:00 on I am alone\n\nEinde\n"
    )
    (mail,) = iter_mail(box)
    assert "I am alone" in parse_mail(mail.raw).text
    assert "Einde" in parse_mail(mail.raw).text


def test_an_escaped_from_line_is_given_back_as_it_was_written(tmp_path):
    box = tmp_path / "a.mbox"
    box.write_bytes(b"From a@b.example Mon Nov  2 09:00:00 2026\nFrom: a@b.example\n\n>From here\n>>From there\n")
    (mail,) = iter_mail(box)
    assert mail.raw == b"From: a@b.example\n\nFrom here\n>From there\n"


def test_a_huge_message_is_cut_at_the_cap_and_its_size_is_known(tmp_path):
    (tmp_path / "groot.eml").write_bytes(raw_mail("x" * 5000))
    box = write_mbox(tmp_path / "b.mbox", [raw_mail("y" * 5000), raw_mail("klein")])
    cut, first, second = [*iter_mail(tmp_path / "groot.eml", cap=1000), *iter_mail(box, cap=1000)]
    assert (len(cut.raw), cut.size) == (1000, len(raw_mail("x" * 5000)))
    assert (len(first.raw), first.size > 5000) == (1000, True)
    assert parse_mail(second.raw).text == "klein"


def test_a_maildir_is_read_too(tmp_path):
    for part in ("cur", "new", "tmp"):
        (tmp_path / part).mkdir()
        (tmp_path / part / "1700000000.m1.host").write_bytes(raw_mail(part))
    assert [mail.source for mail in iter_mail(tmp_path)] == ["cur/1700000000.m1.host", "new/1700000000.m1.host"]


def test_a_file_that_cannot_be_read_does_not_keep_the_others_waiting(tmp_path, monkeypatch):
    for name in ("a.eml", "b.eml"):
        (tmp_path / name).write_bytes(raw_mail(name))
    (tmp_path / "a.eml").unlink()
    (tmp_path / "a.eml").symlink_to("/proc/self/mem")
    locked, readable = iter_mail(tmp_path)
    assert (locked.source, locked.raw, bool(locked.problem)) == ("a.eml", b"", True)
    assert (readable.source, readable.problem) == ("b.eml", "")


def test_a_path_without_messages_says_what_to_do(tmp_path):
    with pytest.raises(MailboxError, match=r"\.eml"):
        list(iter_mail(tmp_path))
    with pytest.raises(MailboxError, match="mbox"):
        list(iter_mail(tmp_path / "weg"))
