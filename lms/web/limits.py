"""Rate limits by address, for pages that anybody may ask: signing in, checking a certificate."""

from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from lms.config import Config

limiter = Limiter(key_func=get_remote_address, headers_enabled=False)


def init_app(app: Flask) -> None:
    """Count requests where the settings say: in this process, or in a store that several processes share."""
    config: Config = app.config["LMS"]
    app.config.update(RATELIMIT_STORAGE_URI=config.rate_limit_storage, RATELIMIT_STRATEGY="moving-window")
    limiter.init_app(app)
