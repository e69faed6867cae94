"""Enrolments and completions."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "cohort",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("centre_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("course_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("trainer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("seats", sa.Integer(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["centre_id"], ["centre.id"], name=op.f("fk_cohort_centre_id")),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_cohort_course_id")),
        sa.ForeignKeyConstraint(["trainer_id"], ["person.id"], name=op.f("fk_cohort_trainer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cohort")),
    )
    op.create_index(op.f("ix_cohort_centre_id"), "cohort", ["centre_id"], unique=False)
    op.create_table(
        "enrolment",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("course_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("edition >= 1", name=op.f("ck_enrolment_edition_counts_from_one")),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_enrolment_course_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_enrolment_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment")),
        sa.UniqueConstraint("person_id", "course_id", "edition", name=op.f("uq_enrolment_person_id_course_id_edition")),
    )
    op.create_table(
        "completion",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("enrolment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("course_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("enrolled_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("completed_on", sa.Date(), nullable=False),
        sa.Column("language", sa.String(length=80), nullable=False),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=True),
        sa.Column("centre_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("region_code", sa.String(length=80), nullable=False),
        sa.Column("state_body_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("category", sa.String(length=80), nullable=False),
        sa.Column("evidence_digest", sa.String(length=80), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("score BETWEEN 0 AND 10000", name=op.f("ck_completion_score_in_hundredths_of_percent")),
        sa.ForeignKeyConstraint(["centre_id"], ["centre.id"], name=op.f("fk_completion_centre_id")),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_completion_course_id")),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_completion_enrolment_id")),
        sa.ForeignKeyConstraint(
            ["evidence_digest"], ["stored_file.digest"], name=op.f("fk_completion_evidence_digest")
        ),
        sa.ForeignKeyConstraint(["region_code"], ["region.code"], name=op.f("fk_completion_region_code")),
        sa.ForeignKeyConstraint(["state_body_id"], ["state_body.id"], name=op.f("fk_completion_state_body_id")),
        sa.ForeignKeyConstraint(["version_id"], ["course_version.id"], name=op.f("fk_completion_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_completion")),
    )
    op.create_index(
        "ix_completion_figures",
        "completion",
        [
            "region_code",
            "course_id",
            "completed_on",
            "recorded_at",
            "superseded_at",
            "enrolled_on",
            "due_on",
            "score",
            "hours",
            "days",
            "attempts",
            "state_body_id",
            "centre_id",
            "category",
        ],
        unique=False,
    )
    op.create_index(
        "uq_completion_of_enrolment",
        "completion",
        ["enrolment_id"],
        unique=True,
        sqlite_where=sa.text("superseded_at IS NULL"),
        postgresql_where=sa.text("superseded_at IS NULL"),
    )
    op.create_table(
        "enrolment_term",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("enrolment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("course_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("cohort_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("centre_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("region_code", sa.String(length=80), nullable=False),
        sa.Column("state_body_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("category", sa.String(length=80), nullable=False),
        sa.Column("enrolled_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=80), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('open', 'withdrawn', 'exempt')", name=op.f("ck_enrolment_term_state_known")),
        sa.ForeignKeyConstraint(["centre_id"], ["centre.id"], name=op.f("fk_enrolment_term_centre_id")),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_enrolment_term_cohort_id")),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_enrolment_term_course_id")),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_enrolment_term_enrolment_id")),
        sa.ForeignKeyConstraint(["region_code"], ["region.code"], name=op.f("fk_enrolment_term_region_code")),
        sa.ForeignKeyConstraint(["state_body_id"], ["state_body.id"], name=op.f("fk_enrolment_term_state_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment_term")),
    )
    op.create_index(
        "ix_enrolment_term_cohort",
        "enrolment_term",
        ["cohort_id", "enrolment_id"],
        unique=False,
        sqlite_where=sa.text("superseded_at IS NULL"),
        postgresql_where=sa.text("superseded_at IS NULL"),
    )
    op.create_index(
        "ix_enrolment_term_due",
        "enrolment_term",
        ["due_on", "enrolment_id"],
        unique=False,
        sqlite_where=sa.text("superseded_at IS NULL AND state = 'open'"),
        postgresql_where=sa.text("superseded_at IS NULL AND state = 'open'"),
    )
    op.create_index(op.f("ix_enrolment_term_enrolment_id"), "enrolment_term", ["enrolment_id"], unique=False)
    op.create_index(
        "ix_enrolment_term_figures",
        "enrolment_term",
        [
            "region_code",
            "course_id",
            "enrolled_on",
            "recorded_at",
            "superseded_at",
            "state",
            "due_on",
            "state_body_id",
            "centre_id",
            "category",
        ],
        unique=False,
    )
    op.create_index(
        "uq_enrolment_term_current",
        "enrolment_term",
        ["enrolment_id"],
        unique=True,
        sqlite_where=sa.text("superseded_at IS NULL"),
        postgresql_where=sa.text("superseded_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_index(
        "uq_enrolment_term_current",
        table_name="enrolment_term",
        sqlite_where=sa.text("superseded_at IS NULL"),
        postgresql_where=sa.text("superseded_at IS NULL"),
    )
    op.drop_index("ix_enrolment_term_figures", table_name="enrolment_term")
    op.drop_index(op.f("ix_enrolment_term_enrolment_id"), table_name="enrolment_term")
    op.drop_index(
        "ix_enrolment_term_due",
        table_name="enrolment_term",
        sqlite_where=sa.text("superseded_at IS NULL AND state = 'open'"),
        postgresql_where=sa.text("superseded_at IS NULL AND state = 'open'"),
    )
    op.drop_index(
        "ix_enrolment_term_cohort",
        table_name="enrolment_term",
        sqlite_where=sa.text("superseded_at IS NULL"),
        postgresql_where=sa.text("superseded_at IS NULL"),
    )
    op.drop_table("enrolment_term")
    op.drop_index(
        "uq_completion_of_enrolment",
        table_name="completion",
        sqlite_where=sa.text("superseded_at IS NULL"),
        postgresql_where=sa.text("superseded_at IS NULL"),
    )
    op.drop_index("ix_completion_figures", table_name="completion")
    op.drop_table("completion")
    op.drop_table("enrolment")
    op.drop_index(op.f("ix_cohort_centre_id"), table_name="cohort")
    op.drop_table("cohort")
