"""The application for a WSGI server."""

from lms import create_app

app = create_app()
