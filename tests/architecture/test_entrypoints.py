"""Entrypoints that only call a function are declared in tables and attributes; a method does something of its own."""

from __future__ import annotations

import ast

from tests.architecture.source import modules

DECORATORS = {"on_call", "on_event", "every", "long_work"}


def test_no_method_only_forwards_its_own_arguments():
    forwarding = [
        f"{module.place}:{method.lineno} {method.name} only forwards: declare it in `answers` or as an attribute"
        for module in modules()
        for method in module.functions()
        if _is_entrypoint(method) and _only_forwards(method)
    ]

    assert forwarding == []


def test_a_forwarding_method_is_recognised():
    for body in ("return f(tx, request)", '"""Say."""\n        f.g(tx, request)', "return (f(tx, request))"):
        assert _only_forwards(_method(body)), body
    for body in ("return f(tx, request['id'])", "return f(request, tx)", "g()\n        return f(tx, request)",
                 "return g(f(tx, request))", "return f(tx, request, 'sent')"):  # fmt: skip
        assert not _only_forwards(_method(body)), body


def _method(body: str) -> ast.FunctionDef:
    tree = ast.parse(f"class C:\n    @on_call(o)\n    def m(self, tx, request):\n        {body}\n")
    (found,) = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    assert _is_entrypoint(found)
    return found


def _is_entrypoint(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether a method is one; long work that is prepared with the service itself needs a method."""
    return any(
        isinstance(one, ast.Call)
        and isinstance(one.func, ast.Name)
        and one.func.id in DECORATORS
        and not any(option.arg == "prepare" for option in one.keywords)
        for one in function.decorator_list
    )


def _only_forwards(method: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    body = method.body[1:] if ast.get_docstring(method) is not None else method.body
    if len(body) != 1 or not isinstance(body[0], ast.Return | ast.Expr) or not isinstance(body[0].value, ast.Call):
        return False
    call = body[0].value
    given = [getattr(argument, "id", None) for argument in call.args]
    return given == [argument.arg for argument in method.args.args[1:]] and not call.keywords
