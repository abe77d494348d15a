"""The mutants of a module: each function with one small thing changed, each constant too."""

import ast
import copy
from collections import Counter
from collections.abc import Callable, Iterator
from types import CodeType
from typing import Any, NamedTuple

Edit = Callable[[Any], None]
"""Changes a node in its place."""

_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
_WORKED_OUT: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult, ast.Pow: ast.Mult, ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}  # fmt: skip
_CALLED = {
    "min": "max", "max": "min", "any": "all", "all": "any", "floor": "ceil", "ceil": "floor",
}  # fmt: skip
_LEFT: dict[type[ast.stmt], type[ast.stmt]] = {
    ast.Continue: ast.Break, ast.Break: ast.Continue,
}  # fmt: skip
_CONSTANT = (ast.Assign, ast.AnnAssign)


class Mutant(NamedTuple):
    """A function, or a constant of a module, with one thing changed."""

    module: str
    name: str
    """Of the function, with that of its class; or of the constant."""
    line: int
    change: str
    """What stood there, and what stands there now."""
    code: CodeType | None
    """The whole module with the change; None: a constant."""
    constants: tuple[tuple[str, ast.expr], ...] = ()
    """The constant and those that follow from it, in order, with their values to work out."""

    @property
    def key(self) -> str:
        """How the list of equal ones names it, wherever its line moves."""
        return f"{self.module}:{self.name}: {self.change}"


def mutants_of(module: str, source: str) -> Iterator[Mutant]:
    """All mutants of a module."""
    tree, seen = ast.parse(source), Counter[tuple[str, str]]()
    for part, name in _parts(tree):
        for number, node in enumerate(_nodes(part)):
            for edit in _edits(node):
                changed = copy.deepcopy(tree)
                other = next(item for item, found in _parts(changed) if found == name)
                target = _nodes(other)[number]
                before = ast.unparse(target)
                edit(target)
                after = ast.unparse(target)
                if after == before:
                    continue
                change = f"{before} -> {after}".replace("\n", " ")
                seen[name, change] += 1
                if seen[name, change] > 1:
                    change += f" ({seen[name, change]})"
                ast.fix_missing_locations(changed)
                line = getattr(node, "lineno", part.lineno)
                if isinstance(other, ast.FunctionDef):
                    code = compile(changed, module, "exec", dont_inherit=True)
                    yield Mutant(module, name, line, change, code)
                else:
                    constants = tuple(_following(changed, name))
                    yield Mutant(module, name, line, change, None, constants)


def _following(tree: ast.Module, name: str) -> Iterator[tuple[str, ast.expr]]:
    names = {name}
    for node, other in _parts(tree):
        if isinstance(node, _CONSTANT) and node.value is not None:
            used = {item.id for item in ast.walk(node.value) if isinstance(item, ast.Name)}
            if other == name or used & names:
                names.add(other)
                yield other, node.value


def _parts(tree: ast.Module) -> Iterator[tuple[ast.FunctionDef | ast.Assign | ast.AnnAssign, str]]:
    """The functions, also those of classes, and the constants of a module."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield node, node.name
        elif isinstance(node, _CONSTANT):
            target = node.target if isinstance(node, ast.AnnAssign) else node.targets[0]
            if isinstance(target, ast.Name):
                yield node, target.id
        elif isinstance(node, ast.ClassDef):
            for item in node.body:
                if isinstance(item, ast.FunctionDef):
                    yield item, f"{node.name}.{item.name}"


def _nodes(part: ast.FunctionDef | ast.Assign | ast.AnnAssign) -> list[Any]:
    """What may be changed in a part: no docstring, annotation or default, nor how it is refused."""
    if isinstance(part, _CONSTANT):
        found = [] if part.value is None else list(ast.walk(part.value))
        is_type = any(isinstance(node, ast.Name) and node.id == "Annotated" for node in found)
        return [] if is_type else found  # classes have taken it over before any test runs
    body = part.body[1:] if ast.get_docstring(part) is not None else part.body
    found = []
    for statement in body:
        if isinstance(statement, ast.AnnAssign):
            found += ast.walk(statement.value) if statement.value else ()
        else:
            found += ast.walk(statement)
    refused = {inner for node in found if isinstance(node, ast.Raise) for inner in ast.walk(node)}
    return [node for node in found if node not in refused]


def _edits(node: Any) -> Iterator[Edit]:
    match node:
        case ast.Compare():
            for place, operator in enumerate(node.ops):
                yield _set_item("ops", place, _COMPARED[type(operator)]())
        case ast.BinOp() | ast.AugAssign() if type(node.op) in _WORKED_OUT:
            yield _set("op", _WORKED_OUT[type(node.op)]())
        case ast.BoolOp():
            yield _set("op", ast.Or() if isinstance(node.op, ast.And) else ast.And())
            for place in range(len(node.values)):
                if len(node.values) > 2:
                    yield _drop("values", place)
        case ast.UnaryOp(op=ast.Not()):
            yield lambda it: setattr(it, "operand", ast.UnaryOp(ast.Not(), it.operand))
        case ast.UnaryOp(op=ast.USub()):
            yield _set("op", ast.UAdd())
        case ast.Constant(value=bool() as value):
            yield _set("value", not value)
        case ast.Constant(value=int() | float() as value):
            yield _set("value", value + 1)
        case ast.Constant(value=str() as value) if value:
            yield _set("value", f"X{value}X")
        case ast.IfExp() | ast.If():
            yield lambda it: setattr(it, "test", ast.UnaryOp(ast.Not(), it.test))
        case ast.comprehension():
            for place in range(len(node.ifs)):
                yield _set_item("ifs", place, ast.Constant(True))
        case ast.Return(value=ast.expr()):
            yield _set("value", ast.Constant(None))
        case ast.Continue() | ast.Break():
            yield lambda it: setattr(it, "__class__", _LEFT[type(it)])
        case ast.Call(func=ast.Name(id=name)) if name in _CALLED:
            yield lambda it: setattr(it.func, "id", _CALLED[it.func.id])
        case ast.Expr(value=ast.Call(func=func)):
            yield _set("value", func)


def _set(field: str, value: object) -> Edit:
    return lambda node: setattr(node, field, value)


def _set_item(field: str, place: int, value: object) -> Edit:
    return lambda node: getattr(node, field).__setitem__(place, value)


def _drop(field: str, place: int) -> Edit:
    return lambda node: getattr(node, field).pop(place)
