import mailbox
import tomllib
from pathlib import Path

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
