"""Django's two databases, each with two more cursors for what is sent in the same words again and again, guarded and counted like every other.

`asking()` takes the database's own words, as `core.worded` makes them; `planned()` takes Django's, with `%s`. Planning costs PostgreSQL
more than answering: what comes by these is planned once for each connection. SQLite remembers statements by itself.
"""
