"""A defect of ours ends a command without a word that may name a patient."""

import argparse
from typing import Any

import pytest

from coordinator_app.bootstrap import central, workstation
from coordinator_app.console.central_parser import central_parser, obey


def broken(_given: argparse.Namespace) -> int:
    try:
        return int({"code": 0}["Zyxquill, Quorvane"])
    except KeyError as error:
        raise ValueError("and her passphrase") from error


def register(subparsers: Any) -> None:
    subparsers.add_parser("break").set_defaults(run=broken)


def test_a_defect_is_told_by_types_and_places_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert obey(central_parser([register]), ["break"]) == 4
    told = capsys.readouterr()
    assert told.out == ""
    assert "Quorvane" not in told.err
    assert "passphrase" not in told.err
    assert "ValueError" in told.err
    assert "KeyError" in told.err
    assert "test_defects.py:" in told.err


@pytest.mark.parametrize("run", [workstation.run, central.run])
def test_no_command_takes_a_secret_on_the_command_line(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    parsers: list[argparse.ArgumentParser] = []
    keep = argparse.ArgumentParser.add_argument

    def add(self: argparse.ArgumentParser, *names: str, **more: Any) -> argparse.Action:
        parsers.append(self)
        return keep(self, *names, **more)

    monkeypatch.setattr(argparse.ArgumentParser, "add_argument", add)
    with pytest.raises(SystemExit):
        run(["--help"])
    # A store_true takes no value: `--passphrase-only` is a choice, no secret.
    actions = [action for parser in parsers for action in parser._actions if action.nargs != 0]
    assert len(actions) > 20
    secret = [
        name
        for action in actions
        for name in (*action.option_strings, action.dest)
        if "password" in name or "phrase" in name
    ]
    assert secret == []
