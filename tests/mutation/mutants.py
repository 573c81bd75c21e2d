"""Every small change that could be made to a file of rules: one Mutant each, by its place in the text.

Not who looks whether a test notices: that is tests/mutation/run.py.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

Function = ast.FunctionDef | ast.AsyncFunctionDef
Scope = Function | ast.Lambda | ast.ClassDef | ast.Module


@dataclass(frozen=True)
class Mutant:
    """One change. `lines`: those of its statement; `entry`, `exit`: first and last of its
    function, 0 outside of any."""

    file: str
    line: int
    kind: str
    before: str
    after: str
    start: int
    end: int
    lines: tuple[int, int]
    entry: int
    exit: int
    names: tuple[str, ...]

    def applied(self, text: str) -> str:
        """The text of the file with the change in it. Offsets are those of UTF-8, as in `ast`."""
        raw = text.encode()
        return (raw[: self.start] + self.after.encode() + raw[self.end :]).decode()


COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
TURNED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.GtE, ast.LtE: ast.Gt, ast.Gt: ast.LtE, ast.GtE: ast.Lt,
}  # fmt: skip
COMPUTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip
CALLED = {"min": "max", "max": "min", "any": "all", "all": "any"}
EMPTY = (("tuple", "()"), ("list", "[]"), ("dict", "{}"), ("str", '""'), ("int", "0"))
WORD = re.compile(r"[a-z][a-z0-9_-]*")
Change = tuple[str, str]
Span = tuple[int, int]


def _changed(node: ast.expr, **fields: object) -> str:
    """The node with other fields, as text."""
    own = {name: getattr(node, name) for name in node._fields}
    return f"({ast.unparse(type(node)(**own | fields))})"


def compared(node: ast.expr) -> Iterator[Change]:
    """Each comparison on its boundary, and turned round."""
    if isinstance(node, ast.Compare):
        for n, op in enumerate(node.ops):
            for kind, others in (("boundary", COMPARED), ("comparison", TURNED)):
                if other := others.get(type(op)):
                    ops = [*node.ops[:n], other(), *node.ops[n + 1 :]]
                    yield kind if type(op) in TURNED else "comparison", _changed(node, ops=ops)


def joined(node: ast.expr) -> Iterator[Change]:
    """`and` for `or`, `not` taken away."""
    if isinstance(node, ast.BoolOp):
        other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        yield "and/or", _changed(node, op=other)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield "negation", f"({ast.unparse(node.operand)})"


def computed(node: ast.expr) -> Iterator[Change]:
    """Another operator; where text or tuples are joined, one half is left out."""
    if not isinstance(node, ast.BinOp) or type(node.op) not in COMPUTED:
        return
    whole = ast.Tuple | ast.List | ast.JoinedStr
    if any(isinstance(side, whole) or _is_text(side) for side in (node.left, node.right)):
        yield "half", f"({ast.unparse(node.left)})"
    else:
        yield "operator", _changed(node, op=COMPUTED[type(node.op)]())


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def constant(node: ast.expr) -> Iterator[Change]:
    """A number one more or less, the other truth, another word; sentences are left alone."""
    if not isinstance(node, ast.Constant):
        return
    if isinstance(node.value, bool):
        yield "constant", repr(not node.value)
    elif isinstance(node.value, int):
        yield "constant", repr(node.value + 1)
        if node.value > 0:
            yield "constant", repr(node.value - 1)
    elif isinstance(node.value, str) and WORD.fullmatch(node.value):
        yield "word", repr(node.value + "-mutated")


def called(node: ast.expr) -> Iterator[Change]:
    """`max` for `min`, `all` for `any`, and one field less in a `replace`."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
        return
    if other := CALLED.get(node.func.id):
        yield "call", _changed(node, func=ast.Name(other))
    if node.func.id == "replace" and len(node.keywords) > 1:
        for n in range(len(node.keywords)):
            yield "field", _changed(node, keywords=node.keywords[:n] + node.keywords[n + 1 :])


def condition(node: ast.AST) -> Iterator[tuple[ast.expr, Change]]:
    """What decides, negated. A comparison, `and`, `or` and `not` are changed by themselves already."""
    tests: list[ast.expr] = []
    if isinstance(node, ast.If | ast.IfExp | ast.While):
        tests = [node.test]
    elif isinstance(node, ast.comprehension):
        tests = node.ifs
    for test in tests:
        if not isinstance(test, ast.Compare | ast.UnaryOp | ast.BoolOp):
            yield test, ("negation", f"({ast.unparse(ast.UnaryOp(ast.Not(), test))})")


def returned(node: ast.AST, scope: Scope) -> Iterator[tuple[ast.expr, Change]]:
    """Nothing returned, by the promised type; of a changed thing the unchanged one."""
    if not isinstance(node, ast.Return) or not node.value or not isinstance(scope, Function):
        return
    promised = ast.unparse(scope.returns) if scope.returns else ""
    value = ast.unparse(node.value)
    for empty in _nothing(promised, scope, value):
        if empty != value:
            yield node.value, ("return", empty)


def _nothing(promised: str, scope: Function, value: str) -> Iterator[str]:
    if promised == "bool" and value not in ("True", "False"):
        yield from ("True", "False")
    if promised.endswith("| None"):
        yield "None"
    yield from (text for name, text in EMPTY if re.match(rf"{name}\b", promised))
    takes = [each.arg for each in scope.args.args if each.annotation]
    same = [
        each.arg
        for each in scope.args.args
        if each.annotation and ast.unparse(each.annotation) == promised
    ]
    if takes and same and promised not in ("bool", "str", "int", "datetime", "date"):
        yield same[0]


def removed(node: ast.AST, scope: Scope, known: set[str]) -> Iterator[Change]:
    """A statement that does not happen. A name's first value is left alone: nothing would run without it."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        yield "removed", "pass"
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Yield | ast.YieldFrom):
        yields = [n for n in ast.walk(scope) if isinstance(n, ast.Yield | ast.YieldFrom)]
        if len(yields) > 1:
            yield "removed", "pass"
    elif isinstance(node, ast.AugAssign | ast.Raise | ast.Continue | ast.Break):
        yield "removed", "pass"
    elif isinstance(node, ast.Assign) and isinstance(scope, Function):
        if all(isinstance(to, ast.Name) and to.id in known for to in node.targets):
            yield "removed", "pass"


EXPRESSIONS = (compared, joined, computed, constant, called)


class _Reader:
    """One walk through a file. Annotations, decorators, docstrings, asserts and imports are no rules."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.raw = text.encode()
        self.starts = [0]
        for line in self.raw.splitlines(keepends=True):
            self.starts.append(self.starts[-1] + len(line))
        self.found: list[Mutant] = []
        self.top: ast.stmt | None = None

    def read(self) -> list[Mutant]:
        module = ast.parse(self.raw)
        for self.top in module.body:
            self._statement(self.top, module, (0, 0), set())
        return self.found

    def _add(self, node: ast.expr | ast.stmt, change: Change, at: ast.stmt, entry: Span) -> None:
        kind, after = change
        assert node.end_lineno is not None and node.end_col_offset is not None
        start = self.starts[node.lineno - 1] + node.col_offset
        end = self.starts[node.end_lineno - 1] + node.end_col_offset
        before = " ".join(self.raw[start:end].decode().split())
        self.found.append(
            Mutant(self.file, node.lineno, kind, before, after, start, end, _lines(at), *entry, self._names())
        )  # fmt: skip

    def _names(self) -> tuple[str, ...]:
        """What the rest of the code calls the statement of the module that is being read."""
        if isinstance(self.top, ast.Assign):
            return tuple(n.id for to in self.top.targets for n in ast.walk(to) if isinstance(n, ast.Name))  # fmt: skip
        if isinstance(self.top, ast.AnnAssign) and isinstance(self.top.target, ast.Name):
            return (self.top.target.id,)
        return (self.top.name,) if isinstance(self.top, Function | ast.ClassDef) else ()

    def _statement(self, node: ast.stmt, scope: Scope, entry: Span, known: set[str]) -> None:
        if isinstance(node, ast.Assert | ast.Import | ast.ImportFrom) or _is_docstring(node):
            return
        if isinstance(node, Function):
            first = min([node.lineno, *(each.lineno for each in node.decorator_list)])
            inner = first, node.end_lineno or first
            for default in [*node.args.defaults, *(d for d in node.args.kw_defaults if d)]:
                self._expression(default, node, node, inner)
            own = {each.arg for each in ast.walk(node.args) if isinstance(each, ast.arg)}
            for each in node.body:
                self._statement(each, node, inner, own)
            return
        for change in removed(node, scope, known):
            self._add(node, change, node, entry)
        for value, change in [*returned(node, scope), *condition(node)]:
            self._add(value, change, node, entry)
        if isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            known |= {to.id for to in targets if isinstance(to, ast.Name)}
        inside: Scope = node if isinstance(node, ast.ClassDef) else scope
        for name, value in ast.iter_fields(node):
            if name in ("annotation", "decorator_list", "bases", "type_params"):
                continue
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.stmt):
                    self._statement(child, inside, entry, known)
                elif isinstance(child, ast.AST):
                    self._expression(child, scope, node, entry)

    def _expression(self, node: ast.AST, scope: Scope, at: ast.stmt, entry: Span) -> None:
        if isinstance(node, ast.stmt):  # of a handler or a case
            self._statement(node, scope, entry, set())
            return
        if isinstance(node, ast.expr) and not isinstance(node, ast.JoinedStr):
            for rule in EXPRESSIONS:
                for change in rule(node):
                    self._add(node, change, at, entry)
        if not isinstance(at, ast.If | ast.While) or node is not at.test:
            for value, change in condition(node):
                self._add(value, change, at, entry)
        if not isinstance(
            node, ast.JoinedStr
        ):  # of a text in an f-string ast knows no place (3.11)
            for child in ast.iter_child_nodes(node):
                self._expression(child, scope, at, entry)


def _lines(node: ast.stmt) -> tuple[int, int]:
    """The lines of a statement, of a compound one those of its head."""
    body = getattr(node, "body", None)
    last = node.end_lineno or node.lineno
    return node.lineno, max(node.lineno, body[0].lineno - 1) if body else last


def _is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def mutants_of(file: str, text: str) -> list[Mutant]:
    """Every mutant of a file, in the order of the text."""
    found = dict.fromkeys(_Reader(file, text).read())
    return sorted(found, key=lambda m: (m.start, m.kind, m.after))
