"""Mail is fetched from a real IMAP server: put away after it is safe, none lost, none twice, also when stopped in between."""

import imaplib
import socket
import subprocess
import sys
import time

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from nabij.access.tests.factories import make_member, make_team
from nabij.post import imap
from nabij.post.imap import address_of
from nabij.post.mailbox import MailboxError
from nabij.post.models import Incoming
from nabij.post.tests.factories import CORPUS, raw_mail
from nabij.signals import mailroom
from nabij.signals.models import Reporter, Signal

pytestmark = pytest.mark.django_db
USER, PASSWORD = "wijkteam", "geheim"


@pytest.fixture(scope="module")
def server():
    """A mail server of its own process on this machine; gives its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    code = "from pymap.main import main; main()"
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", code, "--host", "127.0.0.1", "--port", str(port), "--no-tls", "--no-service", "admin", "dict",
         "--demo-data", "--demo-user", USER, "--demo-password", PASSWORD],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip
    for _turn in range(200):
        if process.poll() is not None:
            raise RuntimeError(process.stderr.read().decode()[-1000:])
        with socket.socket() as line:
            if line.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.1)
    yield port
    process.kill()
    process.communicate()


@pytest.fixture
def box(server):
    """The empty mailbox: `box(raw, ..)` puts messages in, `box.in_folder(name)` counts."""
    return Box(server)


class Box:
    def __init__(self, port):
        self.port = port
        self.address = address_of(url=f"imap://{USER}@127.0.0.1:{port}/INBOX", password=PASSWORD)
        with self.line() as line:
            for name in ("INBOX", imap.TAKEN, imap.REFUSED):
                if line.select(name)[0] == "OK":
                    line.store("1:*", "+FLAGS", "\\Deleted")
                    line.expunge()

    def line(self):
        line = imaplib.IMAP4("127.0.0.1", self.port, timeout=10)
        line.login(USER, PASSWORD)
        return line

    def __call__(self, *raws):
        with self.line() as line:
            for raw in raws:
                kind, answer = line.append("INBOX", None, None, raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
                assert kind == "OK", answer

    def in_folder(self, name):
        with self.line() as line:
            kind, found = line.select(name, readonly=True)
            return int(found[0]) if kind == "OK" else 0


@pytest.fixture
def team():
    return make_team(name="Voordeur", kind="front_door")


def fetch(box, team):
    return mailroom.fetch_mail(address=box.address, team=team, at=timezone.now())


def test_every_mail_of_the_corpus_is_a_signal_joins_one_or_is_refused_and_is_put_away(box, team):
    files = sorted(CORPUS.glob("*.eml"))
    box(*(file.read_bytes() for file in files))
    report = fetch(box, team)
    assert (report.failed, report.tally.problems) == ([], [])
    refused = Incoming.objects.refused().count()
    assert (box.in_folder("INBOX"), box.in_folder(imap.REFUSED)) == (0, refused)
    assert box.in_folder(imap.TAKEN) == len(files) - refused
    assert Signal.objects.count() == report.became["signal"]
    assert not Incoming.objects.waiting().exists()


def test_a_mail_that_lies_there_again_is_known_and_adds_nothing(box, team):
    box(raw_mail("Mijn buurman komt niet meer buiten.", Message_ID="<een@post.example>"))
    fetch(box, team)
    box(raw_mail("Mijn buurman komt niet meer buiten.", Message_ID="<een@post.example>"))
    report = fetch(box, team)
    assert (report.tally.known, Signal.objects.count(), box.in_folder("INBOX")) == (1, 1, 0)


def test_stopped_before_it_is_handled_the_mail_stays_and_comes_again(box, team, monkeypatch):
    box(raw_mail("De trap is kapot.", Message_ID="<twee@post.example>"))

    def stop(**kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr(mailroom, "take_mail", stop)
    with pytest.raises(KeyboardInterrupt):
        fetch(box, team)
    assert (box.in_folder("INBOX"), Incoming.objects.waiting().count(), Signal.objects.count()) == (1, 1, 0)
    monkeypatch.undo()
    fetch(box, team)
    assert (box.in_folder("INBOX"), box.in_folder(imap.TAKEN), Signal.objects.count()) == (0, 1, 1)


def test_stopped_after_the_commit_and_before_it_is_put_away_it_is_known_next_time(box, team, monkeypatch):
    box(raw_mail("Er ligt al weken post.", Message_ID="<drie@post.example>"))

    def stop(self, number, *, refused=False):
        raise KeyboardInterrupt

    monkeypatch.setattr(imap.Mailbox, "put_away", stop)
    with pytest.raises(KeyboardInterrupt):
        fetch(box, team)
    assert (box.in_folder("INBOX"), Signal.objects.count()) == (1, 1)
    monkeypatch.undo()
    report = fetch(box, team)
    assert (report.tally.known, box.in_folder("INBOX"), Signal.objects.count()) == (1, 0, 1)


def test_of_a_mail_that_a_colleague_sends_on_the_first_writer_is_the_reporter_and_the_colleague_wrote_it_down(box, team):
    loes = make_member(team, name="Loes")
    words = (CORPUS / "25-doorgestuurd-door-collega.eml").read_text("utf-8").replace("loket@gemeente-waterland.example", loes.worker.email)
    box(words.replace("References: <a1b2c3.001@post.example>\n", "").encode())
    fetch(box, team)
    signal = Signal.objects.get()
    reporter = Reporter.objects.get(signal=signal)
    assert (reporter.name, reporter.email) == ("Joke Terwindt", "joke.terwindt@post.example")
    assert signal.recorded_by == loes
    assert "zorgen over mijn buurvrouw" in signal.words


def test_of_a_mail_that_a_stranger_sends_on_the_stranger_is_the_reporter(box, team):
    box((CORPUS / "25-doorgestuurd-door-collega.eml").read_bytes().replace(b"References: <a1b2c3.001@post.example>\n", b""))
    fetch(box, team)
    assert Reporter.objects.get().email == "loket@gemeente-waterland.example"
    assert Signal.objects.get().recorded_by is None


def test_a_wrong_password_and_a_server_that_is_away_are_said_without_the_password(box, team):
    for url, password in ((f"imap://{USER}@127.0.0.1:{box.port}", "fout"), (f"imap://{USER}@127.0.0.1:1", PASSWORD)):
        with pytest.raises(MailboxError, match=r"127\.0\.0\.1") as said:
            mailroom.fetch_mail(address=address_of(url=url, password=password), team=team, at=timezone.now())
        assert password not in str(said.value)


def test_the_command_says_what_became_of_the_mail(box, team, settings, capsys):
    settings.IMAP_URL, settings.IMAP_PASSWORD = f"imap://{USER}@127.0.0.1:{box.port}/INBOX", PASSWORD
    box(raw_mail("Hij komt zijn bed niet uit."), raw_mail("", Subject=None))
    call_command("fetch_mail")
    assert "2 gelezen: 1 werd een signaal" in capsys.readouterr().out
    settings.IMAP_URL = ""
    with pytest.raises(CommandError, match="NABIJ_IMAP_URL"):
        call_command("fetch_mail")


@pytest.mark.parametrize("url", ["https://mail.example", "imaps://mail.example", "imap://", "wijkteam"])
def test_what_is_no_address_of_a_mailbox_is_refused(url):
    with pytest.raises(MailboxError):
        address_of(url=url, password="")
