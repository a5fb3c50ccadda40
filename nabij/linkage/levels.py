"""How alike two words, two birth dates or two numbers are: a few levels, the same whichever comes first."""

from functools import lru_cache

from rapidfuzz.distance import OSA

from .rules import Rules

ONE_FIGURE = {figure * 10**place for figure in range(1, 10) for place in range(8)}  # by how much two dates differ that are one figure apart
AGREE = {"same", "sound", "near1", "near2", "near3", "kin", "start", "near", "initial", "addition"}


@lru_cache(maxsize=20_000)
def word_level(one: str, other: str, rules: Rules) -> str:
    """Return how alike two words are: same, sound, near1 to near3 (slips of the pen), start, other."""
    if one == other:
        return "same"
    shortest = min(len(one), len(other))
    heard, heard_other = rules.spoken(one), rules.spoken(other)
    if heard == heard_other:
        return "sound"
    slips = OSA.distance(one, other, score_cutoff=3)
    heard_slips = OSA.distance(heard, heard_other, score_cutoff=2)
    if slips == 1 and shortest > 2:
        return "near1"
    if min(slips, heard_slips + 1) == 2 and shortest > 3:
        return "near2"
    if min(slips, heard_slips + 1) == 3 and shortest > 6:
        return "near3"
    if shortest > 2 and (one.startswith(other) or other.startswith(one)):
        return "start"
    return "other"


def birth_level(one: tuple[int, int, int], other: tuple[int, int, int]) -> str:
    """Return how alike two birth dates are; a part that is not known (0) says nothing."""
    if not one[0] or not other[0]:
        return ""
    if one == other and one[1] and one[2]:
        return "same"
    pairs = [(a, b) for a, b in zip(one, other, strict=True) if a and b]
    if len(pairs) < 3:
        return "part" if all(a == b for a, b in pairs) else _slip(one, other, len(pairs))
    return _slip(one, other, 3)


def _slip(one: tuple[int, int, int], other: tuple[int, int, int], known: int) -> str:
    year, month, day = (a == b for a, b in zip(one, other, strict=True))
    if known == 3:
        if year and one[1] == other[2] and one[2] == other[1]:
            return "swapped"
        if month and day and (abs(one[0] - other[0]) in {1, 10, 100} or _digits_off(one[0], other[0]) <= 1 or _turned(one[0], other[0])):
            return "year"
        if year and month:
            return "day"
        if year and day:
            return "month"
        if abs(_number(one) - _number(other)) in ONE_FIGURE and _digits_off(_number(one), _number(other)) == 1:
            return "digit"
    return "same_year" if year else "other"


def _number(birth: tuple[int, int, int]) -> int:
    return birth[0] * 10000 + birth[1] * 100 + birth[2]


def _digits_off(one: int, other: int) -> int:
    return sum(a != b for a, b in zip(str(one), str(other), strict=False))


def _turned(one: int, other: int) -> bool:
    return sorted(str(one)) == sorted(str(other))


def prefix_level(one: str, other: str) -> str:
    """Return how alike two prefixes are: `v.d.` may be `van der`."""
    if one == other:
        return "same" if one else "both_none"
    if not one or not other:
        return "one_none"
    short, long = sorted((one, other), key=len)
    return "short" if long.startswith(short) or (short in {"vd", "vdr"} and long.startswith("vand")) else "other"


def number_level(one: str, other: str) -> str:
    """Return how alike two house numbers are; with another addition it may be the same house."""
    if one == other:
        return "same"
    figures, figures_other = _figures(one), _figures(other)
    return "addition" if figures and figures == figures_other else "other"


def _figures(number: str) -> str:
    end = next((at for at, letter in enumerate(number) if not letter.isdigit()), len(number))
    return number[:end]


def text_level(one: str, other: str) -> str:
    """Return how alike two fixed texts are (an e-mail address, a postcode): same, one slip apart, other."""
    if one == other:
        return "same"
    return "near" if OSA.distance(one, other, score_cutoff=1) == 1 else "other"
