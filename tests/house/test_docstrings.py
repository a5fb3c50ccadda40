"""Rooms and models say in words what they are; everything else speaks by its name."""

import ast

from django.apps import apps

from tests.house.source import place, rooms, tree

ROOM_LINES = range(3, 7)


def room_complaint(module: ast.Module) -> str:
    """Return what is wrong with a room's own words: three to six lines on what it owns and what it never does."""
    size = len((ast.get_docstring(module) or "").splitlines())
    return "" if size in ROOM_LINES else f"the docstring has {size} lines, 3 to 6 are asked"


def own_words(model: type) -> bool:
    """Tell whether a model has a docstring of its own, not the list of fields that Django writes."""
    words = model.__dict__.get("__doc__") or ""
    return len(words) > 20 and not words.startswith(f"{model.__name__}(")


def test_every_room_says_what_it_owns_and_what_it_never_does() -> None:
    found = {place(room): room_complaint(tree(room / "__init__.py")) for room in rooms() if room.name != "config"}
    assert {room: why for room, why in found.items() if why} == {}


def test_every_model_says_what_it_is_in_the_street() -> None:
    models = [model for model in apps.get_models() if model.__module__.startswith("nabij.")]
    assert [model._meta.label for model in models if not own_words(model)] == []


def test_the_rules_can_fail() -> None:
    class Bare:
        """Bare(id, name)"""

    assert room_complaint(ast.parse('"""One line."""')) == "the docstring has 1 lines, 3 to 6 are asked"
    assert room_complaint(ast.parse('"""One.\n\nTwo.\n"""')) == ""
    assert not own_words(Bare)
