"""How many requests per second does a resident's page serve, against the floor?

    python benchmarks/resident_page.py [--data FOLDER [--database postgresql://..]] [--size 1000] [--seconds 8] [--rounds 3] [--write resident_page]

Every request opens the page of another resident with a case and years of contacts. Promise: at least 0.04 of the floor (aim 0.1), at most 8 queries (aim 6).
"""

from serving import arguments, database, in_turns, log_ins, page, part_of, queries_of, ratio, tell

EACH = 10  # residents per log-in


def pages() -> list[dict[str, object]]:
    from nabij.commitments.models import Commitment

    found = []
    for row, key in log_ins():
        open_cases = Commitment.objects.filter(owner=row, kind="case", closed_at__isnull=True, dossier__restricted=False)
        found += [page(f"/residents/{ref}", key) for ref in open_cases.values_list("dossier__ref", flat=True)[:EACH]]
    return found


if __name__ == "__main__":
    given = arguments(__doc__)
    with database(given) as environ:
        turns = pages()
        floor = [page("/board", key) for _row, key in log_ins()]
        figures = in_turns(given, environ, {"floor": ("floor", floor), "html": ("nabij", turns)})
        figures["html_of_floor"] = ratio(figures, "html")
        figures["queries"] = max(queries_of(turn) for turn in turns[::5])
        tell(given, part_of(given), figures)
