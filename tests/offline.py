"""Keep the tests off the network: nothing but this machine's own addresses and socket files may be reached."""

import sys

import pytest

LOCAL = {"127.0.0.1", "::1", "localhost", "0.0.0.0", "::", "", None}
CONNECTIONS = {"socket.connect", "socket.sendto", "socket.sendmsg"}
LOOK_UPS = {"socket.getaddrinfo", "socket.gethostbyname"}


def _refuse_network(event: str, arguments: tuple[object, ...]) -> None:
    """Fail the test that reaches outside; the failure is no Exception, so that no handler can swallow it."""
    if event in CONNECTIONS:
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else None  # the address of a socket file is a string
    elif event in LOOK_UPS:
        host = arguments[0]
    else:
        return
    if host not in LOCAL:
        pytest.fail(f"A test reaches for the network: {event} {host!r}")


def pytest_configure() -> None:
    """Watch until the process ends; an audit hook cannot be taken back."""
    sys.addaudithook(_refuse_network)
