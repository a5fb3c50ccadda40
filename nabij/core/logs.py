"""Keep secrets out of log lines."""

import logging
import re
import traceback
from types import TracebackType

# Tokens of single-purpose links, long digit runs (BSN, phone) and what stands behind a password-like name.
PATTERNS = [
    (re.compile(r"(/(?:link|feed|answer|key)/)[\w-]+"), r"\1…"),
    (re.compile(r"\b\d{8,}\b"), "…"),
    (re.compile(r"(?i)((?:password|passwd|secret|token|login|bsn|code)['\"]?\s*[:=]\s*)['\"]?[^\s'\"&,}]+"), r"\1…"),
    (re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+"), "…@…"),
]


ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
# What an error repeats of somebody's input: quoted values. What a database adds on further lines (DETAIL) is left out whole.
QUOTED = re.compile(r"""'[^'\n]*'|"[^"\n]*\"""")

# These repeat names out of the program, never what somebody typed.
OF_THE_PROGRAM = re.compile(r"[\w.]*\b(AttributeError|ImportError|ModuleNotFoundError|NameError|TypeError|UndefinedError|TemplateNotFound):")


def _clean(line: str) -> str:
    for pattern, kept in PATTERNS:
        line = pattern.sub(kept, line)
    return line


def _trace(exc_info: ExcInfo) -> str:
    """Return where it broke and what kind of error it was, without the values the error repeats."""
    parts = []
    for part in traceback.format_exception(*exc_info):
        is_frame = part.startswith(("  ", "\n", "Traceback"))
        first = part.partition("\n")[0]
        told = first if OF_THE_PROGRAM.match(first) else QUOTED.sub("'…'", first)
        parts.append(part.rstrip("\n") if is_frame else _clean(told))
    return "\n".join(parts)


class Redact(logging.Filter):
    """Replace what looks like a secret or a personal number in a finished log line and in the trace of an error."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = _clean(record.getMessage()), None
        if record.exc_info and record.exc_info[0]:
            record.exc_text = _trace(record.exc_info)
        return True
