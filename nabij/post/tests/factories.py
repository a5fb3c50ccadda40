import mailbox
import tomllib
from pathlib import Path

from nabij.access.actor import system_actor
from nabij.access.doors import action
from nabij.post.actions import receive_mail, settle_mail
from nabij.post.models import Outgoing

CORPUS = Path(__file__).parent / "corpus"
MANIFEST = tomllib.loads((CORPUS / "manifest.toml").read_text(encoding="utf-8"))["mail"]


def raw_mail(text="Hallo wijkteam", **heads):
    """A small message; heads as keywords, `_` for `-`."""
    given = {"From": "iemand@post.example", "To": "wijkteam@nabij.example", "Subject": "Vraag", **heads}
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in given.items() if value is not None]
    return ("\n".join(lines) + "\n\n" + text + "\n").encode()


def ten_megabytes(message_id="groot@post.example"):
    """A worry with 10 MB of pictures."""
    head = (
        f"From: Greet <greet@post.example>\nTo: wijkteam@nabij.example\nSubject: foto's van de trap\nMessage-ID: <{message_id}>\n"
        'Content-Type: multipart/mixed; boundary="groot"\n\n--groot\nContent-Type: text/plain; charset=utf-8\n\n'
        "Mijn vader is van deze trap gevallen. Zie de foto's.\n--groot\nContent-Type: image/jpeg; name=trap.jpg\n"
        "Content-Transfer-Encoding: base64\n\n"
    )
    return (
        head.encode()
        + (b"/9j/4AAQSkZJRgABAQAAAQABAAD/" * 3 + b"\n") * (10 * 1024 * 1024 // 85 + 100)
        + b"\n--groot--\n"
    )


def write_mbox(path, raws):
    """An mbox as mail programs write it: "From " lines before each message and escaped within."""
    box = mailbox.mbox(path)
    for raw in raws:
        box.add(raw.replace(b"\r\n", b"\n"))
    box.close()
    return path


OUR_MAILS = ("h2m4k6p8r3t5v7w9x2y4", "j3k5m7n9q2s4u6w8y3z5")  # refs that replies in the corpus name


def make_outgoing(at, **fields):
    """A mail in the outbox, past the door."""
    given = {
        "to": "buur@post.example",
        "subject": "Uw bericht",
        "body": "Wij hebben het gelezen.",
        "about_kind": "signal",
        "about_ref": "signaalsignaal234567",
    }
    return Outgoing.objects.create(**{**given, "created_at": at, "not_before": at, **fields})


@action("post.test_act", allow={})
def act(*, actor, at, run):
    """Run steps inside an action, as rooms above do."""
    return run(actor=actor, at=at)


def receive(team, at, raw=None, source="test", **fields):
    """A message through the door."""
    return receive_mail(actor=system_actor(at=at), at=at, raw=raw or raw_mail(**fields), source=source, team=team)


def settle(incoming, at, state="signal", ref="signaalsignaal234567"):
    """What the room above does with a message, without making anything."""
    act(
        actor=system_actor(at=at),
        at=at,
        run=lambda **door: settle_mail(**door, incoming=incoming, state=state, kind="signal", ref=ref),
    )
