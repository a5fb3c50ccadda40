"""Weigh what two descriptions of a person have in common and what not: the sum over the fields, and which level each field showed."""

import math
from collections.abc import Mapping
from typing import NamedTuple

from .dutch import DUTCH
from .keys import GIVEN, STREET, SURNAME, TOWN
from .levels import birth_level, number_level, prefix_level, text_level, word_level
from .model import Model, Shares
from .persons import NOT_SAID, Home, Traits
from .rules import Rules

LEAST = 1e-9
HOUSEMATES = 1.2  # with how many others somebody shares surname and address, on average
LIKE = 0.5  # what another spelling of a word can say at most, of what the word itself says
SECOND = math.log(50.0)  # what a second word of a name can add: words of one name go together


class Weighed(NamedTuple):
    """The natural logarithm of how much likelier one person is than two, and the levels by which: `surname:same`."""

    weight: float
    levels: tuple[str, ...]


class Scales:
    """One model, one file's frequencies and one language: weighs pairs. Whichever comes first, the weight is the same."""

    def __init__(
        self, model: Model, shares: Shares, rules: Rules = DUTCH, begins: Mapping[tuple[str, str], float] | None = None
    ) -> None:
        # words that were typed half, and which part of all persons has a name that begins so
        self.begins = begins or {}
        self.model, self.shares, self.rules = model, shares, rules
        self.logs, self.chance = model.logs, shares.chance
        self.housemates = HOUSEMATES / shares.size
        self._pairs: dict[tuple[str, str, str], tuple[float, str]] = {}
        self.slip = {
            name: {level: levels.get("start" if level == "longer" else level, 0.01) / spread for level, spread in model.spread.items()}
            for name, levels in model.match.items()
            if name in {"surname", "given", "street", "town"}
        }

    def weigh(self, one: Traits, other: Traits) -> Weighed:
        """Weigh two persons, field by field."""
        return Against(self, one).weigh(other)

    def described(self, one: Traits, other: Traits) -> tuple[float, str]:
        """Weigh the description of somebody whose name is not known: each word that was said counts."""
        mine, yours = {*one.words, *one.surnames, *one.givens}, {*other.words, *other.surnames, *other.givens}
        found = len(mine & yours)
        return (4.0 * found, "description:same") if found else (-4.0, "description:other")

    def household(self, shared: float) -> float:
        """Weigh what people of one household share, surname and address: together no more than one of that household can be told."""
        return -math.log(math.exp(-shared) + self.housemates) if shared > 0 else shared

    # --- names

    def surname(self, one: Traits, other: Traits) -> tuple[float, str]:
        """Weigh surnames, partner's names included, written apart or as one word; nothing when one has none."""
        if not one.surnames or not other.surnames:
            return 0.0, ""
        found = self.lists("surname", SURNAME, one.surnames, other.surnames)
        return max(found, self.glued(one, other), key=_by_weight) if found[1] == "surname:other" else found

    def prefix(self, one: str, other: str) -> tuple[float, str]:
        """Weigh two prefixes, as far as they were said."""
        if NOT_SAID in {one, other}:
            return 0.0, ""
        level = f"prefix:{prefix_level(one, other)}"
        return self.logs[level], level

    def word(self, name: str, kind: str, one: str, other: str, level: str) -> float:
        """Weigh two words at a level: the rarer they are, the more it says."""
        least = self.logs[f"{name}:other"]
        if level == "other":
            return least
        chance, chance_other = self.chances(kind, one, other)
        if level == "same":
            return self.logs[f"{name}:same"] - math.log(chance)
        slip, slip_other = self.slip[name][level], self.slip[name][level]
        if level == "start":  # few words are the beginning of a long one, and many go on where a short one ends
            longer = self.slip[name]["longer"]
            slip, slip_other = (slip, longer) if len(one) < len(other) else (longer, slip)
        most = LIKE * self.model.match[name]["same"] / max(chance, chance_other)
        return max(least, math.log(min(most, slip / chance + slip_other / chance_other)))

    def chances(self, kind: str, one: str, other: str) -> tuple[float, float]:
        """Return how likely both words are to be written down; one that nobody asked about is taken for no rarer than the other."""
        chance, chance_other = max(self.chance(kind, one), LEAST), max(self.chance(kind, other), LEAST)
        unknown, unknown_other = self.shares.unknown(kind, one), self.shares.unknown(kind, other)
        if unknown != unknown_other:
            chance, chance_other = (max(chance, chance_other), chance_other) if unknown else (chance, max(chance, chance_other))
        return chance, chance_other

    def pair(self, name: str, kind: str, mine: str, yours: str) -> tuple[float, str]:
        """Weigh two words and say at which level; many persons share a word, so each pair is looked at once."""
        key = (name, mine, yours)
        known = self._pairs.get(key)
        if known is None:
            level = word_level(mine, yours, self.rules)
            if name == "given" and level in {"other", "start"} and self.rules.akin(mine, yours):
                level = "kin"
            known = (self.word(name, kind, mine, yours, level), level)
            if self.begins:
                known = max(known, self.begun(kind, mine, yours), self.begun(kind, yours, mine), key=_by_weight)
            self._pairs[key] = known
        return known

    def begun(self, kind: str, half: str, whole: str) -> tuple[float, str]:
        """Weigh a word of which the beginning was typed so far."""
        share = self.begins.get((kind, half))
        return (math.log(0.5 / share), "start") if share and whole.startswith(half) and whole != half else (-math.inf, "")

    def best(self, name: str, kind: str, one: tuple[str, ...], other: tuple[str, ...]) -> list[tuple[float, str, str, str]]:
        """Return every pair of words, the pair that says most first."""
        found = [(*self.pair(name, kind, mine, yours), mine, yours) for mine in one for yours in other]
        found.sort(key=lambda pair: (-pair[0], min(pair[2:]), max(pair[2:])))
        return found

    def lists(self, name: str, kind: str, one: tuple[str, ...], other: tuple[str, ...]) -> tuple[float, str]:
        """Weigh names of one or more words: the best pair counts in full, a second pair less, a word left over against."""
        if len(one) == 1 == len(other):
            weight, level = self.pair(name, kind, one[0], other[0])
            return weight, f"{name}:{level}"
        pairs = self.best(name, kind, one, other)
        weight, level, mine, yours = pairs[0]
        used, left = ({mine}, {yours}), len(one) != len(other)
        if min(len(one), len(other)) > 1:
            for extra, again, mine, yours in pairs[1:]:
                if mine not in used[0] and yours not in used[1]:
                    used[0].add(mine), used[1].add(yours)
                    weight += min(SECOND, extra) if again != "other" else 0.0
                    left = left or again == "other"
        if left and name == "surname" and level != "other":
            weight += self.logs["surname:half"]
            level = "half" if level == "same" else level
        return weight, f"{name}:{level}"

    def glued(self, one: Traits, other: Traits) -> tuple[float, str]:
        """Weigh surnames written as one word: `Vandenberg` and `van den Berg`."""
        nothing = self.logs["surname:other"], "surname:other"
        mine, yours = "".join(one.surnames), "".join(other.surnames)
        if abs(len(mine) - len(yours)) < 2 and len(one.surnames) == len(other.surnames):
            return nothing  # nothing was glued here
        tries = [(a, b) for a, b in {(one.prefix + mine, yours), (mine, other.prefix + yours), (mine, yours)} if abs(len(a) - len(b)) < 2]
        if any(word_level(*pair, self.rules) in {"same", "sound", "near1"} for pair in tries):
            rare = max(self.chance(SURNAME, one.surnames[0]), self.chance(SURNAME, other.surnames[0]), LEAST)
            return math.log(0.05 / rare), "surname:sound"
        return nothing

    def given(self, one: Traits, other: Traits) -> tuple[float, str]:
        """Weigh first names, everyday names and initials."""
        if one.givens and other.givens:
            weight, level = self.lists("given", GIVEN, one.givens, other.givens)
            if level == "given:other" and set(one.initials) & set(other.initials):
                return self.logs["given:letter"], "given:letter"
            return weight, level
        if one.initials and other.initials:
            level = "given:initial" if set(one.initials) & set(other.initials) else "given:initial_other"
            return self.logs[level], level
        return 0.0, ""

    def across(self, mine: tuple[str, ...], yours: tuple[str, ...]) -> tuple[float, bool]:
        """Weigh surnames of one against first names of the other, and whether they agree; nothing when one has none."""
        if not mine or not yours:
            return 0.0, False
        weight, level = max(self.either(word, another) for word in mine for another in yours)
        return weight, level not in {"other", "start"}

    def either(self, mine: str, yours: str) -> tuple[float, str]:
        """Weigh a word that is a surname here and a first name there: what the more careful of both readings says; of a letter, as an initial."""
        if len(mine) == 1 or len(yours) == 1:
            level = "initial" if mine[0] == yours[0] else "initial_other"
            return self.logs[f"given:{level}"], "initial" if level == "initial" else "other"
        return min(self.pair("surname", SURNAME, mine, yours), self.pair("given", GIVEN, mine, yours))

    # --- addresses and numbers

    def home(self, one: Home, other: Home) -> tuple[float, list[str]]:
        """Weigh two addresses. Street, postcode and town say partly the same, so they are not simply added up."""
        levels: list[str] = []
        level, town, street, postcode, number = "", 0.0, 0.0, 0.0, 0.0
        if one.town and other.town:
            town, level = self.place("town", TOWN, one.town, other.town)
            levels.append(f"town:{level}")
        street_same = postcode_same = False
        if one.street and other.street:
            street, level = self.place("street", STREET, one.street, other.street)
            street_same = level != "other"
        if one.postcode and other.postcode:
            postcode, postcode_same = self.postcode(one.postcode, other.postcode, levels)
        if (street_same or postcode_same) and one.number and other.number:
            house = f"number:{number_level(one.number, other.number)}"
            if house == "number:other" and level == "near" and "postcode:other" in levels:  # nothing here agrees: another street
                street, level, street_same = self.logs["street:other"], "other", False
            else:
                number = self.logs[house]
                levels.append(house)
        if one.street and other.street:
            levels.append(f"street:{level}")
        by_street = street + max(town, 0.0) if street_same else town
        if postcode_same:
            weight = max(postcode, by_street) + (0.3 if street_same else 0.0) + min(town, 0.0)
        elif street_same:
            weight = by_street + min(town, 0.0) + 0.3 * postcode
        else:
            weight = town + min(street, postcode, 0.0)
        return weight + number, levels

    def place(self, name: str, kind: str, one: str, other: str) -> tuple[float, str]:
        """Weigh two streets or towns; many persons share one, so each pair is looked at once."""
        key = (name, one, other)
        known = self._pairs.get(key)
        if known is None:
            known = self._pairs[key] = self._place(name, kind, one, other)
        return known

    def _place(self, name: str, kind: str, one: str, other: str) -> tuple[float, str]:
        level = word_level(one, other, self.rules)
        if level in {"same", "other"}:
            return self.word(name, kind, one, other, level), level
        slip = self.model.match[name]["near"] / self.model.spread["near"]
        chances = self.chances(kind, one, other)
        return max(self.logs[f"{name}:other"], math.log(min(1 / max(chances), slip * (1 / chances[0] + 1 / chances[1])))), "near"

    def postcode(self, one: str, other: str, levels: list[str]) -> tuple[float, bool]:
        """Weigh two postcodes; the first four figures are an area."""
        level = text_level(one, other)
        if level == "same":
            levels.append("postcode:same")
            return self.logs["postcode:same"] - math.log(max(self.shares.share("p", one), LEAST)), True
        if level == "other" and len(one) > 4 and one[:4] == other[:4]:
            level = "area"
        levels.append(f"postcode:{level}")
        return self.logs[f"postcode:{level}"], False

    def more(self, one: Traits, other: Traits, levels: list[str]) -> float:
        """Weigh numbers, sex and region, and add the levels by which."""
        weight = 0.0
        for name, mine, yours in (("phone", one.phones, other.phones), ("email", one.emails, other.emails), ("id", one.ids, other.ids)):
            if mine and yours:
                added, level = self.numbers(name, mine, yours)
                weight += added
                levels.append(level)
        for name, this, that in (("sex", one.sex, other.sex), ("region", one.region, other.region)):
            if this and that:
                level = f"{name}:same" if this == that else f"{name}:other"
                weight += self.logs[level]
                levels.append(level)
        return weight

    def numbers(self, name: str, one: tuple[str, ...], other: tuple[str, ...]) -> tuple[float, str]:
        """Weigh telephone numbers, e-mail addresses or numbers given on purpose: one that is the same is enough."""
        if set(one) & set(other):
            known = self.model.other.get(name, {}).get("same")
            return self.logs[f"{name}:same"] - (0.0 if known else math.log(max(self.shares.share("t", ""), LEAST))), f"{name}:same"
        near = name != "phone" and any(text_level(mine, yours) == "near" for mine in one for yours in other)
        level = f"{name}:near" if near else f"{name}:other"
        return self.logs[level], level


class Against:
    """One person, weighed against many by the same scales: what was found for a name, a date or an address is kept, because many share it."""

    def __init__(self, scales: Scales, one: Traits) -> None:
        self.scales, self.one = scales, one
        self.unnamed = _unnamed(one)
        self.numbered = bool(one.phones or one.emails or one.ids or one.sex or one.region)
        self.first = {scales.rules.spoken(word)[:1] for word in one.givens}, {scales.rules.spoken(word)[:1] for word in one.surnames}
        self._surnames: dict[tuple[tuple[str, ...], str], tuple[float, str, float, str]] = {}
        self._givens: dict[tuple[tuple[str, ...], str], tuple[float, str]] = {}
        self._across: dict[tuple[bool, tuple[str, ...]], tuple[float, bool]] = {}
        self._births: dict[tuple[int, int, int], str] = {}
        self._homes: dict[tuple[Home, ...], tuple[float, list[str]]] = {}

    def weigh(self, other: Traits) -> Weighed:
        """Weigh the other person, field by field."""
        one, scales = self.one, self.scales
        shared, weight, levels = self.names(other)
        born = self._births.get(other.birth)
        if born is None:
            born = self._births[other.birth] = birth_level(one.birth, other.birth)
        if born:
            level = f"birth:{born}"
            levels.append(level)
            weight += scales.logs[level]
        if one.homes and other.homes:
            added, found = self.homes(other.homes)
            shared += added
            levels += found
        weight += scales.household(shared)
        if self.numbered:
            weight += scales.more(one, other, levels)
        if self.unnamed or _unnamed(other):
            added, level = scales.described(one, other)
            weight += added
            levels.append(level)
        return Weighed(weight, tuple(levels))

    def names(self, other: Traits) -> tuple[float, float, list[str]]:
        """Weigh surname and prefix (shared in a family), and first name; as they stand, or crossed: the one in the place of the other."""
        surname, surname_level, prefix, prefix_level = self.surname(other)
        key = (other.givens, other.initials)
        known = self._givens.get(key)
        if known is None:
            known = self._givens[key] = self.scales.given(self.one, other)
        given, given_level = known
        straight = surname + given
        if straight < 2.0 and self.worth_crossing(other):
            crossed = self.crossed(other)
            if crossed is not None and crossed > straight:
                return crossed, 0.0, ["crossed:yes"]
        levels = [level for level in (surname_level, given_level, prefix_level) if level]
        return surname + prefix, given, levels

    def surname(self, other: Traits) -> tuple[float, str, float, str]:
        """Weigh surname, then prefix: that says something only where the surname agrees."""
        key = (other.surnames, other.prefix)
        known = self._surnames.get(key)
        if known is None:
            weight, level = self.scales.surname(self.one, other)
            prefix = self.scales.prefix(self.one.prefix, other.prefix) if level and level != "surname:other" else (0.0, "")
            known = self._surnames[key] = (weight, level, *prefix)
        return known

    def worth_crossing(self, other: Traits) -> bool:
        """Tell whether a first name of one begins as a surname of the other: most pairs by far need no closer look."""
        spoken = self.scales.rules.spoken
        for heard, words in zip(self.first, (other.surnames, other.givens), strict=True):
            for word in words:
                if spoken(word)[:1] in heard:
                    return True
        return False

    def crossed(self, other: Traits) -> float | None:
        """Weigh first name against surname; None when nothing is found there."""
        weight, found = self.scales.logs["crossed:yes"], False
        for first, mine, yours in ((True, self.one.surnames, other.givens), (False, self.one.givens, other.surnames)):
            known = self._across.get((first, yours))
            if known is None:
                known = self._across[first, yours] = self.scales.across(mine, yours)
            weight += known[0]
            found = found or known[1]
        return weight if found else None

    def homes(self, others: tuple[Home, ...]) -> tuple[float, list[str]]:
        """Weigh addresses: the two that are most alike."""
        known = self._homes.get(others)
        if known is None:
            home = self.scales.home
            found = [home(mine, yours) for mine in self.one.homes for yours in others]
            known = self._homes[others] = max(found, key=_by_weight) if len(found) > 1 else found[0]
        return known


def _unnamed(of: Traits) -> bool:
    return bool(of.words) and not of.surnames and not of.givens


def _by_weight(found: tuple[float, ...]) -> float:
    return found[0]
