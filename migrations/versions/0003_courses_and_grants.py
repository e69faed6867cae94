"""Courses and grants."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "course",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course")),
        sa.UniqueConstraint("slug", name=op.f("uq_course_slug")),
    )
    op.create_table(
        "stored_file",
        sa.Column("digest", sa.String(length=80), nullable=False),
        sa.Column("media_type", sa.String(length=80), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_stored_file")),
    )
    op.create_table(
        "course_version",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("course_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=80), nullable=False),
        sa.Column("change", sa.String(length=80), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("manifest", sa.Text(), nullable=False),
        sa.Column("files", sa.Text(), nullable=False),
        sa.Column("published_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "change IN ('editorial', 'substantive', 'invalidating')", name=op.f("ck_course_version_change_known")
        ),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_course_version_course_id")),
        sa.ForeignKeyConstraint(["published_by_id"], ["person.id"], name=op.f("fk_course_version_published_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_version")),
        sa.UniqueConstraint("course_id", "number", name=op.f("uq_course_version_course_id_number")),
    )
    op.create_index("ix_course_version_digest", "course_version", ["digest"], unique=False)
    op.create_index(
        "ix_course_version_invalidating",
        "course_version",
        ["course_id", "number"],
        unique=False,
        sqlite_where=sa.text("change = 'invalidating'"),
        postgresql_where=sa.text("change = 'invalidating'"),
    )
    op.create_table(
        "grant",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("role", sa.String(length=80), nullable=False),
        sa.Column("region_code", sa.String(length=80), nullable=True),
        sa.Column("centre_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("state_body_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("course_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(role IN ('administrator') AND region_code IS NULL AND centre_id IS NULL AND state_body_id IS NULL"
            " AND course_id IS NULL)"
            " OR (role = 'trainer' AND course_id IS NOT NULL AND centre_id IS NULL)"
            " OR (role = 'coordinator' AND centre_id IS NOT NULL AND course_id IS NULL)"
            " OR (role IN ('official', 'official_with_names') AND centre_id IS NULL AND course_id IS NULL)",
            name=op.f("ck_grant_scope_fits_role"),
        ),
        sa.ForeignKeyConstraint(["centre_id"], ["centre.id"], name=op.f("fk_grant_centre_id")),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_grant_course_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_grant_person_id")),
        sa.ForeignKeyConstraint(["region_code"], ["region.code"], name=op.f("fk_grant_region_code")),
        sa.ForeignKeyConstraint(["state_body_id"], ["state_body.id"], name=op.f("fk_grant_state_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grant")),
    )
    op.create_index(
        "ix_grant_person",
        "grant",
        ["person_id"],
        unique=False,
        sqlite_where=sa.text("superseded_at IS NULL"),
        postgresql_where=sa.text("superseded_at IS NULL"),
    )
    op.create_table(
        "unit_page",
        sa.Column("version_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("unit", sa.String(length=80), nullable=False),
        sa.Column("language", sa.String(length=80), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("questions", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["version_id"], ["course_version.id"], name=op.f("fk_unit_page_version_id")),
        sa.PrimaryKeyConstraint("version_id", "unit", "language", name=op.f("pk_unit_page")),
    )


def downgrade() -> None:
    op.drop_table("unit_page")
    op.drop_index(
        "ix_grant_person",
        table_name="grant",
        sqlite_where=sa.text("superseded_at IS NULL"),
        postgresql_where=sa.text("superseded_at IS NULL"),
    )
    op.drop_table("grant")
    op.drop_index(
        "ix_course_version_invalidating",
        table_name="course_version",
        sqlite_where=sa.text("change = 'invalidating'"),
        postgresql_where=sa.text("change = 'invalidating'"),
    )
    op.drop_index("ix_course_version_digest", table_name="course_version")
    op.drop_table("course_version")
    op.drop_table("stored_file")
    op.drop_table("course")
