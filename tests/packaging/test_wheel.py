"""The built wheel is whole: installed elsewhere, away from the checkout, it finds its resources and migrations."""

import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

ASKED = """
import json, sys
from coordinator_app.workstation.resources import migrations_folder, resources_folder
from coordinator_app.workstation.catalogue import Catalogue
print(json.dumps([
    str(resources_folder()),
    sorted(each.name for each in migrations_folder("central").glob("versions/*.py")),
    sorted(each.name for each in migrations_folder("local").glob("versions/*.py")),
    Catalogue.load(resources_folder() / "i18n", "es").say("window.title"),
]))
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel and install it, without its dependencies, beside this environment's packages."""
    room = tmp_path_factory.mktemp("wheel")
    uv = Path(sys.executable).with_name("uv")
    build = [str(uv)] if uv.exists() else ["uv"]
    subprocess.run([*build, "build", "--wheel", "--out-dir", str(room), str(ROOT)], check=True, capture_output=True)
    (wheel,) = room.glob("*.whl")
    home = room / "home"
    venv.create(home, with_pip=False)
    site = next((home / "lib").glob("python*/site-packages"))
    subprocess.run([*build, "pip", "install", "--no-deps", "--target", str(site), str(wheel)], check=True,
                   capture_output=True)  # fmt: skip
    ours = next(Path(each) for each in sys.path if each.endswith("site-packages"))
    (site / "others.pth").write_text(f"{ours}\n", encoding="utf-8")
    return home


def test_an_installed_wheel_finds_everything_it_ships(installed: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [installed / "bin" / "python", "-P", "-c", ASKED], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    import json

    folder, central, local, title = json.loads(done.stdout)
    assert str(installed) in folder
    assert central[:1] == ["0001_the_centre.py"]
    assert local[:1] == ["0001_first_store.py"]
    assert title
