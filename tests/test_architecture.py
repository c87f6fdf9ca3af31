"""The shape of the code: imports run one way, modules and functions stay small, types and style hold everywhere."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FILES = sorted((ROOT / "octavo").rglob("*.py"))

# From left to right; a module imports from its own package and from those before it, never from its neighbours.
ORDER: tuple[tuple[str, ...], ...] = (
    ("diagnostics", "words", "media", "engine", "collector", "ending", "repository", "timings"),
    ("document", "store"),
    ("extend", "record"),
    ("book",),
    ("citations", "diagrams", "mathematics"),
    ("parse",),
    ("normalise",),
    ("render",),
    ("web", "pdf", "epub"),
    ("writers", "publish"),
    ("recipe",),
    ("check",),
    ("console", "doctor", "explanations"),
    ("report", "serve"),
    ("commands",),
    ("cli",),
    ("__main__",),
)
STAGE = {name: stage for stage, names in enumerate(ORDER) for name in names}

# These know less than their place would allow.
ONLY = {
    "diagnostics": set(),
    "words": set(),
    "media": set(),
    "collector": set(),
    "ending": set(),
    "document": {"diagnostics"},
    "store": {"diagnostics"},
    "record": {"diagnostics", "repository", "store", "timings"},
    "repository": set(),
    "timings": set(),
    "extend": {"diagnostics", "document"},
    "engine": set(),
    "publish": {"diagnostics"},
    "explanations": {"diagnostics"},
}

# What is imported in one place, so that it can be replaced there.
CONFINED = {
    "bibtexparser": "octavo/citations/",
    "pylatexenc": "octavo/citations/latex.py",
    "markdown_it": "octavo/parse/",
    "mdit_py_plugins": "octavo/parse/",
    "ebooklib": "octavo/epub/package.py",
    "justhtml": "octavo/normalise/raw_html/fragment.py",
    "py_mini_racer": "octavo/engine/alone.py",
    "watchfiles": "octavo/serve/follow.py",
    "weasyprint": "octavo/pdf/",
}

# A module named here may be longer, for a reason that stands beside it.
MODULE_LINES = 260
FUNCTION_LINES = 45
LONGER = {
    "octavo/document/blocks.py": 320,  # one list of declarations, read in one piece: nothing in it decides
    "octavo/diagnostics.py": 300,  # half of it is the closed list of rules, a line each
}


@dataclass(frozen=True, slots=True)
class Import:
    """Name a module that is imported, and where; `lazy` where it is not done when the importer is loaded."""

    importer: str
    module: str
    line: int
    lazy: bool

    def __str__(self) -> str:
        return f"{self.importer}:{self.line} imports {self.module}"


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def module_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def is_module(name: str) -> bool:
    path = ROOT.joinpath(*name.split("."))
    return path.with_suffix(".py").is_file() or path.is_dir()


def imports(path: Path) -> Iterator[Import]:
    """Yield every import of a file, also those inside functions and under TYPE_CHECKING."""
    tree = tree_of(path)
    at_load = set(loaded(tree.body))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(name_of(path), alias.name, node.lineno, node not in at_load)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(path)}:{node.lineno} imports relatively"
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield Import(
                    name_of(path), inner if is_module(inner) else node.module or "", node.lineno, node not in at_load
                )


def loaded(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield the statements that run when a module is loaded, those for the type checker left out."""
    for node in body:
        yield node
        if isinstance(node, ast.Try | ast.With | ast.ClassDef):
            yield from loaded(node.body)
        elif isinstance(node, ast.If) and "TYPE_CHECKING" not in ast.dump(node.test):
            yield from loaded(node.body + node.orelse)


def package_of(module: str) -> str | None:
    """Return the part of Octavo that a module belongs to, or None where it is another's or the root."""
    first, _, rest = module.partition(".")
    return rest.partition(".")[0] or None if first == "octavo" else None


ALL = [found for path in FILES for found in imports(path)]


def packages_of(found: Import) -> tuple[str, str] | None:
    """Return the packages of both ends of an import between two parts of Octavo."""
    importer = package_of(module_of(ROOT / found.importer))
    imported = package_of(found.module)
    return (importer, imported) if importer and imported and importer != imported else None


def test_every_part_has_its_place() -> None:
    parts = {package_of(module_of(path)) for path in FILES} - {None}
    assert parts == set(STAGE)


def test_imports_run_one_way() -> None:
    wrong = [
        str(found) for found in ALL if (pair := packages_of(found)) is not None and STAGE[pair[1]] >= STAGE[pair[0]]
    ]
    assert wrong == []


@pytest.mark.parametrize("part", sorted(ONLY))
def test_some_parts_know_less(part: str) -> None:
    known = {pair[1] for found in ALL if (pair := packages_of(found)) is not None and pair[0] == part}
    assert known <= ONLY[part]


def test_the_root_imports_nothing_of_ours() -> None:
    assert [str(found) for found in ALL if found.importer == "octavo/__init__.py"] == []


def test_no_module_is_loaded_in_a_circle() -> None:
    modules = {module_of(path): path for path in FILES}
    graph = {
        module: {found.module for found in imports(path) if found.module in modules and not found.lazy} - {module}
        for module, path in modules.items()
    }
    TopologicalSorter(graph).prepare()  # raises CycleError, which names them


@pytest.mark.parametrize(("library", "place"), sorted(CONFINED.items()))
def test_a_library_stays_in_its_place(library: str, place: str) -> None:
    users = {found.importer for found in ALL if found.module.split(".")[0] == library}
    assert users, f"nothing imports {library} any more"
    assert [user for user in sorted(users) if not user.startswith(place)] == []


def test_nothing_is_imported_by_a_computed_name() -> None:
    called = {
        f"{name_of(path)}:{node.lineno}"
        for path in FILES
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("__import__", "import_module")
    }
    assert called == set()


def test_modules_stay_small() -> None:
    sizes = {name_of(path): len(path.read_text("utf-8").splitlines()) for path in FILES}
    assert {name: size for name, size in sizes.items() if size > LONGER.get(name, MODULE_LINES)} == {}
    assert set(LONGER) <= {name for name, size in sizes.items() if size > MODULE_LINES}


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_functions_stay_small() -> None:
    sizes = {
        f"{name_of(path)}:{node.lineno} {node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for path in FILES
        for node in functions(path)
    }
    assert {name: size for name, size in sizes.items() if size > FUNCTION_LINES} == {}


def public(body: list[ast.stmt], prefix: str) -> Iterator[tuple[str, ast.FunctionDef | ast.ClassDef]]:
    """Yield the public functions and classes of a body and, of public classes, their public methods."""
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            if any(ast.unparse(decorator).endswith(".setter") for decorator in node.decorator_list):
                continue  # a property is documented where it is read
            if any(ast.unparse(decorator) == "overload" for decorator in node.decorator_list):
                continue  # a signature of what is documented below
            yield f"{prefix}{node.name}", node
            if isinstance(node, ast.ClassDef):
                yield from public(node.body, f"{prefix}{node.name}.")


def test_everything_public_is_described() -> None:
    silent = []
    for path in FILES:
        tree = tree_of(path)
        if tree.body and not ast.get_docstring(tree):
            silent.append(name_of(path))
        silent += [name for name, node in public(tree.body, f"{name_of(path)}: ") if not ast.get_docstring(node)]
    assert silent == []


def run(*command: str) -> None:
    """Run a module of this Python over the sources, and fail with what it says."""
    result = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


SOURCES = ("octavo", "tests", "tools", "bench", "build.py")


def test_types_hold() -> None:
    run("mypy", "--strict", *SOURCES)


def test_style_holds() -> None:
    run("ruff", "check", *SOURCES)


def test_format_holds() -> None:
    run("ruff", "format", "--check", *SOURCES)
