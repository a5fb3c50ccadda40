"""Every guard there is, read from the rooms themselves, so that a new one is in the list by itself.

Triggers, constraints and unique columns come from what the rooms declare; refusals and row locks from the source of the rooms; what only a
person can point at (half a condition, a filter of a query) stands in checks.toml.
"""

import ast
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
LIST = Path(__file__).with_name("checks.toml")
REFUSALS = {"Refused", "Absent", "Conflict", "Http404", "HttpError", "TooOften", "WroteWhileReading", "RuntimeError"}
# Rooms that keep no promise: made-up people and measuring data. Commands only pass on what an action says.
LEFT_OUT = ("nabij/demo/", "nabij/seed/", "/tests/", "/migrations/", "/management/")


@dataclass(frozen=True)
class Guard:
    """One thing that keeps a promise: its kind, a name that stays the same while lines move, and where it stands."""

    kind: str
    name: str
    room: str
    where: str = ""  # the table, or the file
    what: Any = None  # how to take it away; planting.py knows for each kind

    @property
    def key(self) -> str:
        return f"{self.kind} {self.name}"


def triggers() -> Iterator[Guard]:
    """Yield every declared trigger, and for those that lock what they read, that lock apart."""
    from importlib import import_module

    from django.apps import apps

    for config in apps.get_app_configs():
        try:
            rules = import_module(f"{config.name}.triggers").TRIGGERS if config.label != "core" else []
        except ModuleNotFoundError:
            continue
        for rule in rules:
            yield Guard("trigger", rule.name, config.label, rule.table, rule)
            if "{share}" in rule.when + rule.run:
                yield Guard("trigger lock", rule.name, config.label, rule.table, rule)


def constraints() -> Iterator[Guard]:
    """Yield every constraint and every column that may hold a value once; not the `ref` of the base model, which is one rule for all rows."""
    from django.apps import apps

    for model in apps.get_models():
        if not model.__module__.startswith("nabij."):
            continue
        room, table = model._meta.app_label, model._meta.db_table
        for constraint in model._meta.constraints:
            yield Guard("constraint", constraint.name, room, table, (model, constraint))
        for field in model._meta.local_fields:
            if field.unique and not field.primary_key and (field.name != "ref" or table == "access_dossier"):
                yield Guard("unique", f"{table}.{field.column}", room, table, (model, field))


def sources() -> Iterator[tuple[str, str]]:
    """Yield place and text of every file of the rooms that can hold a check."""
    for path in sorted(ROOT.glob("nabij/*/**/*.py")):
        place = path.relative_to(ROOT).as_posix()
        if not any(part in place for part in LEFT_OUT):
            yield place, path.read_text(encoding="utf-8")


@cache
def parsed(place: str) -> ast.Module:
    return ast.parse((ROOT / place).read_text(encoding="utf-8"))


def functions(node: ast.AST, around: str = "") -> Iterator[tuple[str, ast.FunctionDef]]:
    """Yield every function with its full name, outer ones first."""
    for child in ast.iter_child_nodes(node):
        name = f"{around}{getattr(child, 'name', '')}"
        if isinstance(child, ast.FunctionDef):
            yield name, child
        yield from functions(child, f"{name}." if isinstance(child, ast.FunctionDef | ast.ClassDef) else around)


def own_nodes(function: ast.FunctionDef) -> Iterator[ast.AST]:
    """Yield what stands in a function, without what stands in a function inside it, in the order of the text."""
    for child in ast.iter_child_nodes(function):
        if not isinstance(child, ast.FunctionDef):
            yield child
            yield from own_nodes(child)  # type: ignore[arg-type]


def is_refusal(node: ast.AST) -> bool:
    thrown = node.exc if isinstance(node, ast.Raise) else None
    name = thrown.func if isinstance(thrown, ast.Call) else thrown
    return isinstance(name, ast.Name) and name.id in REFUSALS


def is_lock(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "select_for_update"


def in_code() -> Iterator[Guard]:
    """Yield every refusal and every row lock in the rooms, numbered within its function."""
    for place, text in sources():
        if not any(word in text for word in ("raise ", "select_for_update")):
            continue
        for name, function in functions(parsed(place)):
            counted = {"refusal": 0, "row lock": 0}
            for node in own_nodes(function):
                kind = "refusal" if is_refusal(node) else "row lock" if is_lock(node) else ""
                if kind:
                    counted[kind] += 1
                    label = f"{place.removeprefix('nabij/')} {name} {counted[kind]}"
                    yield Guard(kind, label, place.split("/")[1], place, (name, node.lineno, node.col_offset))


def checks() -> Iterator[Guard]:
    """Yield what is written down by hand: in which file, which words are replaced, and by which."""
    for name, said in tomllib.loads(LIST.read_text(encoding="utf-8"))["check"].items():
        yield Guard("check", name, said["file"].split("/")[1], said["file"], (said["old"], said["new"]))


def permissions() -> Iterator[Guard]:
    """Yield who may do what: of every verb the whole declaration."""
    from importlib import import_module

    from nabij.access.doors import VERBS

    for place, text in sources():
        if "@action(" in text:
            import_module(place.removesuffix(".py").removesuffix("/__init__").replace("/", "."))
    for name, verb in sorted(VERBS.items()):
        if verb.module.startswith("nabij.") and ".tests" not in verb.module:
            yield Guard("permission", name, verb.module.split(".")[1], verb.module, verb)


def every_guard() -> list[Guard]:
    """Return all of them, each once."""
    return [*triggers(), *constraints(), *in_code(), *checks(), *permissions()]


def doubles() -> dict[str, dict[str, str]]:
    """Return what does not matter alone, because another guard keeps the same promise: with that guard and the reason."""
    return tomllib.loads(LIST.read_text(encoding="utf-8")).get("kept_by_another", {})
