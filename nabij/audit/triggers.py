"""Entries, seals and purges are only ever added; entries may go in a range that Purge lists."""

from nabij.core.triggers import append_only

PURGED = "EXISTS (SELECT 1 FROM audit_purge p WHERE OLD.id BETWEEN p.first_id AND p.last_id)"

TRIGGERS = [
    *append_only("audit_entry", delete_when=PURGED),
    *append_only("audit_seal"),
    *append_only("audit_purge"),
]
