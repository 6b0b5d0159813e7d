"""start, stop and status as somebody types them, with their exit codes and JSON."""

import json
import uuid
from functools import partial
from pathlib import Path

import pytest

from coordinator_app.central import embedded
from coordinator_app.console.central_parser import central_parser, obey
from coordinator_app.console.server_commands import register


@pytest.fixture
def data(servers_home: Path):
    place = servers_home / uuid.uuid4().hex
    yield place
    embedded.stop(place)


@pytest.fixture
def type_in(capsys, data, run_as):
    def type_in(word: str, *more: str):
        parser = central_parser([partial(register, server=embedded)])
        named = ["--run-as", run_as] if run_as is not None and word != "status" else []
        code = obey(parser, [word, "--data", str(data), *named, *more])
        return code, capsys.readouterr()

    return type_in


@pytest.mark.server
def test_a_server_starts_is_asked_and_stops_with_exit_code_0(type_in, data):
    code, said = type_in("start", "--json")
    told = json.loads(said.out)
    assert code == 0
    assert told.keys() >= {"running", "url", "enroll_url", "port", "data", "version", "pid"}
    assert told["data"] == str(data)
    code, said = type_in("status", "--json")
    assert (code, json.loads(said.out)["pid"]) == (0, told["pid"])
    code, said = type_in("start")
    assert code == 0
    assert told["url"] in said.out
    assert told["enroll_url"] in said.out
    code, said = type_in("start", "--port", str(told["port"] - 1))
    assert (code, said.out) == (3, "")
    assert str(told["port"]) in said.err
    code, said = type_in("stop", "--json")
    assert (code, json.loads(said.out)["running"]) == (0, False)


def test_nothing_to_stop_or_to_ask_is_no_failure(type_in):
    assert type_in("status")[0] == 0
    code, said = type_in("stop", "--json")
    assert (code, json.loads(said.out)["running"]) == (0, False)


def test_trouble_goes_to_standard_error_with_exit_code_4(type_in, data):
    data.write_text("a file, not a folder")
    code, said = type_in("start", "--json")
    assert (code, said.out) == (4, "")
    assert said.err.strip()
    data.unlink()


@pytest.mark.parametrize("port", ["0", "65536", "many", "-1"])
def test_a_port_that_cannot_be_is_a_wrong_command_line(type_in, port):
    with pytest.raises(SystemExit) as left:
        type_in("start", f"--port={port}")
    assert left.value.code == 2
