"""Every mutant of `domain/` that we ask about, made by Cosmic Ray: one wrong program on each line of JSON.

Runs in `.venv-mutants`, which knows Cosmic Ray and nothing of the service (`make mutants`).
"""

import json
import re
import sys
from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path
from typing import Any, ClassVar

import parso
from cosmic_ray.ast import ast_nodes, get_ast, is_number
from cosmic_ray.mutating import mutate_code
from cosmic_ray.operators.operator import Example, Operator
from cosmic_ray.plugins import get_operator, operator_names

ASKED = re.compile(
    r"core/("
    r"ReplaceComparisonOperator_(Eq|NotEq|Lt|LtE|Gt|GtE)_(Eq|NotEq|Lt|LtE|Gt|GtE)"
    r"|ReplaceComparisonOperator_(Is_IsNot|IsNot_Is)"
    r"|ReplaceBinaryOperator_(Add_Sub|Sub_Add|Mul_Div|Div_Mul|FloorDiv_Mul|Mod_Mul)"
    r"|ReplaceUnaryOperator_(Delete_Not|USub_UAdd)"
    r"|ReplaceAndWithOr|ReplaceOrWithAnd|AddNot|NumberReplacer|ReplaceTrueWithFalse|ReplaceFalseWithTrue"
    r"|ReplaceBreakWithContinue|ReplaceContinueWithBreak|ZeroIterationForLoop"
    r")"
)  #: comparisons, numbers, and/or, not, swapped branches, signs, loops: what a tired person gets wrong
#: Where names are compared, which of two comes first in the alphabet means nothing: only numbers get these.
NAMES = re.compile(r"_(Eq|NotEq)_(Lt|LtE|Gt|GtE)$")


class SwapIn(Operator):
    """`in` for `not in`, and the other way round: Cosmic Ray has no operator of its own for it."""

    SWAPPED: ClassVar = {"in": "not in", "not in": "in"}

    def mutation_positions(self, node: Any) -> Iterator[tuple[Any, Any]]:
        """Every `in` of a comparison; that of a loop is none."""
        if node.type == "comparison":
            yield from ((one.start_pos, one.end_pos) for one in self._words(node))

    def mutate(self, node: Any, index: int) -> Any:
        """The same comparison, the other way round."""
        word = self._words(node)[index]
        at = node.children.index(word)
        node.children[at] = parso.parse(f" {self.SWAPPED[_text(word)]}")
        return node

    def _words(self, node: Any) -> list[Any]:
        return [one for one in node.children[1::2] if _text(one) in self.SWAPPED]

    @classmethod
    def examples(cls) -> tuple[Example, ...]:
        """One for Cosmic Ray's own tests."""
        return (Example("x in y", "x not in y"),)


def _text(node: Any) -> str:
    return " ".join(str(node.get_code()).split())


def mutants(path: Path) -> Iterator[dict[str, str | int]]:
    """Each mutant of one module, with the line that it changes."""
    source = path.read_text(encoding="utf-8")
    tree = get_ast(source)
    operators: list[Operator] = [get_operator(name)() for name in operator_names() if ASKED.fullmatch(name)]
    for operator in [*operators, SwapIn()]:
        places = [(place[0], node) for node in ast_nodes(tree) for place in operator.mutation_positions(node)]
        for occurrence, (start, node) in enumerate(places):
            if NAMES.search(type(operator).__name__) and not any(is_number(one) for one in node.children):
                continue
            mutated = mutate_code(source, operator, occurrence)
            marker = source.splitlines()[start[0] - 1][start[1] :].startswith(
                "*,"
            )  # before named parameters: no product
            if mutated and not marker and _is_program(mutated):
                diff = unified_diff(source.splitlines(), mutated.splitlines(), lineterm="", n=0)
                changed = [line for line in diff if line[0] in "+-" and line[:3] not in ("+++", "---")]
                yield {
                    "module": path.stem,
                    "line": start[0],
                    "was": " ".join(one[1:].strip() for one in changed if one[0] == "-"),
                    "now": " ".join(one[1:].strip() for one in changed if one[0] == "+"),
                    "source": mutated,
                }


def _is_program(text: str) -> bool:
    try:
        compile(text, "mutant", "exec")
    except SyntaxError:  # `if not found := …`
        return False
    return True


if __name__ == "__main__":
    for module in sorted(Path("domain").glob("*.py")):
        for mutant in mutants(module):
            sys.stdout.write(json.dumps(mutant, ensure_ascii=False) + "\n")
