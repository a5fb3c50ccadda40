"""Names and addresses as they are written and heard in the Netherlands, names from elsewhere included."""

import re

from .rules import Rules, families

# Prefixes as the register of persons knows them (BRP table 36), the ones met in the street; lower case.
PREFIXES = (
    "van der", "van den", "van de", "van het", "van 't", "van t", "in 't", "in het", "in de", "in den", "op den", "op de", "op 't",
    "uit de", "uit den", "uit het", "uit 't", "voor de", "aan de", "aan den", "aan het", "bij de", "onder de", "over de", "de la",
    "von der", "von dem", "van", "von", "vom", "de", "den", "der", "het", "'t", "ter", "ten", "te", "tot", "op", "aan", "uit",
    "da", "das", "dos", "do", "di", "del", "della", "du", "des", "la", "le", "les", "el", "al", "ait", "ben", "bin", "ibn", "abu", "st", "st.",
)  # fmt: skip
SMALL_WORDS = {word for prefix in PREFIXES for word in re.findall(r"[a-z]+", prefix)} | {"v", "vd", "vdr"}

SOUNDS = {
    # vowels: one letter for each family of sounds that is heard as one on the phone
    "eij": "i", "ij": "i", "ei": "i", "ey": "i", "ay": "i", "ai": "i", "ie": "i", "y": "i", "j": "i",
    "ou": "u", "au": "u", "oe": "u", "uu": "u", "ue": "u", "aou": "au", "ae": "a",
    # consonants
    "sch": "s", "skh": "s", "sgh": "s", "sg": "s", "sh": "s", "sj": "s", "zj": "s", "tsj": "s", "z": "s",
    "ch": "g", "gh": "g", "kh": "g", "ck": "k", "c": "k", "q": "k", "qu": "kw", "x": "ks", "cz": "s",
    "ph": "f", "v": "f", "w": "w", "th": "t", "dt": "t", "dh": "d", "dj": "i", "dzj": "i", "rh": "r",
}  # fmt: skip

FAMILIES = families("""
jan johannes johan hans joannes jo joop johnny john hannes
johanna jo hanna anneke hannie joke janna jannie jannetje annie ans
maria marie mia miep ria rie marijke mieke marja marian
cornelis kees cor cees corne nelis
cornelia cor corrie nel neeltje nelly cora
elisabeth elizabeth els elly lies bep betty betsy liesbeth lisa ella ellie bets
wilhelmina mien wil willy willie mina wilma minie helma willemijn mieneke
hendrika riek rika henny hennie ria hetty
hendrik henk hein henri henny harry rik hendricus hendrikus
willem wim wil bill pim willie wilhelmus
pieter piet peter petrus piotr
petronella nel petra nellie pietje pieternella
gerrit ger gerard gerardus gert geert
geertruida truus geertje trudy gerda truida trui
dirk dick diederik theodorus
theodorus theo dorus thijs
antonius anton ton toon tonny antoon teun
antonia toos tonny tonia toni
jacobus jaap koos ko jacob sjaak jack cobus
jacoba co coba cobie jacqueline
adrianus adriaan ad arie janus adri
adriana adri jaan ad jaantje
franciscus frans frank francis
francisca fransje cisca sisca
catharina trijn trijntje tineke toos katrien rina karin kaatje ineke to
margaretha greet greetje gre marga grietje margriet
anna annie anneke ans anja an annelies
mattheus matthijs thijs theo
matthijs thijs matthias ties
nicolaas klaas nico niek
lambertus bert lammert bertus
hubertus huub bert huib
albertus bert albert appie ab
gijsbertus gijs bert gijsbert
bartholomeus bart mees
sebastiaan bas
christiaan chris christian krijn
christina tina stien chris stina
leonardus leo leen
laurentius laurens lau rens
mohammed mohamed mo mohammad muhammad mohamad mehmet muhammed hamid
abdullah abdul abdoel
ahmed achmed ahmet
fatima fatma fatiha
youssef yusuf joessoef josef joseph jozef jos
mustafa moustafa moestafa
aisha aicha ayse
""")

STREET_WORDS = {
    "str": "straat", "pl": "plein", "ln": "laan", "wg": "weg", "burg": "burgemeester", "prof": "professor", "st": "sint", "dr": "dokter",
    "mr": "meester", "kon": "koningin", "pr": "prins", "gr": "grote",
}  # fmt: skip

DUTCH = Rules(
    language="nl",
    small_words=frozenset(SMALL_WORDS),
    sounds=SOUNDS,
    families=FAMILIES,
    street_words=STREET_WORDS,
)


def phone_tail(typed: str) -> str:
    """Return the last nine digits, by which a number is found however it was written; nothing when there are fewer."""
    digits = re.sub(r"\D", "", typed)
    return digits[-9:] if len(digits) >= 9 else ""
