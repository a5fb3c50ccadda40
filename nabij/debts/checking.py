"""Look at every row of a file without keeping anything of it."""

from collections.abc import Iterator
from datetime import date

from nabij.partners.models import Partner

from .columns import Sheet
from .rows import Checked, check_row


def check_sheet(*, sheet: Sheet, partner: Partner, on: date) -> Iterator[Checked]:
    """Yield every row with its facts or its reasons; of two rows with the same reference and day the first counts."""
    seen: dict[str, int] = {}
    for line, cells in sheet:
        if cells is None:
            yield Checked(line, {}, (("quote", ""),))
            continue
        if len(cells) != len(sheet.columns):
            yield Checked(line, {}, (("cells", f"{len(cells)} / {len(sheet.columns)}"),))
            continue
        given = {field: cell for field, cell in zip(sheet.columns, cells, strict=True) if field}
        row = check_row(line=line, cells=given, partner=partner.name, kind=partner.kind, on=on)
        if row.is_good:
            before = seen.setdefault(row.digest, line)
            if before != line:
                row = Checked(line, {}, (("double", str(before)),))
        yield row
