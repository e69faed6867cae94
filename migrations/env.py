"""Run migrations inside the application's context (`lms db upgrade`)."""

from alembic import context
from flask import current_app

from lms.database import Base, db


def run() -> None:
    """Bring the database of the current application to the asked revision, in one transaction."""
    with db.engine.connect() as connection:
        if connection.dialect.name == "postgresql":  # a migration may take long, and waits for whoever is at work
            connection.exec_driver_sql("SET statement_timeout = 0")
            connection.exec_driver_sql("SET lock_timeout = 0")
            connection.commit()
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            **current_app.extensions["migrate"].configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
