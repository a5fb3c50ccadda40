"""Lists to download: what a spreadsheet opens and never runs."""

import csv
import io
from collections.abc import Iterable

from django.utils.translation import gettext as _

from nabij.core.text import harmless


def as_csv(*, head: list[str], rows: Iterable[Iterable[object]]) -> str:
    """Return rows as CSV with semicolons, as spreadsheets here expect."""
    made = io.StringIO()
    writer = csv.writer(made, delimiter=";")
    writer.writerow(head)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return made.getvalue()


def refused_csv(*, rows: list[tuple[int, list[str]]]) -> str:
    """Return the refused rows: the line in the file and every reason. No fact about a person stands in it."""
    return as_csv(head=[_("line"), _("reason")], rows=[(line, " ".join(reasons)) for line, reasons in rows])


def results_csv(*, rows: list[tuple[int, str, str]]) -> str:
    """Return what goes back to a partner: its own reference and a code, nothing else."""
    return as_csv(head=["kenmerk", "resultaat"], rows=[(reference, result) for _pk, reference, result in rows])
