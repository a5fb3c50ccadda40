"""Keep secrets out of log lines."""

import logging
import re

# Tokens of single-purpose links, long digit runs (BSN, phone) and what stands behind a password-like name.
PATTERNS = [
    (re.compile(r"(/(?:link|feed|answer)/)[\w-]+"), r"\1…"),
    (re.compile(r"\b\d{8,}\b"), "…"),
    (re.compile(r"(?i)((?:password|passwd|secret|token|login|bsn|code)['\"]?\s*[:=]\s*)['\"]?[^\s'\"&,}]+"), r"\1…"),
    (re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+"), "…@…"),
]


class Redact(logging.Filter):
    """Replace what looks like a secret or a personal number in a finished log line."""

    def filter(self, record: logging.LogRecord) -> bool:
        line = record.getMessage()
        for pattern, kept in PATTERNS:
            line = pattern.sub(kept, line)
        record.msg, record.args = line, None
        return True
