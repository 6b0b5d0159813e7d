"""Lives through many seeds, one after the other, and keeps which are done; stopped anywhere it goes on from there."""

import argparse
import hashlib
import json
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from pathlib import Path

from coordinator_app.central.embedded import Choices
from tests.conftest import QUICK, served
from tests.simulation.cast import ROOT, make_cast
from tests.simulation.world import live_through

WHAT_COUNTS = (
    "coordinator_app/sync",
    "coordinator_app/storage",
    "coordinator_app/domain/travel.py",
    "migrations",
    "tests/simulation",
)
"""A seed that passed says nothing about other sources than these had then."""


def engine_version() -> str:
    """Return a hash over everything a seed tries."""
    digest = hashlib.sha256()
    for path in sorted(each for place in WHAT_COUNTS for each in _files(ROOT / place)):
        digest.update(f"{path.relative_to(ROOT)}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _files(place: Path) -> Iterator[Path]:
    if place.is_file():
        yield place
    yield from (each for each in place.rglob("*") if each.suffix in {".py", ".sql", ".mako"})


def _reachable(home: str) -> Path:
    Path(home).chmod(0o711)
    return Path(home) / "embedded"


def main() -> int:
    """Run; 1 where a seed failed, now or before with these sources."""
    parser = argparse.ArgumentParser(prog="scripts/soak")
    parser.add_argument("--seeds", type=int, default=1000, help="how many seeds")
    parser.add_argument("--from", type=int, default=0, dest="first", help="the first of them")
    parser.add_argument("--minutes", type=float, default=0, help="stop after so long; the rest is for the next time")
    parser.add_argument("--work", type=Path, required=True, help="where finished seeds are kept")
    parser.add_argument("--run-as", help="who runs PostgreSQL, for root")
    chosen = parser.parse_args()
    # Told to end it ends as it would by itself: the seed under way is undone and the server stopped.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    version = engine_version()
    chosen.work.mkdir(parents=True, exist_ok=True)
    kept = chosen.work / f"seeds-{version}.jsonl"
    done = {each["seed"]: each for each in map(json.loads, kept.read_text().splitlines())} if kept.exists() else {}
    owed = [seed for seed in range(chosen.first, chosen.first + chosen.seeds) if seed not in done]
    print(f"Engine {version}: {len(owed)} seeds to live through.", flush=True)
    end = time.monotonic() + chosen.minutes * 60 if chosen.minutes else float("inf")
    with (
        tempfile.TemporaryDirectory(prefix="coordinator-soak-") as home,
        served(_reachable(home), chosen.run_as, Choices(settings=QUICK)) as server,
        kept.open("a") as log,
    ):
        cast = make_cast(server)
        for number, seed in enumerate(owed):
            if number % 25 == 0:
                print(f"{number} of {len(owed)}", flush=True)
            if time.monotonic() > end:
                break
            began, trouble, hashed = time.monotonic(), "", ""
            try:
                hashed = live_through(cast, seed)
            except Exception:
                trouble = traceback.format_exc()
                print(f"seed {seed} failed:\n{trouble}", flush=True)
            done[seed] = {
                "seed": seed,
                "hash": hashed,
                "seconds": round(time.monotonic() - began, 2),
                "trouble": trouble,
            }
            log.write(json.dumps(done[seed]) + "\n")
            log.flush()
    failed = sorted(seed for seed, each in done.items() if each["trouble"])
    seconds = sum(each["seconds"] for each in done.values())
    print(f"Engine {version}: {len(done)} seeds lived through in {seconds:.0f} s, {len(failed)} failed {failed}.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
