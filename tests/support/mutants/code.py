"""Changing functions that are already loaded: the text is compiled anew and its code put into the living functions. No file is touched."""

import ast
import builtins
import gc
from collections import defaultdict
from collections.abc import Callable, Iterator
from importlib import import_module
from types import CodeType, FunctionType

from nabij.core import worded

from .guards import ROOT, Guard, functions, is_refusal, own_nodes

PROBE = "_nabij_reached_"


class NothingToReplace(Exception):
    """The list names words that are not there, or there more than once, or outside any function: mend the list."""


class Workshop:
    """The living functions of the rooms, by file and name, and how to change and mend them."""

    def __init__(self) -> None:
        self._kept: list[tuple[FunctionType, CodeType]] = []
        self._living: dict[str, dict[str, list[FunctionType]]] = {}

    def living(self, place: str) -> dict[str, list[FunctionType]]:
        """Return the functions of one file by full name."""
        if place not in self._living:
            import_module(place.removesuffix(".py").removesuffix("/__init__").replace("/", "."))
            self._look()
        return self._living.setdefault(place, {})

    def _look(self) -> None:
        self._living = {}
        gc.unfreeze()  # a web server that was started froze what was loaded: then it is not among the objects
        for one in gc.get_objects():
            if type(one) is FunctionType and "/nabij/" in one.__code__.co_filename:
                place = one.__code__.co_filename.removeprefix(f"{ROOT}/")
                self._living.setdefault(place, defaultdict(list))[one.__code__.co_qualname].append(one)

    def put(self, place: str, source: ast.Module | str) -> int:
        """Let the functions of a file run another text; return how many changed."""
        file = str(ROOT / place)
        changed = 0
        for code in _codes(compile(source, file, "exec", dont_inherit=True)):
            for function in self.living(place).get(code.co_qualname, []):
                if function.__code__.co_code != code.co_code or function.__code__.co_consts != code.co_consts or function.__code__.co_names != code.co_names:
                    self._kept.append((function, function.__code__))
                    function.__code__ = code
                    changed += 1
        worded._kept.clear()
        return changed

    def mend(self) -> None:
        """Put every function back as it was."""
        for function, code in reversed(self._kept):
            function.__code__ = code
        self._kept.clear()
        worded._kept.clear()


def _codes(code: CodeType) -> Iterator[CodeType]:
    for one in code.co_consts:
        if isinstance(one, CodeType):
            yield one
            yield from _codes(one)


def replaced(guard: Guard) -> str:
    """Return the text of a file with the words of a written check replaced. Raises NothingToReplace."""
    text = (ROOT / guard.where).read_text(encoding="utf-8")
    old, new = guard.what
    if text.count(old) != 1:
        raise NothingToReplace(f"{guard.key}: found {text.count(old)} times in {guard.where}: {old}")
    return text.replace(old, new)


class _WithoutRefusal(ast.NodeTransformer):
    """`raise X` becomes `if False: raise X`, so that the names in it stay known to the compiler."""

    def __init__(self, line: int, column: int) -> None:
        self.at = (line, column)

    def visit_Raise(self, node: ast.Raise) -> ast.stmt:
        if (node.lineno, node.col_offset) != self.at:
            return node
        never = ast.If(test=ast.Constant(False), body=[node], orelse=[])
        return ast.fix_missing_locations(ast.copy_location(never, node))


class _WithoutLock(ast.NodeTransformer):
    """`rows.select_for_update()` becomes `rows`."""

    def __init__(self, line: int, column: int) -> None:
        self.at = (line, column)

    def visit_Call(self, node: ast.Call) -> ast.expr:
        self.generic_visit(node)
        is_it = isinstance(node.func, ast.Attribute) and node.func.attr == "select_for_update"
        return node.func.value if is_it and (node.lineno, node.col_offset) == self.at else node


def without(guard: Guard) -> ast.Module | str:
    """Return the source of a file without one guard."""
    if guard.kind == "check":
        return _with_names_kept(guard)
    tree = ast.parse((ROOT / guard.where).read_text(encoding="utf-8"))
    _, line, column = guard.what
    change = _WithoutRefusal if guard.kind == "refusal" else _WithoutLock
    return change(line, column).visit(tree)


def _with_names_kept(guard: Guard) -> ast.Module:
    """Return the source with a written check replaced; every changed function still names what it named, so that the compiler binds the same names."""
    tree = ast.parse(replaced(guard))
    before = dict(functions(ast.parse((ROOT / guard.where).read_text(encoding="utf-8"))))
    for name, function in functions(tree):
        if name in changed_functions(guard):
            names = sorted({node.id for node in own_nodes(before[name]) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)})
            kept: list[ast.stmt] = [ast.Expr(ast.Name(one, ast.Load())) for one in names] or [ast.Pass()]
            at = 1 if ast.get_docstring(function) is not None else 0
            function.body.insert(at, ast.copy_location(ast.If(test=ast.Constant(False), body=kept, orelse=[]), function.body[0]))
    return ast.fix_missing_locations(tree)


def changed_functions(guard: Guard) -> set[str]:
    """Return in which functions of its file a written check stands."""
    text = (ROOT / guard.where).read_text(encoding="utf-8")
    before = {name: ast.dump(function) for name, function in functions(ast.parse(text))}
    after = {name: ast.dump(function) for name, function in functions(ast.parse(replaced(guard)))}
    return {name for name in before if before[name] != after.get(name)}


def with_probes(place: str, guards: list[Guard]) -> ast.Module:
    """Return the source of a file that tells which guards are reached: a refusal when it refuses, another when its function begins."""
    tree = ast.parse((ROOT / place).read_text(encoding="utf-8"))
    entered: dict[str, list[str]] = defaultdict(list)
    refuses: dict[tuple[int, int], str] = {}
    for guard in guards:
        if guard.kind == "refusal":
            refuses[guard.what[1:]] = guard.key
        else:
            for name in changed_functions(guard) if guard.kind == "check" else [guard.what[0]]:
                entered[name].append(guard.key)
    for name, function in functions(tree):
        for node in list(own_nodes(function)):
            if is_refusal(node) and (key := refuses.get((node.lineno, node.col_offset))):
                _before(function, node, key)
        for key in entered.get(name, []):
            at = 1 if ast.get_docstring(function) is not None else 0
            function.body.insert(at, _tell(key, function.body[0]))
    return ast.fix_missing_locations(tree)


def _tell(key: str, near: ast.AST) -> ast.stmt:
    called = ast.Expr(ast.Call(ast.Name(PROBE, ast.Load()), [ast.Constant(key)], []))
    return ast.copy_location(called, near)


def _before(function: ast.FunctionDef, node: ast.AST, key: str) -> None:
    for parent in [function, *own_nodes(function)]:
        for block in ("body", "orelse", "finalbody"):
            lines = getattr(parent, block, None)
            if isinstance(lines, list) and node in lines:
                lines.insert(lines.index(node), _tell(key, node))
                return


def listen(hear: Callable[[str], None]) -> None:
    """Let probes tell this function."""
    setattr(builtins, PROBE, hear)
