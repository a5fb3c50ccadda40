"""By what residents are found again. All of it follows from names, dates, addresses and numbers and can be made anew.

Keys, words and variants are keyed fingerprints of eight bytes: nobody reads a name from them. Nothing of a secret address is among them.
"""

from django.db import models

from nabij.access.models import Dossier


class SearchKey(models.Model):
    """One piece by which a dossier is found: a surname with an initial, a birth date, a postcode with number (Dutch: zoeksleutel)."""

    # derived data, written by one hand (residents.linkage): the check of each of a dozen rows a person would double the cost of writing
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="search_keys", db_constraint=False)
    key = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["key", "dossier"], name="search_key")]

    def __str__(self) -> str:
        return f"key of {self.dossier_id}"


class SearchWord(models.Model):
    """A word of names, streets or towns, and how many persons have it: a rare name says more (Dutch: hoe vaak een naam voorkomt)."""

    id = models.BigIntegerField(primary_key=True)
    count = models.IntegerField()

    def __str__(self) -> str:
        return f"word {self.pk}"


class SearchVariant(models.Model):
    """A way in which a word could be misheard or mistyped (Dutch: schrijfwijze)."""

    variant = models.BigIntegerField()
    word = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["variant", "word"], name="search_variant")]
        indexes = [models.Index(fields=["word"], name="search_variant_word")]

    def __str__(self) -> str:
        return f"variant of {self.word}"


class SearchLine(models.Model):
    """What is known of one person on one line, ready to be compared: folded names, birth date, public address, numbers (Dutch: zoekregel)."""

    dossier = models.OneToOneField(Dossier, on_delete=models.CASCADE, primary_key=True, related_name="search_line")
    line = models.TextField()

    def __str__(self) -> str:
        return f"line of {self.dossier_id}"
