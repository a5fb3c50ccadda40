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
            name: {level: levels.get(level, 0.01) / spread for level, spread in model.spread.items()}
            for name, levels in model.match.items()
            if name in {"surname", "given", "street", "town"}
        }

    def weigh(self, one: Traits, other: Traits) -> Weighed:
        """Weigh two persons, field by field."""
        shared, weight, levels = self.names(one, other)
        born = birth_level(one.birth, other.birth)
        if born:
            levels.append(f"birth:{born}")
            weight += self.logs[f"birth:{born}"]
        if one.homes and other.homes:
            added, found = max((self.home(mine, yours) for mine in one.homes for yours in other.homes), key=_by_weight)
            shared += added
            levels += found
        weight += self.household(shared)
        for name, mine, yours in (("phone", one.phones, other.phones), ("email", one.emails, other.emails), ("id", one.ids, other.ids)):
            if mine and yours:
                added, level = self.numbers(name, mine, yours)
                weight += added
                levels.append(level)
        for name, mine, yours in (("sex", one.sex, other.sex), ("region", one.region, other.region)):
            if mine and yours:
                level = f"{name}:same" if mine == yours else f"{name}:other"
                weight += self.logs[level]
                levels.append(level)
        if _unnamed(one) or _unnamed(other):
            added, level = self.described(one, other)
            weight += added
            levels.append(level)
        return Weighed(weight, tuple(levels))

    def described(self, one: Traits, other: Traits) -> tuple[float, str]:
        """Weigh the description of somebody whose name is not known: each word that was said counts."""
        mine, yours = {*one.words, *one.surnames, *one.givens}, {*other.words, *other.surnames, *other.givens}
        found = len(mine & yours)
        return (4.0 * found, "description:same") if found else (-4.0, "description:other")

    def household(self, shared: float) -> float:
        """Weigh what people of one household share, surname and address: together no more than one of that household can be told."""
        return -math.log(math.exp(-shared) + self.housemates) if shared > 0 else shared

    # --- names

    def names(self, one: Traits, other: Traits) -> tuple[float, float, list[str]]:
        """Weigh surname and prefix (shared in a family), and first name; as they stand, or crossed: the one in the place of the other."""
        surname, surname_level = self.lists("surname", SURNAME, one.surnames, other.surnames) if one.surnames and other.surnames else (0.0, "")
        if surname_level.endswith(":other"):
            surname, surname_level = max((surname, surname_level), self.glued(one, other), key=lambda found: found[0])
        given, given_level = self.given(one, other)
        straight = surname + given
        levels = [level for level in (surname_level, given_level) if level]
        if straight < 2.0 and (one.surnames or one.givens) and (other.surnames or other.givens):
            crossed = self.crossed(one, other)
            if crossed is not None and crossed > straight:
                return crossed, 0.0, ["crossed:yes"]
        if surname_level and not surname_level.endswith(":other") and NOT_SAID not in {one.prefix, other.prefix}:
            prefix = f"prefix:{prefix_level(one.prefix, other.prefix)}"
            surname += self.logs[prefix]
            levels.append(prefix)
        return surname, given, levels

    def word(self, name: str, kind: str, one: str, other: str, level: str) -> float:
        """Weigh two words at a level: the rarer they are, the more it says."""
        least = self.logs[f"{name}:other"]
        if level == "other":
            return least
        chance, chance_other = self.chance(kind, one), self.chance(kind, other)
        if level == "same":
            return self.logs[f"{name}:same"] - math.log(max(chance, LEAST))
        slip = self.slip[name][level]
        most = 1 / max(chance, chance_other, LEAST)
        return max(least, math.log(min(most, slip * (1 / max(chance, LEAST) + 1 / max(chance_other, LEAST)))))

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
        tries = {(one.prefix + mine, yours), (mine, other.prefix + yours), (mine, yours)}
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

    def crossed(self, one: Traits, other: Traits) -> float | None:
        """Weigh first name against surname; None when nothing is found there."""
        weight, found = self.logs["crossed:yes"], False
        for mine, yours in ((one.surnames, other.givens), (one.givens, other.surnames)):
            if mine and yours:
                added, level = max(self.either(word, another) for word in mine for another in yours)
                weight += added
                found = found or level not in {"other", "start"}
        return weight if found else None

    def either(self, mine: str, yours: str) -> tuple[float, str]:
        """Weigh a word that is a surname here and a first name there: what the more careful of both readings says."""
        return min(self.pair("surname", SURNAME, mine, yours), self.pair("given", GIVEN, mine, yours))

    # --- addresses and numbers

    def home(self, one: Home, other: Home) -> tuple[float, list[str]]:
        """Weigh two addresses. Street, postcode and town say partly the same, so they are not simply added up."""
        levels: list[str] = []
        town = street = postcode = number = 0.0
        if one.town and other.town:
            town, level = self.place("town", TOWN, one.town, other.town, levels)
        street_same = postcode_same = False
        if one.street and other.street:
            street, level = self.place("street", STREET, one.street, other.street, levels)
            street_same = level != "other"
        if one.postcode and other.postcode:
            postcode, postcode_same = self.postcode(one.postcode, other.postcode, levels)
        if (street_same or postcode_same) and one.number and other.number:
            level = f"number:{number_level(one.number, other.number)}"
            number = self.logs[level]
            levels.append(level)
        by_street = street + max(town, 0.0) if street_same else town
        if postcode_same:
            weight = max(postcode, by_street) + (0.3 if street_same else 0.0) + min(town, 0.0)
        elif street_same:
            weight = by_street + min(town, 0.0) + 0.3 * postcode
        else:
            weight = town + min(street, postcode, 0.0)
        return weight + number, levels

    def place(self, name: str, kind: str, one: str, other: str, levels: list[str]) -> tuple[float, str]:
        """Weigh two streets or towns."""
        level = word_level(one, other, self.rules)
        if level not in {"same", "other"}:
            slip = self.model.match[name]["near"] / self.model.spread["near"]
            chances = max(self.chance(kind, one), LEAST), max(self.chance(kind, other), LEAST)
            weight = max(self.logs[f"{name}:other"], math.log(min(1 / max(chances), slip * (1 / chances[0] + 1 / chances[1]))))
            level = "near"
        else:
            weight = self.word(name, kind, one, other, level)
        levels.append(f"{name}:{level}")
        return weight, level

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

    def numbers(self, name: str, one: tuple[str, ...], other: tuple[str, ...]) -> tuple[float, str]:
        """Weigh telephone numbers, e-mail addresses or numbers given on purpose: one that is the same is enough."""
        if set(one) & set(other):
            known = self.model.other.get(name, {}).get("same")
            return self.logs[f"{name}:same"] - (0.0 if known else math.log(max(self.shares.share("t", ""), LEAST))), f"{name}:same"
        near = name != "phone" and any(text_level(mine, yours) == "near" for mine in one for yours in other)
        level = f"{name}:near" if near else f"{name}:other"
        return self.logs[level], level


def _unnamed(of: Traits) -> bool:
    return bool(of.words) and not of.surnames and not of.givens


def _by_weight(found: tuple[float, ...]) -> float:
    return found[0]
