"""Connections that are made, and how failures are told without a patient's words."""

from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from sqlalchemy import text

from coordinator_app.domain.trouble import Refusal, Trouble
from coordinator_app.storage.central.address import address_of
from coordinator_app.storage.central.engine import open_engine, open_service, transaction

pytestmark = pytest.mark.server


@pytest.fixture
def stranger(tmp_path):
    """The certificate of an authority that vouched for nobody here."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime.now(UTC) - timedelta(days=1))
        .not_valid_after(datetime.now(UTC) + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    file = tmp_path / "stranger.crt"
    file.write_bytes(built.public_bytes(serialization.Encoding.PEM))
    return file


def ask(engine, sql="SELECT 1", **values):
    with transaction(engine) as connection:
        return connection.execute(text(sql), values).scalar()


@pytest.mark.parametrize("kind", ["loader", "evaluator", "administrator"])
def test_a_service_comes_in_by_the_passfile(centre, kind):
    assert ask(open_service(centre.address, kind), "SELECT session_user") == centre.role(kind)


def test_debian_s_server_is_spoken_to_with_tls_and_channel_binding(debian_server, fresh_database_on):
    database = fresh_database_on(debian_server)
    engine = open_engine(address_of(database.url), "postgres", may_be_superuser=True)
    assert ask(engine, "SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid()").startswith("TLSv1.")


def test_a_server_with_another_certificate_is_not_spoken_to(debian_server, fresh_database_on, stranger):
    database = fresh_database_on(debian_server)
    url = database.url.replace(str(debian_server.root_certificate), str(stranger))
    with pytest.raises(Trouble) as told:
        ask(open_engine(address_of(url), "postgres", "word", may_be_superuser=True))
    assert told.value.code == "not_trusted"


def test_a_superuser_is_refused_where_row_security_must_bind(centre):
    with pytest.raises(Refusal) as refused:
        ask(open_engine(centre.address, "postgres"))
    assert refused.value.code == "superuser"


def test_a_wrong_password_is_a_refusal_and_no_server_is_trouble(centre, tmp_path):
    with pytest.raises(Refusal) as refused:
        ask(open_engine(centre.address, centre.role("nurse1"), "guess"))
    assert refused.value.code == "wrong_password"
    (tmp_path / "local.key").write_bytes(b"k" * 32)
    nowhere = address_of(f"postgresql+psycopg://127.0.0.1:1/coordinator?keyfile={tmp_path}/local.key")
    with pytest.raises(Trouble) as trouble:
        ask(open_engine(nowhere, "x", "y"))
    assert trouble.value.code == "no_server"


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT CAST(:value AS date)",
        "INSERT INTO org.source (initiative_id, source) VALUES (sec.my_staff_id(), :value)",
        "SELECT 1 / length(:value) - length(:value)::smallint * 99999999",
    ],
)
def test_an_error_tells_its_state_and_never_a_value(centre, sql):
    canary = "Rosalinda Canary 413-555-0199"
    with pytest.raises((Trouble, Refusal)) as told:
        ask(open_service(centre.address, "loader"), sql, value=canary)
    said = f"{told.value.sentence} {told.value!r} {told.value.__cause__!r}"
    assert "Canary" not in said
    assert told.value.code in {"server_error", "not_allowed"}
