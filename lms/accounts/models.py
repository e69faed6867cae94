"""Tables of people: accounts, employments, grants, sessions."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from lms.database import CURRENT, Base, Code, Id, Known, key, only_one, some
from lms.permissions import Permission, Role, permissions_of


class Person(Base):
    """Somebody with an account."""

    __tablename__ = "person"
    __table_args__ = (
        only_one("uq_person_email", "email", where="email IS NOT NULL"),
        only_one("uq_person_login_name", "login_name", where="login_name IS NOT NULL"),
        only_one("uq_person_iin_hash", "iin_hash", where="iin_hash IS NOT NULL"),
    )

    id: Mapped[Id]
    pseudonym: Mapped[Code] = mapped_column(unique=True)
    last_name: Mapped[str]
    first_name: Mapped[str]
    middle_name: Mapped[str | None]
    sort_key: Mapped[bytes] = mapped_column(LargeBinary, index=True)
    search_name: Mapped[str] = mapped_column(index=True)
    language: Mapped[Code]
    email: Mapped[str | None]
    login_name: Mapped[str | None]
    iin_encrypted: Mapped[bytes | None]
    iin_hash: Mapped[bytes | None]
    password_hash: Mapped[str | None]
    totp_secret: Mapped[bytes | None]
    created_at: Mapped[datetime]
    suspended_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]

    roles: ClassVar[frozenset[Role]] = frozenset()  # set on the instance by whoever loads the person to sign in

    is_authenticated: ClassVar = True
    is_anonymous: ClassVar = False

    @property
    def is_active(self) -> bool:
        """Say whether the account may be used."""
        return self.suspended_at is None and self.erased_at is None

    @property
    def full_name(self) -> str:
        """Return last, first and middle name, as on documents."""
        return " ".join(name for name in (self.last_name, self.first_name, self.middle_name) if name)

    @property
    def display_name(self) -> str:
        """Return the first letter of the first name and the last name, for the page's head."""
        return f"{self.first_name[:1]}. {self.last_name}"

    def may(self, permission: Permission) -> bool:
        """Say whether any role of this person allows something; its scope is checked where it matters."""
        return permission in permissions_of(self.roles)


class Employment(Known, Base):
    """Where a person works and which centre answers for them, from one day to another."""

    __tablename__ = "employment"
    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", name="ends_after_start"),
        only_one("uq_employment_open", "person_id", where="superseded_at IS NULL AND ends_on IS NULL"),
        some("ix_employment_centre", "centre_id", "person_id", where="superseded_at IS NULL AND ends_on IS NULL"),
        Index("ix_employment_person", "person_id", "starts_on"),
    )

    id: Mapped[Id]
    person_id: Mapped[int] = key("person.id")
    centre_id: Mapped[int] = key("centre.id")
    state_body_id: Mapped[int | None] = key("state_body.id")
    category: Mapped[Code]
    position: Mapped[str | None]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]


class Grant(Known, Base):
    """A role held by a person within one scope; ending it is superseding it."""

    __tablename__ = "grant"
    __table_args__ = (
        CheckConstraint(
            "(role IN ('administrator') AND region_code IS NULL AND centre_id IS NULL AND state_body_id IS NULL"
            " AND course_id IS NULL)"
            " OR (role = 'trainer' AND course_id IS NOT NULL AND centre_id IS NULL)"
            " OR (role = 'coordinator' AND centre_id IS NOT NULL AND course_id IS NULL)"
            " OR (role IN ('official', 'official_with_names') AND centre_id IS NULL AND course_id IS NULL)",
            name="scope_fits_role",
        ),
        some("ix_grant_person", "person_id", where=CURRENT),
    )

    id: Mapped[Id]
    person_id: Mapped[int] = key("person.id")
    role: Mapped[Code]
    region_code: Mapped[str | None] = mapped_column(ForeignKey("region.code"))
    centre_id: Mapped[int | None] = key("centre.id")
    state_body_id: Mapped[int | None] = key("state_body.id")
    course_id: Mapped[int | None] = key("course.id")
    reason: Mapped[str]


class SignIn(Base):
    """One session of one person; the cookie holds the token and the time of the last visit."""

    __tablename__ = "sign_in"

    token_hash: Mapped[bytes] = mapped_column(primary_key=True)
    person_id: Mapped[int] = key("person.id", index=True)
    started_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    device: Mapped[str]
