"""Page machinery: access, forms, headers, languages, base templates."""

from flask import Flask, current_app, request
from flask_compress import Compress
from flask_wtf import CSRFProtect
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from lms.config import Config
from lms.database import begin_reading
from lms.web import (
    access,
    appearance,
    assets,
    error_pages,
    filters,
    headers,
    intake,
    language,
    logging,
    navigation,
    redirects,
    resume,
)
from lms.web.components import bp as components
from lms.web.views import bp

__all__ = ["init_app"]


def init_app(app: Flask) -> None:
    """Give the application its pages: the order below is the order in which a request passes."""
    config: Config = app.config["LMS"]
    if config.trusted_proxies:
        hops = config.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    logging.init_app(app)
    intake.init_app(app)
    app.before_request(read_only_unless_posted)
    language.init_app(app)
    app.before_request(access.check_access)
    _protect_forms(app)
    _compress(app)
    headers.init_app(app)
    error_pages.init_app(app)
    _prepare_templates(app, config)
    app.register_blueprint(bp)
    if not config.is_production:
        app.register_blueprint(components)


def read_only_unless_posted() -> None:
    """Take writing away from every request that only reads."""
    if request.method in access.READING or access.is_reading(current_app, request.endpoint):
        begin_reading()


def _protect_forms(app: Flask) -> None:
    """Ask every POST for a token, after access is settled; it lives as long as the session, since tests take hours."""
    app.config.update(
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,  # office proxies strip the referrer; the token and SameSite cookies do the work
    )
    CSRFProtect(app)


def _compress(app: Flask) -> None:
    app.config.update(
        COMPRESS_ALGORITHM=["br", "gzip"], COMPRESS_ALGORITHM_STREAMING=["br", "gzip"], COMPRESS_BR_LEVEL=4
    )
    Compress(app)


def _prepare_templates(app: Flask, config: Config) -> None:
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    app.jinja_env.globals.update(
        site_name=config.site_name,
        appearance=appearance.appearance,
        current_language=language.current_language,
        here=redirects.here,
        kept_form_field=resume.kept_form_field,
        links=navigation.links,
        page_url=lambda page: redirects.here_with(page=page),
        sign_in_url=access.sign_in_url,
        switch_urls=language.switch_urls,
    )
    assets.init_app(app)
    filters.init_app(app)
