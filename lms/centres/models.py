"""Tables of places: regions, retraining centres, state bodies."""

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from lms.database import CURRENT, Base, Code, Id, Known, Named, key, only_one


class Region(Named, Base):
    """One of the twenty regions; fixed, changed only by a migration."""

    __tablename__ = "region"

    code: Mapped[Code] = mapped_column(primary_key=True)


class Centre(Base):
    """A retraining centre; what may change about it lies in its terms."""

    __tablename__ = "centre"

    id: Mapped[Id]
    code: Mapped[Code] = mapped_column(unique=True)


class CentreTerm(Known, Named, Base):
    """Name, region, contact and signatory of a centre, as known for a while."""

    __tablename__ = "centre_term"
    __table_args__ = (only_one("uq_centre_term_current", "centre_id", where=CURRENT),)

    id: Mapped[Id]
    centre_id: Mapped[int] = key("centre.id", index=True)
    region_code: Mapped[str] = mapped_column(ForeignKey("region.code"))
    contact: Mapped[str]  # what a learner in trouble needs: telephone, room, hours
    signatory: Mapped[str]  # who signs certificates: post and name


class StateBody(Base):
    """A state body; what may change about it lies in its terms."""

    __tablename__ = "state_body"

    id: Mapped[Id]
    code: Mapped[Code] = mapped_column(unique=True)


class StateBodyTerm(Known, Named, Base):
    """Name, level, region and parent of a state body, as known for a while."""

    __tablename__ = "state_body_term"
    __table_args__ = (
        CheckConstraint("level IN ('central', 'oblast', 'district')", name="level_known"),
        CheckConstraint("parent_id <> state_body_id", name="not_its_own_parent"),
        only_one("uq_state_body_term_current", "state_body_id", where=CURRENT),
    )

    id: Mapped[Id]
    state_body_id: Mapped[int] = key("state_body.id", index=True)
    parent_id: Mapped[int | None] = key("state_body.id", index=True)
    region_code: Mapped[str] = mapped_column(ForeignKey("region.code"))
    level: Mapped[Code]
