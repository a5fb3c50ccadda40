"""Pictograms of our own: thick lines, few details, each with its words. For who would rather look than read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.translation import gettext as _
from markupsafe import Markup

from nabij.core.text import plain

from .blocks import Picture

INK, SKIN, WARM, PAPER = "#123f47", "#f3d9b4", "#c8641e", "#fffdfa"
FRAME = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96"><rect x="2" y="2" width="92" height="92" rx="14" fill="%s"/>'
    '<g fill="none" stroke="%s" stroke-width="5" stroke-linecap="round" stroke-linejoin="round">%s</g></svg>'
)
_HEAD = '<circle cx="{x}" cy="{y}" r="{r}" fill="' + SKIN + '"/>'


def _person(x: int, y: int = 30, r: int = 10) -> str:
    """Draw somebody: a head and shoulders."""
    return f'<circle cx="{x}" cy="{y}" r="{r}" fill="{SKIN}"/><path d="M{x - 17} {y + 42}c0-32 34-32 34 0z" fill="{PAPER}"/>'


SHAPES = {
    "self": _person(48),
    "network": _person(31) + _person(65),
    "volunteer": _person(48) + f'<path d="M48 61c-5-9-17-3-12 6 3 5 8 8 12 11 4-3 9-6 12-11 5-9-7-15-12-6z" fill="{WARM}" stroke="{WARM}"/>',
    "building": f'<path d="M18 78V34l30-17 30 17v44z" fill="{PAPER}"/><path d="M41 78V60h14v18M31 44h8M57 44h8"/>',
    "decision": f'<path d="M26 14h32l14 14v54H26z" fill="{PAPER}"/><path d="M36 40h24M36 52h24"/><path d="m38 68 7 7 14-14" stroke="{WARM}"/>',
    "phone": f'<path d="M30 16c-8 4-10 14-4 28 7 16 17 28 30 35 9 5 16 0 19-6l-14-13-9 5C44 59 38 51 36 43l8-7-7-18z" fill="{PAPER}"/>',
    "house": f'<path d="M14 50 48 20l34 30"/><path d="M24 44v36h48V44L48 24z" fill="{PAPER}"/><path d="M41 80V60h14v20" stroke="{WARM}"/>',
    "letter": f'<rect x="16" y="26" width="64" height="46" rx="4" fill="{PAPER}"/><path d="m16 32 32 24 32-24" stroke="{WARM}"/>',
    "money": f'<rect x="12" y="30" width="72" height="40" rx="5" fill="{PAPER}"/><path d="M57 41c-8-5-18 0-18 9s10 14 18 9M33 47h16M33 54h14" stroke="{WARM}"/>',
    "walk": f'<circle cx="52" cy="18" r="8" fill="{SKIN}"/><path d="m50 30-6 24 14 12 4 18M44 54 32 82M49 34 34 44l-4 12M50 34l12 12 11 2" stroke="{INK}"/>',
    "coffee": f'<path d="M22 38h44v24a16 16 0 0 1-16 16H38a16 16 0 0 1-16-16z" fill="{PAPER}"/><path d="M66 44h8a8 8 0 0 1 0 18h-8"/><path d="M36 16v10M50 16v10" stroke="{WARM}"/>',
    "doctor": f'<rect x="18" y="30" width="60" height="48" rx="6" fill="{PAPER}"/><path d="M38 30V18h20v12"/><path d="M48 42v24M36 54h24" stroke="{WARM}" stroke-width="8"/>',
    "work": f'<rect x="14" y="34" width="68" height="42" rx="5" fill="{PAPER}"/><path d="M36 34V22h24v12"/><path d="M14 52h68" stroke="{WARM}"/>',
    "school": f'<path d="M10 38 48 20l38 18-38 18z" fill="{PAPER}"/><path d="M26 46v20c12 10 32 10 44 0V46"/><path d="M82 42v24" stroke="{WARM}"/>',
    "food": f'<path d="M18 40h60l-7 38H25z" fill="{PAPER}"/><path d="M32 40c0-26 32-26 32 0M38 52v14M48 52v14M58 52v14" stroke="{INK}"/>',
    "clean": f'<path d="M58 12 46 48"/><path d="M32 48h30l8 32H20z" fill="{PAPER}"/><path d="M36 62v18M46 60v20M56 62v18" stroke="{WARM}"/>',
    "talk": f'<path d="M14 20h50v32H36L24 64V52H14z" fill="{PAPER}"/><path d="M74 36h10v32h-8v12L62 68H46" stroke="{WARM}"/>',
    "sport": '<path d="M22 34v28M12 40v16M74 34v28M84 40v16M22 48h52" stroke-width="8"/>',
    "goal": f'<path d="M28 84V14"/><path d="M28 18h44l-10 15 10 15H28z" fill="{WARM}"/>',
}  # fmt: skip
# Beginnings of Dutch words that say what it is about; the first that fits wins, else who helps.
SUBJECTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("food", ("boodschap", "voedselbank", "eten", "koken", "maaltijd", "weggeefwinkel")),
    ("money", ("geld", "schuld", "betal", "rekening", "budget", "inkomen", "uitkering", "toeslag", "huur", "bewind")),
    ("letter", ("post", "brief", "brieven", "formulier", "aanvra", "papier", "administratie")),
    ("doctor", ("huisarts", "dokter", "arts", "medicijn", "tandarts", "ziekenhuis", "ggz", "psycholoog", "wijkverpleeg", "zorg")),
    ("phone", ("bel", "belt", "bellen", "telefoon", "appen")),
    ("coffee", ("koffie", "thee", "inloop", "ontmoet", "buurthuis", "koffieochtend")),
    ("walk", ("wandel", "lopen", "loopt", "buiten", "fiets", "naar buiten")),
    ("sport", ("sport", "zwem", "bewegen", "gym")),
    ("school", ("school", "les", "leren", "taal", "cursus", "huiswerk")),
    ("work", ("werk", "baan", "dagbesteding", "sollicit")),
    ("clean", ("opruim", "schoon", "poets", "huishoud")),
    ("house", ("huis", "woning", "thuis", "tuin", "verhui")),
    ("talk", ("praat", "praten", "gesprek", "maatje", "vertel")),
)  # fmt: skip


@dataclass(frozen=True)
class Pictogram:
    """A picture with the words under it. `shape`: what stands in the frame; `alt`: what it shows."""

    shape: str
    words: str
    alt: str
    ground: str = "#e0edeb"

    @property
    def svg(self) -> Markup:
        """Return the drawing."""
        return Markup(FRAME % (self.ground, INK, self.shape))  # noqa: S704 - our own drawing; the one word in it is escaped

    def picture(self, width: int) -> Picture:
        """Return it for a letter, so many millimetres wide."""
        return Picture(str(self.svg), self.alt, width)


def alts() -> dict[str, str]:
    """Return what each drawing shows, in words."""
    return {
        "self": _("You yourself"), "network": _("People around you"), "volunteer": _("Somebody with a heart: a volunteer"), "building": _("A building in the neighbourhood"),
        "decision": _("A paper with a tick: a decision"), "phone": _("A telephone"), "house": _("A house"), "letter": _("An envelope"), "money": _("A banknote"),
        "walk": _("Somebody who walks"), "coffee": _("A cup of coffee"), "doctor": _("A doctor's bag"), "work": _("A bag for work"), "school": _("A school cap"),
        "food": _("A basket with shopping"), "clean": _("A broom"), "talk": _("Two people talk"), "sport": _("A dumb-bell"), "goal": _("A flag: your goal"),
    }  # fmt: skip


def drawing(name: str, words: str, ground: str = "#e0edeb") -> Pictogram:
    """Return one of our drawings with these words under it. Raises KeyError for a name that does not exist."""
    return Pictogram(SHAPES[name], words, alts()[name], ground)


def subject(text: str, otherwise: str) -> str:
    """Return the name of the drawing that fits what a text is about, else the one given."""
    words = plain(text).split()
    return next((name for name, starts in SUBJECTS if _begins(words, starts)), otherwise)


def _begins(words: Sequence[str], starts: tuple[str, ...]) -> bool:
    return any(word.startswith(start) for word in words for start in starts)


def calendar(day: date) -> Pictogram:
    """Return a leaf of the calendar with the day on it, so that it can be laid beside a real calendar."""
    number, month = day.day, escape(date_format(day, "b"))
    shape = (
        f'<rect x="16" y="20" width="64" height="62" rx="6" fill="{PAPER}"/><path d="M16 38h64M32 12v14M64 12v14"/>'
        f'<g fill="{INK}" stroke="none" text-anchor="middle" font-family="Libertinus Serif, serif" font-weight="bold">'
        f'<text x="48" y="64" font-size="26">{number}</text><text x="48" y="77" font-size="13">{month}</text></g>'
    )
    return Pictogram(shape, date_format(day, "l j F"), _("A leaf of the calendar: %(day)s") % {"day": date_format(day, "j F")}, "#fdeed2")
