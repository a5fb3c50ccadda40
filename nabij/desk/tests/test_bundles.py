"""What comes along in one query is the same as what would have been read by itself."""

import pytest
from django.db.models import OuterRef

from nabij.access.models import Dossier
from nabij.core.bundles import Bundle, unbundle
from nabij.residents.models import Address, ContactWay, SafetyNote

from .factories import make_day, make_person

pytestmark = pytest.mark.django_db


def bundled(model, dossier, **extra):
    rows = model.objects.filter(dossier_id=OuterRef("pk")).order_by("pk")
    return unbundle(model, Dossier.objects.annotate(some=Bundle(rows, **extra)).get(pk=dossier.pk).some)


@pytest.mark.parametrize("model", [Address, ContactWay, SafetyNote])
def test_every_column_comes_back_as_it_is(me, model):
    dossier = make_day(me, 1)[0].dossier
    own = list(model.objects.filter(dossier=dossier).order_by("pk"))
    assert own
    columns = [field.attname for field in model._meta.concrete_fields]
    assert [[getattr(row, c) for c in columns] for row in bundled(model, dossier)] == [[getattr(row, c) for c in columns] for row in own]


def test_an_encrypted_column_opens_only_when_it_is_read(me):
    secret = {"street": "Verborgenlaan", "number": "9", "postcode": "1441 AB", "place": "Waterdam", "secret": True}
    dossier = make_person(me, 1, address=secret).dossier
    (address,) = bundled(Address, dossier)
    assert address.street == ""
    assert "Verborgenlaan 9" in address.secret_text


def test_a_column_of_another_table_stands_beside_it(me):
    dossier = make_day(me, 1)[0].dossier
    assert [note.author_name for note in bundled(SafetyNote, dossier, author_name="author__worker__name")] == ["Noor"]


def test_nothing_is_an_empty_list(me):
    assert bundled(SafetyNote, make_person(me, 1).dossier) == []
