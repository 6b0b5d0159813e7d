"""Which files the given paths mean."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from coordinator_app.domain.trouble import Trouble


def files_of(paths: Iterable[Path], endings: tuple[str, ...]) -> list[Path]:
    """Return the files in a steady order; a folder stands for the files in it that end as the format does.

    A path that is not there, or a folder without such a file, is Trouble: then nothing has been touched yet.
    """
    found: dict[Path, None] = {}
    for path in paths:
        found.update(dict.fromkeys(_files(path, endings)))
    return list(found)


def _files(path: Path, endings: tuple[str, ...]) -> Iterator[Path]:
    if path.is_dir():
        inside = sorted(one for one in path.rglob("*") if one.is_file() and one.name.lower().endswith(endings))
        if not inside:
            raise Trouble("no_files", f"There is no file of this format in {path}.")
        yield from inside
    elif path.is_file():
        yield path
    else:
        raise Trouble("no_file", f"There is no file {path}.")
