"""Which servers may be spoken to, and how; no server is needed to say so."""

import pytest

from coordinator_app.domain.trouble import Refusal
from coordinator_app.storage.central.address import BadUrl, address_of
from coordinator_app.storage.central.roles import Roles

ROOT = "sslrootcert=/etc/ca.crt"
FAR = "postgresql+psycopg://db.example.org:5432/coordinator?passfile=/p"


def code(url):
    with pytest.raises(Refusal) as refused:
        address_of(url)
    return refused.value.code


@pytest.mark.parametrize(
    "url",
    [
        FAR,
        f"{FAR}&sslmode=verify-full",
        f"{FAR}&{ROOT}&sslmode=require",
        f"{FAR}&{ROOT}&sslmode=disable",
        f"{FAR}&{ROOT}&channel_binding=prefer",
        f"{FAR}&{ROOT}&channel_binding=disable",
        "postgresql+psycopg://127.0.0.1:5432/coordinator?passfile=/nowhere/passfile",
        "postgresql+psycopg://192.168.1.5:5432/coordinator?keyfile=/k",
        "postgresql+psycopg://localhost.example.org:5432/coordinator?keyfile=/k",
    ],
)
def test_a_server_on_the_network_without_proven_tls_is_refused(url):
    assert code(url) == "tls_needed"


def test_a_server_on_the_network_is_told_to_prove_itself():
    told = address_of(f"{FAR}&{ROOT}").arguments("nurse")
    assert told["sslmode"] == "verify-full"
    assert told["sslrootcert"] == "/etc/ca.crt"
    assert told["channel_binding"] == "require"
    assert told["require_auth"] == "scram-sha-256"


def test_behind_a_gatekeeper_the_pinned_root_stands_without_channel_binding():
    told = address_of(f"{FAR}&{ROOT}&gatekeeper=pgbouncer").arguments("nurse")
    assert (told["sslmode"], told["channel_binding"]) == ("verify-full", "disable")


def test_a_loopback_server_with_a_key_is_local_and_its_address_cannot_be_bent():
    address = address_of("postgresql+psycopg://127.0.0.1:5999/coordinator?keyfile=/d/local.key")
    assert address.is_local
    told = address.arguments("nurse", "word")
    assert told["hostaddr"] == "127.0.0.1"
    assert told["sslmode"] == "disable"
    assert told["require_auth"] == "scram-sha-256"


def test_a_key_beside_the_passfile_marks_the_embedded_server_too(tmp_path):
    url = f"postgresql+psycopg://127.0.0.1:5999/coordinator?passfile={tmp_path}/passfile"
    assert code(url) == "tls_needed"
    (tmp_path / "local.key").write_bytes(b"k" * 32)
    assert address_of(url).is_local


def test_a_unix_socket_is_local():
    assert address_of("postgresql+psycopg:///coordinator?host=/run/pg&passfile=/p").is_local


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("postgresql+psycopg://a:secret@h/coordinator", "password_in_url"),
        ("postgresql+psycopg://h/coordinator?password=secret", "password_in_url"),
        ("postgresql+psycopg://postgres@h/coordinator", "login_in_url"),
        ("postgresql+psycopg://h/coordinator?hostaddr=10.0.0.1", "bad_url"),
        ("postgresql+psycopg://h/coordinator?options=-crow_security%3Doff", "bad_url"),
        ("postgresql+psycopg://h/coordinator?service=x", "bad_url"),
        ("postgresql+psycopg://127.0.0.1,10.0.0.1/coordinator?keyfile=/k", "bad_url"),
        ("postgresql+psycopg://h/", "bad_url"),
        ("sqlite:///x", "bad_url"),
        ("nothing", "bad_url"),
    ],
)
def test_a_url_that_carries_what_it_must_not_is_a_wrong_command_line(url, said):
    with pytest.raises(BadUrl) as wrong:
        address_of(url)
    assert wrong.value.code == said
    assert "secret" not in wrong.value.sentence


def test_names_of_roles_begin_with_the_database_and_fit():
    assert Roles.of("coordinator").service("loader") == "coordinator_loader"
    assert Roles.of("coordinator").login("ana") == Roles.of("coordinator").login("coordinator_ana") == "coordinator_ana"
    odd = Roles.of("Ünser Zentrum mit einem sehr langen Namen")
    assert odd.prefix.isascii()
    assert len(odd.login("a" * 31)) <= 63
    assert Roles.of("Initiative-1").prefix != Roles.of("Initiative_1").prefix


def test_a_copied_database_says_whose_roles_it_has():
    url = "postgresql+psycopg://127.0.0.1/copy?keyfile=/k&roles=coordinator"
    assert address_of(url).roles.owner == "coordinator_owner"


def test_a_standby_is_spoken_to_as_its_primary_is():
    beside = address_of(f"{FAR}&{ROOT}&standby=db2.example.org:5433").at_standby()
    assert (beside.host, beside.port, beside.standby) == ("db2.example.org", 5433, None)
    assert beside.arguments("nurse")["sslmode"] == "verify-full"
    assert address_of(f"{FAR}&{ROOT}").at_standby() is None
    here = address_of("postgresql+psycopg://127.0.0.1:5432/coordinator?keyfile=/k&standby=127.0.0.1:5433").at_standby()
    assert (here.port, here.is_local) == (5433, True)


@pytest.mark.parametrize(
    "url",
    [
        f"{FAR}&{ROOT}&standby=127.0.0.1:5433",
        f"{FAR}&{ROOT}&standby=db2.example.org",
        f"{FAR}&{ROOT}&standby=:5433",
        "postgresql+psycopg://127.0.0.1:5432/coordinator?keyfile=/k&standby=db2.example.org:5433",
        "postgresql+psycopg:///coordinator?host=/run/postgresql&keyfile=/k&standby=db2.example.org:5433",
    ],
)
def test_nothing_on_the_network_is_spoken_to_as_if_it_were_on_this_machine(url):
    assert code(url) == "bad_url"
