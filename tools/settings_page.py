"""Write docs/reference/settings.md from the settings themselves: every name that is read from the environment, its default, its meaning.

    python tools/settings_page.py           write the page
    python tools/settings_page.py --check   change nothing; exit 1 when the page is out of date
"""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SETTINGS = ROOT / "nabij" / "config" / "settings.py"
PAGE = ROOT / "docs" / "reference" / "settings.md"
MEANINGS = {
    "DATA": "the folder with everything that must be kept: database, files, secrets",
    "DATABASE": "`postgresql://user:password@host:port/name`; without it SQLite in the data folder",
    "SECRET_KEY": "signs sessions and links",
    "KEYRING": "keys that encrypt columns and files and seal the record: `id:secret` each, commas between, the last one writes",
    "KEYRING_FIRST": "the secret of the first key, when there is no `NABIJ_KEYRING`",
    "HOSTS": "host names that are answered, commas between",
    "PUBLIC_URL": "the address in mails; with `https://` everything is made secure-only",
    "BEHIND_PROXY": "trust `X-Forwarded-Proto` and the last address in `X-Forwarded-For`: only behind a proxy that sets both itself",
    "DEMO": "allow demo log-ins without a second factor, on the loopback address only",
    "SMTP_HOST": "where mail is handed in",
    "SMTP_PORT": "port of the mail server",
    "SMTP_USER": "log-in of the mail server",
    "SMTP_PASSWORD": "password of the mail server",
    "SMTP_STARTTLS": "encrypt the connection to the mail server",
    "MAIL_FROM": "sender of every mail",
    "NEUTRAL_LISTS": "yes: lists show only what kind of work it is, nothing of what it is about; for desks that others look over",
    "MAIL_LIMIT_BYTES": "larger incoming messages are refused with a reason",
    "IMAP_URL": "the front door's mailbox: `imaps://name@mail.example.nl/INBOX`; fetched every two minutes; empty: none",
    "IMAP_PASSWORD": "password of that mailbox",
    "API_PER_MINUTE": "requests a minute with one key of a partner, for each web process; more are told to wait",
    "JOB_WORKERS": "processes for jobs",
    "LOG_LEVEL": "how much is logged; never a text, name, BSN or password",
}
HEAD = """# Settings

Made from `nabij/config/settings.py` by `python tools/settings_page.py`; a test fails when it is out of date.

Everything is read from the environment; nothing is needed. Every name begins with `NABIJ_`. A secret may stand in a file instead:
`NABIJ_SECRET_KEY_FILE=/run/secrets/key` works for every name.

| name | without it | what it does |
|---|---|---|
"""
TAIL = """
For tests: `NABIJ_TEST_DATABASE=postgresql` runs them on PostgreSQL (`NABIJ_DATABASE`, or a throwaway cluster), `NABIJ_WITHOUT=browser` leaves
the browser out, `NABIJ_CHROMIUM` names the browser's program, `NABIJ_PICTURES` names a folder in which every page that axe looks at is kept
as a picture.
"""


def settings_read() -> list[tuple[str, str]]:
    """Return every name that the settings read, in their order, with its default in words."""
    tree = ast.parse(SETTINGS.read_text(encoding="utf-8"))
    reads = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and re.fullmatch(r"env\.\w+", ast.unparse(node.func))]
    named = [node for node in sorted(reads, key=lambda node: node.lineno) if node.args and isinstance(node.args[0], ast.Constant)]
    return [(str(node.args[0].value), default_of(node)) for node in named]


def default_of(call: ast.Call) -> str:
    """Return in words what holds without this setting."""
    kind = ast.unparse(call.func).removeprefix("env.")
    if kind == "kept_secret":
        return "made once, kept in the data folder"
    if len(call.args) < 2:
        return "no" if kind == "flag" else "none"
    value = eval(compile(ast.Expression(call.args[1]), "", "eval"), {"__builtins__": {}})  # noqa: S307 - a constant of our own settings
    return "yes" if value is True else f"`{value}`"


def page() -> str:
    """Return the whole page. Raises KeyError for a setting without a meaning."""
    rows = [f"| `NABIJ_{name}` | {default} | {MEANINGS[name]} |" for name, default in settings_read()]
    return HEAD + "\n".join(rows) + "\n" + TAIL


def main() -> int:
    """Write the page, or say that it is out of date."""
    if "--check" not in sys.argv:
        PAGE.write_text(page(), encoding="utf-8")
    elif PAGE.read_text(encoding="utf-8") != page():
        print("docs/reference/settings.md is out of date: run python tools/settings_page.py")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
