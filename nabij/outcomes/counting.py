"""Small counts are not shown: below five one could guess who it is. Also not by subtracting what is shown from the total."""

SMALLEST = 5
Counts = dict[str, int]
Shown = dict[str, int | None]


def shown(counts: Counts) -> Shown:
    """Return the counts of one table with what is too small taken out (None); a zero says nothing about anybody and stays.

    When what was taken out could be found by subtraction, the next smallest goes too. A table of fewer than five in all shows nothing.
    """
    if 0 < sum(counts.values()) < SMALLEST:
        return dict.fromkeys(counts)
    hidden = {name for name, count in counts.items() if 0 < count < SMALLEST}
    rest = sorted((name for name, count in counts.items() if count >= SMALLEST), key=lambda name: (counts[name], name))
    while hidden and rest and (len(hidden) == 1 or sum(counts[name] for name in hidden) < SMALLEST):
        hidden.add(rest.pop(0))
    return {name: None if name in hidden else count for name, count in counts.items()}
