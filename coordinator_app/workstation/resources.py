"""Where what is shipped beside the code lies: in a checkout beside the package, in a wheel inside it."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def _shipped(name: str) -> Path:
    inside = _PACKAGE / "_shipped" / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


def resources_folder() -> Path:
    """Return the folder of pictures, fonts, catalogues, rules and teaching texts."""
    return _shipped("resources")


def migrations_folder(side: str) -> Path:
    """Return the Alembic folder of one side: ``central`` or ``local``."""
    return _shipped("migrations") / side
