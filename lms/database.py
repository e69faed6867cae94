"""Tables' base class, column types, and sessions that behave alike on SQLite and PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Annotated, Any, ClassVar
from weakref import WeakKeyDictionary

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session as FlaskSession
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    DateTime,
    Engine,
    ForeignKey,
    Index,
    Insert,
    Integer,
    MetaData,
    String,
    Text,
    TypeDecorator,
    and_,
    event,
    inspect,
    or_,
    text,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedColumn, Session, mapped_column, registry

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
BigId = BigInteger().with_variant(Integer, "sqlite")
CURRENT = "superseded_at IS NULL"
BUSY_AFTER_MS = 8_000


class UTCDateTime(TypeDecorator[datetime]):
    """An aware moment: refused when naive, stored and returned in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        """Refuse a naive moment, and store UTC."""
        if value is not None and value.tzinfo is None:
            raise ValueError("A moment without a time zone cannot be stored.")
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        """Give the moment its zone back, which SQLite drops."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """All tables share one naming convention and one set of column types."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMES),
        type_annotation_map={datetime: UTCDateTime, str: Text, int: Integer},
    )


Id = Annotated[int, mapped_column(BigId, primary_key=True)]
Code = Annotated[str, mapped_column(String(80))]


class Known:
    """A row that was believed from `recorded_at` until `superseded_at`; both come from the ledger, not the clock."""

    recorded_at: Mapped[datetime]
    superseded_at: Mapped[datetime | None]

    @classmethod
    def at(cls, moment: datetime) -> ColumnElement[bool]:
        """Select what was known at `moment`."""
        return and_(cls.recorded_at <= moment, or_(cls.superseded_at.is_(None), cls.superseded_at > moment))

    @classmethod
    def current(cls) -> ColumnElement[bool]:
        """Select what is known now."""
        return cls.superseded_at.is_(None)


class Named:
    """A row with a name in each language."""

    name_kk: Mapped[str]
    name_ru: Mapped[str]
    name_en: Mapped[str]

    def name(self, language: str) -> str:
        """Return the name in one of the three languages."""
        return str(getattr(self, f"name_{language}"))


class AppendOnly:
    """A row that is inserted and stays; only the columns named in `may_change` are ever set again."""

    may_change: ClassVar[frozenset[str]] = frozenset()


class ImmutableRowError(Exception):
    """The program tried to change or delete a row that must stay as it is."""


def key(target: str, **options: Any) -> MappedColumn[Any]:
    """Return a foreign key column to a big id."""
    return mapped_column(BigId, ForeignKey(target), **options)


def only_one(name: str, *columns: str, where: str) -> Index:
    """Return a partial unique index, the same on both databases."""
    return Index(name, *columns, unique=True, sqlite_where=text(where), postgresql_where=text(where))


def some(name: str, *columns: str, where: str) -> Index:
    """Return a partial index for a query that only ever wants a few rows of a table."""
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))


def insert_new(table: type[Base]) -> Insert:
    """Return an insert that passes over rows which are there already; for rows that are the same whoever adds them."""
    make = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    return make(table).on_conflict_do_nothing()


_readers: WeakKeyDictionary[Engine, Engine] = WeakKeyDictionary()


def _reader(engine: Engine) -> Engine:
    """Return the one twin of an engine whose connections the database keeps from writing."""
    if engine not in _readers:
        _readers[engine] = engine.execution_options(postgresql_readonly=True)
    return _readers[engine]


class RequestSession(FlaskSession):
    """The session of one request; after `begin_reading` its transaction cannot write."""

    def get_bind(self, *args: Any, **options: Any) -> Engine | Connection:
        """Return the engine, or its reading twin."""
        bind = super().get_bind(*args, **options)
        return _reader(bind) if self.info.get("is_reading") and isinstance(bind, Engine) else bind


db = SQLAlchemy(model_class=Base, session_options={"class_": RequestSession})


def begin_reading() -> None:
    """Keep the session of this request from writing: what a GET gets."""
    db.session.info["is_reading"] = True


@contextmanager
def writing() -> Iterator[Session]:
    """Open a second, short, writing transaction beside the request's; commit it at the end of the block."""
    with Session(db.engine, expire_on_commit=False) as session, session.begin():
        yield session


def engine_options(url: str) -> dict[str, Any]:
    """Return how the engine is made: nobody waits for a frozen or busy database longer than a page may take.

    Parameters are hidden, since a traceback in the log must not hold personal data.
    """
    if not url.startswith("postgresql"):
        return {"hide_parameters": True}
    limits = f"-c lock_timeout={BUSY_AFTER_MS} -c statement_timeout={BUSY_AFTER_MS + 1_000}"
    waits = {"connect_timeout": 5, "tcp_user_timeout": BUSY_AFTER_MS + 2_000, "keepalives_idle": 5}
    return {
        "hide_parameters": True,
        "pool_timeout": 8,
        "pool_pre_ping": True,  # after a restart of the database the first page must not fail
        "connect_args": {**waits, "options": limits},
    }


def init_app(app: Flask) -> None:
    """Connect the application to its database."""
    db.init_app(app)
    with app.app_context():
        prepare(db.engine)


def prepare(engine: Engine) -> None:
    """Set an engine up: on SQLite a writing transaction takes its lock at the start, a reading one may not write."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_pragmas)
        event.listen(engine, "begin", _begin)


def _set_pragmas(connection: Any, _: Any) -> None:
    connection.isolation_level = None
    for pragma in (
        f"busy_timeout={BUSY_AFTER_MS}",
        "journal_mode=WAL",
        "synchronous=FULL",  # NORMAL in WAL mode syncs no commit: a power cut would lose acknowledged answers
        "foreign_keys=ON",
        "cache_size=-16384",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    reads = connection.get_execution_options().get("postgresql_readonly", False)
    if connection.info.get("reads") is not reads:
        connection.exec_driver_sql(f"PRAGMA query_only={'ON' if reads else 'OFF'}")
        connection.info["reads"] = reads
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


@event.listens_for(Session, "before_flush")
def _refuse_changes(session: Session, *_: Any) -> None:
    """Refuse to change or delete what only ever grows."""
    for row in session.deleted:
        if isinstance(row, AppendOnly | Known):
            raise ImmutableRowError(f"{type(row).__name__} rows are never deleted.")
    for row in session.dirty:
        may_change = _changeable(row)
        if may_change is None or not session.is_modified(row):
            continue
        changed = {attribute.key for attribute in inspect(row).attrs if attribute.history.has_changes()}
        if forbidden := changed - may_change:
            raise ImmutableRowError(f"{type(row).__name__}.{', '.join(sorted(forbidden))} is written once.")


def _changeable(row: object) -> frozenset[str] | None:
    """Return the columns of a row that may be set again; None if all may."""
    if isinstance(row, AppendOnly):
        return row.may_change
    return frozenset({"superseded_at"}) if isinstance(row, Known) else None
