"""Made-up people and words, drawn at random: no name here is anybody's."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from nabij.core.ids import ALPHABET

CALLS = ["Aad", "Aaltje", "Adil", "Agnes", "Ahmed", "Aisha", "Alida", "Amir", "Anja", "Anton", "Arend", "Aylin", "Baukje", "Bilal", "Brecht", "Carla", "Coen", "Dana", "Derk", "Dewi", "Dinand", "Ebru", "Eelke", "Elif", "Fedde", "Fenna", "Fouad", "Gijs", "Gonda", "Hamza", "Heleen", "Hidde", "Ilse", "Imane", "Jelle", "Jorien", "Kaya", "Kees", "Klaartje", "Lamia", "Lubbert", "Maud", "Meral", "Mila", "Nadia", "Niek", "Noortje", "Omar", "Otto", "Petra", "Quinten", "Rachid", "Reinier", "Roos", "Sami", "Selma", "Sjoerd", "Sofie", "Tamar", "Tjeerd", "Ugur", "Vera", "Wiebe", "Wouter", "Yara", "Zeynep"]
FIRST = ["Bak", "Berg", "Bloem", "Bosch", "Broek", "Dal", "Deur", "Dijk", "Eik", "Elzen", "Geest", "Graaf", "Haver", "Heide", "Hof", "Hoek", "Kamp", "Kerk", "Klaver", "Linde", "Meer", "Molen", "Noord", "Oost", "Polder", "Riet", "Steen", "Veen", "West", "Wilgen", "Wit", "Zand"]
LAST = ["aar", "beek", "broek", "burg", "dam", "er", "hof", "horst", "huis", "ink", "kamp", "man", "meijer", "mans", "ner", "oord", "sma", "stra", "veld", "vliet", "werf", "zaal"]
PREFIXES = ("", "", "", "", "", "", "de", "van", "van de", "van der", "van den", "ten", "el")
STREETS = [f"{first}{end}" for first in FIRST for end in ("laan", "straat", "weg", "kade", "hof")]
SAID = (
    "Vandaag gebeld, het gaat redelijk.", "De huur is betaald, de energierekening nog niet.", "Wil graag vaker naar het buurthuis.",
    "De dochter helpt met de boodschappen.", "Samen de post doorgenomen en drie brieven beantwoord.", "Slaapt slecht en maakt zich zorgen over geld.",
    "Afgesproken dat we volgende week samen naar de huisarts gaan.", "Heeft de aanvraag zelf ingevuld; wij kijken mee.", "Kreeg bezoek van de buurvrouw.",
    "Is blij met de maaltijden en wil zelf weer koken.", "De zoon is terug naar school.", "Wil niet dat wij de werkgever bellen.",
    "De kraan lekt nog; de verhuurder komt donderdag.", "Praat moeizaam over de scheiding.", "Loopt weer zelf naar de winkel.",
)  # fmt: skip
WORRIES = (
    "De gordijnen zijn al dagen dicht.", "Mijn buurman vergeet steeds vaker dingen.", "Er ligt veel post voor de deur.", "Ik kom niet meer rond.",
    "Zij is sinds de verhuizing erg alleen.", "Ik hoor ’s nachts veel lawaai en daarna is het stil.", "Ik weet niet waar ik hulp kan vragen.",
)  # fmt: skip
QUESTIONS = (
    "Ik wil rust in mijn geldzaken.", "Ik wil weer mensen om me heen.", "Ik wil thuis blijven wonen.", "Ik wil dat mijn kinderen het goed hebben.",
    "Ik wil weer iets te doen hebben overdag.", "Ik wil hulp die blijft.",
)  # fmt: skip
PROMISES = (
    "Bellen over de huur", "Meegaan naar de huisarts", "Koffie en kijken hoe het gaat", "Formulier samen invullen", "Kijken of de hulp is begonnen",
    "De zus vragen om op dinsdag te komen", "Plek zoeken bij de wandelgroep", "Betalingsregeling nakijken",
)  # fmt: skip


@dataclass(frozen=True)
class Person:
    """Parts of a name and a birth date."""

    call: str
    prefix: str
    surname: str
    year: int
    month: int
    day: int

    @property
    def name(self) -> str:
        return " ".join(filter(None, (self.call, self.prefix, self.surname)))


class Draw:
    """Everything that chance decides; the same number gives the same region."""

    def __init__(self, number: int) -> None:
        self.rng = Random(number)  # noqa: S311 - made-up people, no secrets
        self.pick, self.chance = self.rng.choice, self.rng.random

    def ref(self) -> str:
        """Return a ref; not a secret here, so that a region can be made twice alike."""
        return "".join(self.rng.choices(ALPHABET, k=20))

    def person(self, *, this_year: int) -> Person:
        """Draw somebody of any age."""
        pick, rng = self.pick, self.rng
        return Person(pick(CALLS), pick(PREFIXES), pick(FIRST) + pick(LAST), this_year - rng.randint(1, 96), rng.randint(1, 12), rng.randint(1, 28))

    def moment(self, begin: datetime, end: datetime) -> datetime:
        """Draw a moment between two."""
        return begin + timedelta(seconds=int(self.chance() * (end - begin).total_seconds()))

    def words(self, most: int = 3) -> str:
        """Draw one or some sentences of what was said."""
        return " ".join(self.rng.choices(SAID, k=self.rng.randint(1, most)))
