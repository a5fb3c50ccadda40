"""The floor: what the same server and the same database do without a framework, and without anything a page is for.

Not a benchmark by itself: `serving.py` starts it beside Nabij. One request looks up the session, the user with memberships, the first
page of the board with names under the plain rule of the team, and commits one signed audit entry; nothing else. `/write` carries out in
one transaction the statements that recording a contact needs, `/signal` those of a signal: who answers today, the commitment, whose turn the
database writes down by itself, and the signal. Each with what every act of Nabij needs: was this request carried out before, the signed
entry, and the memory of the request.
"""

import base64
import hashlib
import hmac
import json
import os
import secrets
import zlib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

URL, DATA = os.environ.get("NABIJ_DATABASE", ""), Path(os.environ.get("NABIJ_DATA", "var"))
LITE = not URL
MARK = "?" if LITE else "%s"
SECRET = (DATA / "secrets" / "keyring_first.secret").read_text(encoding="utf-8").strip()
KEY = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"nabij:audit-entry").derive(SECRET.encode())

SESSION = "SELECT session_data FROM django_session WHERE session_key = ? AND expire_date > ?"
USER = (
    "SELECT w.id, w.name, w.blocked_at, m.id, m.role, m.paid, m.team_id, t.name, t.controller_id, c.name, t.municipality_id FROM access_worker w"
    " JOIN access_membership m ON m.worker_id = w.id AND m.ended_at IS NULL JOIN access_team t ON t.id = m.team_id"
    " JOIN access_controller c ON c.id = t.controller_id WHERE w.id = ?"
)
BOARD = (
    "SELECT k.id, k.ref, k.kind, k.what, k.due_at, k.opened_at, k.urgency, d.id, d.ref, r.call_name, r.prefix, r.surname FROM commitments_commitment k"
    " LEFT JOIN access_dossier d ON d.id = k.dossier_id LEFT JOIN residents_resident r ON r.dossier_id = d.id"
    " WHERE k.owner_id = ? AND k.closed_at IS NULL AND (d.id IS NULL OR d.team_id = ?) ORDER BY k.due_at, k.id LIMIT 25"
)
NAMES = (
    ["at", "event", "verb", "actor_kind", "actor_id", "function", "organisation", "membership_id", "municipality_id", "dossier_id", "dossiers", "subject", "request_id", "origin", "purpose", "detail"]
)
ENTRY = f"INSERT INTO audit_entry ({', '.join(NAMES)}, mac) VALUES ({', '.join('?' * (len(NAMES) + 1))})"  # noqa: S608
DOSSIER = "SELECT id, team_id FROM access_dossier WHERE ref = ? AND team_id = ? AND erased_at IS NULL"
DONE = "SELECT id FROM core_donerequest WHERE request_id = ? AND who = ? AND verb = ?"
CONTACT = (
    "INSERT INTO contacts_contact (ref, version, by_id, happened_at, recorded_at, medium, reached, part_of_day, with_whom)"
    " VALUES (?, 1, ?, ?, ?, 'phone', ?, 'morning', '') RETURNING id"
)
TEXT = (
    "INSERT INTO contacts_contacttext (ref, version, contact_id, dossier_id, audience, text, private_text, happened_at, counts)"
    " VALUES (?, 1, ?, ?, 'team', ?, '', ?, ?)"
)
ON_DUTY = (
    'SELECT coalesce((SELECT t.membership_id FROM access_dutyturn t WHERE t.team_id = ? AND t."on" = ?), (SELECT lead_id FROM access_team WHERE id = ?))'
)
COMMITMENT = (
    "INSERT INTO commitments_commitment (ref, version, municipality_id, team_id, kind, what, owner_id, due_at, urgency, postponed, opened_at, outcome,"
    " turned_by_id, turned_at) VALUES (?, 1, ?, ?, 'signal', 'Signaal beoordelen', ?, ?, 2, 0, ?, '', ?, ?) RETURNING id"
)
SIGNAL = (
    "INSERT INTO signals_signal (ref, version, commitment_id, channel, about, who, place, words, received_at, suspicion, recorded_by_id, unsafe,"
    " about_child, done_shown_on) VALUES (?, 1, ?, 'phone', 'person', ?, '', ?, ?, '', ?, ?, ?, ?)"
)
REMEMBER = "INSERT INTO core_donerequest (request_id, verb, who, at, model, key) VALUES (?, ?, ?, ?, '', '')"


def connect():
    """Open the one connection of this process, under the same promises as Nabij's."""
    if LITE:
        import pysqlite3

        found = pysqlite3.connect(DATA / "nabij.sqlite3", isolation_level=None, check_same_thread=False, timeout=20)
        found.execute("PRAGMA journal_mode=WAL")
        found.execute("PRAGMA synchronous=FULL")
        found.execute("PRAGMA foreign_keys=ON")
        return found
    import psycopg

    return psycopg.connect(URL, autocommit=True, options="-c timezone=UTC")


DATABASE = None


def ask(sql, *values):
    """Carry out one statement and return its rows."""
    global DATABASE  # noqa: PLW0603 - one per process, opened by the thread that answers
    DATABASE = DATABASE or connect()
    cursor = DATABASE.execute(sql.replace("?", MARK), values)
    return cursor.fetchall() if cursor.description else []


def moment(at):
    """Return a moment as the database keeps it."""
    return at.replace(tzinfo=None).isoformat(" ", "microseconds") if LITE else at


def who(environ):
    """Return the worker of a session with memberships."""
    cookies = dict(part.strip().split("=", 1) for part in environ.get("HTTP_COOKIE", "").split(";") if "=" in part)
    [(kept,)] = ask(SESSION, cookies["sessionid"], moment(datetime.now(UTC)))
    packed = kept.split(":")[0]
    raw = base64.urlsafe_b64decode(packed.lstrip(".") + "=" * (-len(packed.lstrip(".")) % 4))
    session = json.loads(zlib.decompress(raw) if packed.startswith(".") else raw)
    return ask(USER, int(session["_auth_user_id"]))[0]


def note(user, at, event, verb, dossiers, dossier=None, request_id=""):
    """Add one signed entry."""
    values = [event, verb, "worker", user[0], user[4], user[9], user[3], user[10], dossier, json.dumps(dossiers), "", request_id, "127.0.0.1", "care", ""]
    signed = json.dumps([at.isoformat(timespec="microseconds"), *values], separators=(",", ":"))
    mac = hmac.new(KEY, signed.encode(), hashlib.sha256).hexdigest()
    ask(ENTRY, moment(at), *values, mac)


def board(environ, at):
    """Answer the board."""
    user = who(environ)
    rows = ask(BOARD, user[3], user[6])
    note(user, at, "read", "desk.my_day", sorted({row[7] for row in rows if row[7]}))
    return [{"ref": r[1], "kind": r[2], "what": r[3], "due": str(r[4]), "since": str(r[5]), "who": f"{r[9]} {r[10]} {r[11]}"} for r in rows]


def letters():
    """Return twenty letters, as a ref has them."""
    return "".join(secrets.choice("23456789abcdefghjkmnpqrstuvwxyz") for _ in range(20))


def write(environ, at):
    """Carry out one transaction: a contact, or a signal."""
    user, form = who(environ), parse_qs(environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)).decode())
    request_id, name = form["request_id"][0], f"worker:{user[0]}"
    contact = environ["PATH_INFO"] == "/write"
    verb = "contacts.record" if contact else "signals.capture"
    ask("BEGIN IMMEDIATE" if LITE else "BEGIN")
    if ask(DONE, request_id, name, verb):
        raise RuntimeError("this request was carried out already")
    number = record_contact(user, form, at) if contact else record_signal(user, form, at)
    note(user, at, "create", verb, [number] if number else [], number, request_id)
    ask(REMEMBER, request_id, verb, name, moment(at))
    ask("COMMIT")
    return {"kept": True}


def record_contact(user, form, at):
    """Add a contact with its text; return whom it was about."""
    [(dossier, _team)] = ask(DOSSIER, form["dossier"][0], user[6])
    [(contact,)] = ask(CONTACT, letters(), user[3], moment(at), moment(at), True)
    ask(TEXT, letters(), contact, dossier, form["words"][0], moment(at), True)
    return dossier


def record_signal(user, form, at):
    """Add a signal that nobody took yet."""
    soon, today = moment(at + timedelta(days=1)), at.date().isoformat() if LITE else at.date()
    [(owner,)] = ask(ON_DUTY, user[6], today, user[6])
    [(number,)] = ask(COMMITMENT, letters(), user[10], user[6], owner, soon, moment(at), user[3], moment(at))
    ask(SIGNAL, letters(), number, form["who"][0], form["words"][0], moment(at), user[3], False, False, (at + timedelta(days=42)).date().isoformat())


def application(environ, start_response):
    """Answer one request."""
    answer = (board if environ["PATH_INFO"] == "/board" else write)(environ, datetime.now(UTC))
    body = json.dumps(answer).encode()
    start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]
