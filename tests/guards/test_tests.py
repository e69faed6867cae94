"""The tests' own safeguards hold: no network, nothing left out in silence, databases of one's own."""

import socket

import pytest
import sqlalchemy as sa

from tests import needs as needs_module
from tests.needs import REQUIRE, Need, needs

ELSEWHERE = ("192.0.2.1", 9)  # an address that belongs to nobody (RFC 5737)


@pytest.fixture
def _without_chromium(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(needs_module.NEEDS, "chromium", Need("Chromium", lambda: None, "chromium"))


def test_a_test_that_connects_elsewhere_fails() -> None:
    # Connecting a datagram socket sends nothing, should the safeguard be broken.
    with socket.socket(type=socket.SOCK_DGRAM) as udp, pytest.raises(pytest.fail.Exception, match=r"192\.0\.2\.1"):
        udp.connect(ELSEWHERE)


def test_a_test_that_asks_for_an_address_elsewhere_fails() -> None:
    with pytest.raises(pytest.fail.Exception, match="nowhere"):
        socket.getaddrinfo("nowhere.invalid", 80)


def test_this_machine_may_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()):
        pass


@pytest.mark.usefixtures("_without_chromium")
def test_what_is_missing_is_left_out_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(REQUIRE, raising=False)

    with pytest.raises(pytest.skip.Exception, match="Chromium is missing: apt-get install chromium"):
        needs("chromium")


@pytest.mark.usefixtures("_without_chromium")
def test_what_is_missing_fails_where_all_is_required(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(REQUIRE, "all")

    with pytest.raises(pytest.fail.Exception, match="Chromium is missing"):
        needs("chromium")


@pytest.mark.every_database
@pytest.mark.parametrize("_time", ["first", "second"])
def test_each_test_has_a_fresh_migrated_database(database_url: str, _time: str) -> None:
    engine = sa.create_engine(database_url)
    with engine.begin() as connection:
        assert connection.scalar(sa.text("SELECT count(*) FROM course")) == 0
        connection.execute(sa.text("INSERT INTO course (slug) VALUES ('one')"))
    engine.dispose()
