"""How many requests per second does Mijn dag serve, as JSON and as a page, against the floor?

    python benchmarks/my_day.py [--data FOLDER [--database postgresql://..]] [--size 1000] [--seconds 8] [--rounds 3] [--write my_day]

Promise: JSON at least 0.15 of the floor (aim 0.3), the page at least 0.06 (aim 0.12), at most 8 queries each (aim 6), a worker process under
150 MB (aim 110).
"""

from serving import arguments, database, in_turns, log_ins, page, part_of, queries_of, ratio, tell

if __name__ == "__main__":
    given = arguments(__doc__)
    with database(given) as environ:
        keys = [key for _row, key in log_ins()]
        asked = {
            "floor": ("floor", [page("/board", key) for key in keys]),
            "json": ("nabij", [page("/api/v1/my-day", key) for key in keys]),
            "html": ("nabij", [page("/", key) for key in keys]),
        }
        figures = in_turns(given, environ, asked)
        figures |= {"json_of_floor": ratio(figures, "json"), "html_of_floor": ratio(figures, "html")}
        figures["queries"] = {name: max(queries_of(turn) for turn in asked[name][1]) for name in ("json", "html")}
        tell(given, part_of(given), figures)
