"""No value of ours shows a secret when it is printed, as a traceback or a careless log would."""

import ast
import re
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2] / "coordinator_app"
SECRET = re.compile(r"(^|_)(password|passphrase|secret|key_bytes)$")


def shown_secrets(tree: ast.AST) -> list[str]:
    """Return fields of data classes that hold a secret and stand in the class's repr; words of a screen are none."""
    found = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.ClassDef) or node.name.endswith("Words"):
            continue
        if not any("dataclass" in ast.unparse(each) for each in node.decorator_list):
            continue
        for line in node.body:
            if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name) and SECRET.search(line.target.id):
                # What checks a passphrase holds none.
                is_call = "Callable" in ast.unparse(line.annotation)
                if not is_call and (line.value is None or "repr=False" not in ast.unparse(line.value)):
                    found.append(f"{node.name}.{line.target.id}")
    return found


def test_no_data_class_shows_a_secret() -> None:
    told = {path.name: shown_secrets(ast.parse(path.read_text(encoding="utf-8"))) for path in PACKAGE.rglob("*.py")}
    assert {name: fields for name, fields in told.items() if fields} == {}


def test_the_search_finds_one() -> None:
    told = (
        "@dataclass\nclass Made:\n    login: str\n    one_time_password: str\n    passphrase: str = field(repr=False)"
    )
    assert shown_secrets(ast.parse(told)) == ["Made.one_time_password"]
