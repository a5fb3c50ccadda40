"""Use a current SQLite. Must run before Django loads its SQLite backend."""

import sys


def prefer_current_sqlite() -> None:
    """Put pysqlite3 in place of the interpreter's sqlite3, which may be years old; keep the old one where it is absent."""
    try:
        import pysqlite3
        import pysqlite3.dbapi2
    except ImportError:
        return
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
