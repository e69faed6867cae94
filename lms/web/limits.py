"""Rate limits, for what anybody may ask: of requests to a page by address, and of tries at somebody's secret."""

import hashlib
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address

from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from limits import RateLimitItemPerMinute

from lms.config import Config

OWN_BITS = 64  # of an IPv6 address: a device chooses them itself; the others name its household or office


def asking_network() -> str:
    """Return where the present request comes from: an IPv4 address, or a network of IPv6."""
    try:
        address = ip_address(get_remote_address())
    except ValueError:
        return get_remote_address()
    if isinstance(address, IPv6Address):
        address = address.ipv4_mapped or IPv6Address(int(address) >> OWN_BITS << OWN_BITS)
    return str(address)


limiter = Limiter(key_func=asking_network, headers_enabled=False)


@dataclass(frozen=True, slots=True)
class Tries:
    """How often a secret may be tried in some minutes: from one network, at one name, whether anybody has it or not.

    What others try elsewhere keeps nobody out, and a right try forgets the wrong ones before it.
    """

    scope: str
    most: int
    minutes: int

    def take(self, name: str) -> bool:
        """Count one try at a name's secret before it is looked at; tell whether it may be."""
        return limiter.limiter.hit(self._item, *self._key(name))

    def forget(self, name: str) -> None:
        """Forget the tries so far: the last one was right."""
        limiter.limiter.clear(self._item, *self._key(name))

    @property
    def _item(self) -> RateLimitItemPerMinute:
        return RateLimitItemPerMinute(self.most, self.minutes)

    def _key(self, name: str) -> tuple[str, str, str]:
        """Name the count without naming anybody in a store that may be shared."""
        return self.scope, asking_network(), hashlib.sha256(name.encode()).hexdigest()


def init_app(app: Flask) -> None:
    """Count requests where the settings say: in this process, or in a store that several processes share."""
    config: Config = app.config["LMS"]
    app.config.update(RATELIMIT_STORAGE_URI=config.rate_limit_storage, RATELIMIT_STRATEGY="moving-window")
    limiter.init_app(app)
