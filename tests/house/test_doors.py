"""Writes go through a door, reads through a query; both are called by keyword and say what they do."""

import ast

from tests.house.source import place, public_functions, python_files, tree

DOORS = {"action", "step"}
BARE = {"objects", "save", "delete", "create", "bulk_create", "bulk_update"}


def name_of(decorator: ast.expr) -> str:
    """Return the last name of a decorator: `@doors.action(...)` is "action"."""
    target = decorator.func if isinstance(decorator, ast.Call) else decorator
    return target.attr if isinstance(target, ast.Attribute) else getattr(target, "id", "")


def without_door(module: ast.Module) -> list[str]:
    """Return the public functions that nothing guards."""
    return [f.name for f in public_functions(module) if not DOORS & {name_of(d) for d in f.decorator_list}]


def with_positions(module: ast.Module) -> list[str]:
    """Return the public functions with an argument that may be given by position; `rows` to read from may come first."""
    given = {
        f.name: [a.arg for a in (*f.args.posonlyargs, *f.args.args, f.args.vararg) if a]
        for f in public_functions(module)
    }
    return [name for name, arguments in given.items() if arguments not in ([], ["rows"])]


def without_words(module: ast.Module) -> list[str]:
    """Return the public functions without a docstring that begins with a sentence."""
    return [
        f.name for f in public_functions(module) if not (ast.get_docstring(f) or "").split("\n")[0].endswith((".", ":"))
    ]


def bare_rows(module: ast.Module) -> list[str]:
    """Return where a view or endpoint reaches a table by itself."""
    reached = [node for node in ast.walk(module) if isinstance(node, ast.Attribute) and node.attr in BARE]
    return sorted(f"{node.lineno}: .{node.attr}" for node in reached)


def found(rule, *names: str) -> list[str]:
    """Apply a rule to all files of these names."""
    return [f"{place(path)}: {complaint}" for path in python_files(*names) for complaint in rule(tree(path))]


def test_every_action_stands_behind_a_door() -> None:
    # the doors themselves write to the audit, one floor below them
    assert [line for line in found(without_door, "actions") if not line.startswith("nabij/audit/")] == []


def test_actions_and_queries_are_called_by_keyword() -> None:
    assert found(with_positions, "actions", "queries") == []


def test_actions_and_queries_say_what_they_do() -> None:
    assert found(without_words, "actions", "queries") == []


def test_no_view_or_endpoint_reaches_a_table_by_itself() -> None:
    assert found(bare_rows, "views", "api") == []


def test_the_rules_can_fail() -> None:
    bad = ast.parse("def take(actor, *, at):\n    Commitment.objects.get()\n    row.save()\n")
    assert without_door(bad) == ["take"]
    assert with_positions(bad) == ["take"]
    assert without_words(bad) == ["take"]
    assert bare_rows(bad) == ["2: .objects", "3: .save"]


def test_the_rules_let_good_code_pass() -> None:
    good = ast.parse(
        '@doors.action("x.take")\ndef take(*, actor, at):\n    """Take it."""\n\ndef _own(row):\n    pass\n'
    )
    assert without_door(good) == with_positions(good) == without_words(good) == bare_rows(good) == []
