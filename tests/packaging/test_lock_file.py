"""The lock file serves any machine: public files, each held to a hash."""

import tomllib
from pathlib import Path
from urllib.parse import urlsplit

PACKAGES = tomllib.loads((Path(__file__).parents[2] / "uv.lock").read_text(encoding="utf-8"))["package"]
FILES = [file for package in PACKAGES for file in (*package.get("wheels", []), package.get("sdist")) if file]


def test_every_package_comes_from_the_public_registry():
    sources = {package["name"]: package["source"] for package in PACKAGES}
    assert sources.pop("coordinator-app") == {"editable": "."}
    assert {source["registry"] for source in sources.values()} == {"https://pypi.org/simple"}


def test_every_file_is_public_and_held_to_a_hash():
    assert {urlsplit(file["url"]).netloc for file in FILES} == {"files.pythonhosted.org"}
    assert all(file["hash"].startswith("sha256:") for file in FILES)
