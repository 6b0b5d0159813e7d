"""What `device` of coordinator-central does beside listing and revoking: seal-key, wipe, import-sealed."""

import argparse
import uuid
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from coordinator_app.console.answers import Exit, answer
from coordinator_app.console.options import Subparsers, add_initiative, add_json
from coordinator_app.domain.organization import Initiative


class Imported(Protocol):
    """What a sealed outbox held and what became of it."""

    @property
    def device(self) -> str: ...  # noqa: D102
    @property
    def login(self) -> str: ...  # noqa: D102
    @property
    def ops(self) -> int: ...  # noqa: D102
    @property
    def outcomes(self) -> Mapping[str, int]: ...  # noqa: D102
    @property
    def drafts(self) -> Sequence[Mapping[str, Any]]: ...  # noqa: D102


class Keeping(Protocol):
    """The end of workstations."""

    def make_key(self, private: Path, initiative: str | None = None) -> Initiative:
        """Make the pair of keys."""

    def order_wipe(self, device: str) -> str:
        """Have a workstation empty itself; return whose it is."""

    def bring_in(self, sealed: Path, private: Path, drafts: Path | None = None) -> Imported:
        """Bring in a sealed outbox."""


def add_verbs(verbs: Subparsers, keeping: Callable[[str], Keeping]) -> None:
    """Add the verbs to `device`; ``keeping`` makes the service for a URL."""
    key = verbs.add_parser("seal-key", help="make the key to which workstations seal what they could not send")
    key.add_argument("--private", type=Path, required=True, metavar="FILE", help="where its private half is written")
    add_initiative(key)
    key.set_defaults(run=lambda given: _make_key(given, keeping(given.url)))

    wipe = verbs.add_parser("wipe", help="have a workstation send what it has and empty itself at its next hello")
    wipe.add_argument("device", metavar="DEVICE", type=uuid.UUID)
    wipe.set_defaults(run=lambda given: _wipe(given, keeping(given.url)))

    bring = verbs.add_parser("import-sealed", help="bring in what an erased workstation had sealed")
    bring.add_argument("sealed", metavar="FILE", type=Path)
    bring.add_argument("--private", type=Path, required=True, metavar="KEY", help="the private half of the seal key")
    bring.add_argument(
        "--drafts", type=Path, metavar="FILE", help="write unfinished forms here, for their author alone"
    )
    bring.set_defaults(run=lambda given: _bring_in(given, keeping(given.url)))
    for verb in (key, wipe, bring):
        add_json(verb)


def _make_key(given: argparse.Namespace, keeping: Keeping) -> int:
    home = keeping.make_key(given.private, given.initiative)
    said = (
        f"Workstations of {home.name} seal to this key from their next hello on.\n"
        f"Its private half is in {given.private}: keep it away from the database and from this machine."
    )
    answer(said, {"initiative": home.name, "private": str(given.private)}, as_json=given.json)
    return Exit.OK


def _wipe(given: argparse.Namespace, keeping: Keeping) -> int:
    login = keeping.order_wipe(str(given.device))
    said = (
        f"The workstation of {login} sends what it has at its next hello and empties itself; see `device list`.\n"
        f"If it was stolen, `staff reset {login}` too: whoever has its password can read elsewhere."
    )
    answer(said, {"id": str(given.device), "login": login, "wipe": "ordered"}, as_json=given.json)
    return Exit.OK


def _bring_in(given: argparse.Namespace, keeping: Keeping) -> int:
    done = keeping.bring_in(given.sealed, given.private, given.drafts)
    facts = {
        "id": done.device,
        "login": done.login,
        "ops": done.ops,
        "outcomes": dict(done.outcomes),
        "drafts": len(done.drafts),
    }
    outcomes = ", ".join(f"{number} {outcome}" for outcome, number in sorted(done.outcomes.items())) or "nothing"
    lines = [f"{done.ops} acts of {done.login}: {outcomes}."]
    if done.drafts and given.drafts is None:
        lines.append(f"{len(done.drafts)} unfinished forms are in it too; --drafts FILE writes them for their author.")
    answer("\n".join(lines), facts, as_json=given.json)
    return Exit.FINDINGS if done.outcomes.get("quarantined") else Exit.OK
