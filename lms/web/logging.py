"""The log: one line of JSON for each request and each event, on standard error, and nobody's personal data in it.

Every line of a request carries its number, which error pages show, so that what somebody quotes can be found.
"""

import logging
import secrets
import sys
from time import perf_counter
from typing import TextIO

import structlog
from flask import Flask, Response, g, has_request_context, request

HANDLER = "lms"
UNMISTAKABLE = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # no 0 O, 1 I L, U
QUIET = ("web.static_file", "web.healthz", "web.readyz")
STAMPS: tuple[structlog.typing.Processor, ...] = (
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
)

log = structlog.stdlib.get_logger("lms.requests")


class _StandardError(logging.StreamHandler[TextIO]):
    """Writes to what standard error is at the time, which test runners and supervisors exchange."""

    def emit(self, record: logging.LogRecord) -> None:
        self.stream = sys.stderr
        super().emit(record)


def init_app(app: Flask) -> None:
    """Write the log of this process as JSON, and a line for each request."""
    configure()
    app.logger.addFilter(_leave_out_address)
    app.before_request(begin)
    app.after_request(note)


def configure() -> None:
    """Send everything that is logged, by us or by a library, through one formatter; safe to repeat."""
    structlog.configure(
        processors=[*STAMPS, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    root = logging.getLogger()
    if any(handler.get_name() == HANDLER for handler in root.handlers):
        return
    handler = _StandardError()
    handler.set_name(HANDLER)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=STAMPS,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    root.addHandler(handler)
    logging.getLogger("lms").setLevel(logging.INFO)


def begin() -> None:
    """Give the request its number, and start its clock."""
    g.began = perf_counter()
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request=request_number())


def note(response: Response) -> Response:
    """Write the line of this request."""
    response.headers["X-Request-Id"] = request_number()
    if request.endpoint not in QUIET:
        log.info(
            "request",
            method=request.method,
            path=logged_path(),
            status=response.status_code,
            ms=round((perf_counter() - g.get("began", perf_counter())) * 1000),
        )
    return response


def request_number() -> str:
    """Return the number of the present request, such as 4QX-7T2: short, and safe to read aloud."""
    if "request_number" not in g:
        letters = "".join(secrets.choice(UNMISTAKABLE) for _ in range(6))
        g.request_number = f"{letters[:3]}-{letters[3:]}"
    return str(g.request_number)


def logged_path() -> str:
    """Return the path without what may be secret or lead to a person: a code, a certificate's number, a query.

    Only whole numbers are kept; every other part that varies is named as in the rule: /verify/<number>.
    """
    if request.url_rule is None:
        first = request.path.split("/")[1]
        return f"/{first}/…" if request.path.count("/") > 1 else "/…"
    path = request.url_rule.rule
    for name, value in (request.view_args or {}).items():
        path = path.replace(f"<int:{name}>", str(value))
    return path


def _leave_out_address(record: logging.LogRecord) -> bool:
    """Replace Flask's own words about an unhandled error, which quote the address as it was sent."""
    if record.exc_info and has_request_context():
        record.msg, record.args = "unhandled error", ()
    return True
