"""The house holds: floors, file sizes, and what a room may import; import-linter tells the rest."""

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "coordinator_app"
SOURCES = sorted(PACKAGE.rglob("*.py"))
REFUSED_LINES = 500


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


MODULES = frozenset(map(module_of, SOURCES))


def imported_roots(path: Path) -> set[str]:
    """Return the first names of all that a file imports, wherever the import stands."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", SOURCES, ids=named)
def test_no_file_is_too_long_to_be_read(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) < REFUSED_LINES


def test_the_domain_imports_the_standard_library_only() -> None:
    allowed = set(sys.stdlib_module_names) | {"coordinator_app"}
    strangers = {named(path): imported_roots(path) - allowed for path in (PACKAGE / "domain").rglob("*.py")}
    assert {name: roots for name, roots in strangers.items() if roots} == {}


def test_no_view_model_knows_a_widget() -> None:
    guilty = [named(p) for p in (PACKAGE / "ui").rglob("view_model.py") if "QtWidgets" in p.read_text(encoding="utf-8")]
    assert guilty == []


def test_a_room_has_no_drawer_for_everything() -> None:
    junk = {"utils.py", "helpers.py", "manager.py", "common.py", "misc.py"}
    assert [named(path) for path in SOURCES if path.name in junk] == []


def test_every_module_opens_with_a_line_saying_what_it_is_for() -> None:
    silent = [named(path) for path in SOURCES if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))]
    assert silent == []


def test_worker_threads_are_the_couriers_alone() -> None:
    guilty = [
        named(path)
        for path in (PACKAGE / "ui").rglob("*.py")
        if any(word in path.read_text(encoding="utf-8") for word in ("QThread(", "QRunnable", "processEvents("))
    ]
    assert guilty == []


def test_no_files_import_each_other_in_a_circle() -> None:
    told = {module_of(path): modules_imported(path) for path in SOURCES}
    reached: dict[str, set[str]] = {name: set(direct) for name, direct in told.items()}
    grows = True
    while grows:
        grows = False
        for name, known in reached.items():
            more = known.union(*(reached.get(each, set()) for each in known))
            grows, reached[name] = grows or more != known, more
    assert sorted(name for name, known in reached.items() if name in known) == []


def modules_imported(path: Path) -> set[str]:
    """Return the modules of the house that a file imports, wherever the import stands."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module in MODULES:
            below = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= (below & MODULES) or {node.module}
    return found
