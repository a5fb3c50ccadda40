import pytest
from django.apps import apps
from django.db.models import Model

from nabij.access.models import Dossier
from nabij.commitments.models import Kind, OnCommitment
from nabij.upkeep.lists import KIND_ROWS, ROOMS

OURS = [model for model in apps.get_models() if model.__module__.startswith("nabij.")]


def parents(model: type[Model]) -> set[type[Model]]:
    return {f.related_model for f in model._meta.get_fields() if f.concrete and (f.many_to_one or f.one_to_one)}


def with_a_way_to_a_dossier(models: list[type[Model]]) -> set[type[Model]]:
    found: set[type[Model]] = {Dossier}
    while more := {m for m in models if m not in found and parents(m) & found}:
        found |= more
    return found


def test_every_table_with_a_way_to_a_dossier_is_in_a_list() -> None:
    listed = [table for room in ROOMS for table in room.tables]
    assert len(listed) == len(set(listed))
    assert {m._meta.label for m in with_a_way_to_a_dossier(OURS)} == {m._meta.label for m in listed}


def test_the_test_of_the_lists_can_fail() -> None:
    assert len(with_a_way_to_a_dossier(OURS)) > len(
        with_a_way_to_a_dossier([m for m in OURS if m._meta.app_label != "residents"])
    )


def test_every_kind_of_commitment_has_its_table() -> None:
    concrete = {m for m in OURS if issubclass(m, OnCommitment)}
    assert set(KIND_ROWS.values()) == concrete
    assert set(KIND_ROWS) == set(Kind)


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.room)
def test_every_room_gives_a_step_and_a_query(room) -> None:
    assert room.erase.is_step
    assert callable(room.export)
