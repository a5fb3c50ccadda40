"""Read settings from the environment; a secret may also stand in a file named by NAME_FILE."""

import os
import secrets
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit


def text(name: str, default: str = "") -> str:
    """Return NABIJ_<name>, or the content of the file that NABIJ_<name>_FILE names, or the default."""
    file = os.environ.get(f"NABIJ_{name}_FILE")
    if file:
        return Path(file).read_text(encoding="utf-8").strip()
    return os.environ.get(f"NABIJ_{name}", default)


def flag(name: str, default: bool = False) -> bool:
    """Return NABIJ_<name> as yes or no."""
    return text(name, "yes" if default else "no").lower() in {"1", "yes", "true", "on"}


def number(name: str, default: int) -> int:
    """Return NABIJ_<name> as a whole number."""
    return int(text(name, str(default)))


def words(name: str, default: str = "") -> list[str]:
    """Return NABIJ_<name> as a list; items are separated by commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def kept_secret(name: str, folder: Path) -> str:
    """Return NABIJ_<name>; without it, a random secret made once and kept (mode 600) in `folder`."""
    given = text(name)
    if given:
        return given
    file = folder / f"{name.lower()}.secret"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = file.with_suffix(f".{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(48), encoding="utf-8")
        try:
            os.link(fresh, file)  # atomic: of two processes that start at once, the first one's secret counts
        except FileExistsError:
            pass
        fresh.unlink()
    return file.read_text(encoding="utf-8").strip()


def database(url: str, data: Path) -> dict[str, object]:
    """Return Django's database settings for a postgresql:// address, or for SQLite in the data folder when empty."""
    if not url:
        return {
            "ENGINE": "nabij.core.databases.sqlite3",
            "NAME": data / "nabij.sqlite3",
            "CONN_MAX_AGE": None,  # opening the file, and tidying up after closing it, costs more than a page's queries
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                # FULL: an acknowledged write survives a power cut; WAL: readers never wait for the writer
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
            },
        }
    parts = urlsplit(url)
    return {
        "ENGINE": "nabij.core.databases.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        # compiling a guarded query takes seconds, answering it takes milliseconds
        # prepare_threshold: what `core.databases` sends so many times is planned once. A pooler in transaction mode has to know prepared
        # statements (PgBouncer 1.21 does).
        "OPTIONS": {"options": "-c jit=off", "prepare_threshold": 5, **dict(parse_qsl(parts.query))},
    }
