"""Places and people."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

REGIONS = (  # ISO 3166-2, names in Kazakh, Russian and English
    ("KZ-10", "Абай облысы", "область Абай", "Abai Region"),
    ("KZ-11", "Ақмола облысы", "Акмолинская область", "Akmola Region"),
    ("KZ-15", "Ақтөбе облысы", "Актюбинская область", "Aktobe Region"),
    ("KZ-19", "Алматы облысы", "Алматинская область", "Almaty Region"),
    ("KZ-23", "Атырау облысы", "Атырауская область", "Atyrau Region"),
    ("KZ-27", "Батыс Қазақстан облысы", "Западно-Казахстанская область", "West Kazakhstan Region"),
    ("KZ-31", "Жамбыл облысы", "Жамбылская область", "Zhambyl Region"),
    ("KZ-33", "Жетісу облысы", "область Жетісу", "Zhetisu Region"),
    ("KZ-35", "Қарағанды облысы", "Карагандинская область", "Karaganda Region"),
    ("KZ-39", "Қостанай облысы", "Костанайская область", "Kostanay Region"),
    ("KZ-43", "Қызылорда облысы", "Кызылординская область", "Kyzylorda Region"),
    ("KZ-47", "Маңғыстау облысы", "Мангистауская область", "Mangystau Region"),
    ("KZ-55", "Павлодар облысы", "Павлодарская область", "Pavlodar Region"),
    ("KZ-59", "Солтүстік Қазақстан облысы", "Северо-Казахстанская область", "North Kazakhstan Region"),
    ("KZ-61", "Түркістан облысы", "Туркестанская область", "Turkistan Region"),
    ("KZ-62", "Ұлытау облысы", "область Ұлытау", "Ulytau Region"),
    ("KZ-63", "Шығыс Қазақстан облысы", "Восточно-Казахстанская область", "East Kazakhstan Region"),
    ("KZ-71", "Астана қаласы", "город Астана", "Astana City"),
    ("KZ-75", "Алматы қаласы", "город Алматы", "Almaty City"),
    ("KZ-79", "Шымкент қаласы", "город Шымкент", "Shymkent City"),
)


def upgrade() -> None:
    op.create_table(
        "centre",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_centre")),
        sa.UniqueConstraint("code", name=op.f("uq_centre_code")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("pseudonym", sa.String(length=80), nullable=False),
        sa.Column("last_name", sa.Text(), nullable=False),
        sa.Column("first_name", sa.Text(), nullable=False),
        sa.Column("middle_name", sa.Text(), nullable=True),
        sa.Column("sort_key", sa.LargeBinary(), nullable=False),
        sa.Column("search_name", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=80), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("login_name", sa.Text(), nullable=True),
        sa.Column("iin_encrypted", sa.LargeBinary(), nullable=True),
        sa.Column("iin_hash", sa.LargeBinary(), nullable=True),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("totp_secret", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("suspended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("pseudonym", name=op.f("uq_person_pseudonym")),
    )
    op.create_index(op.f("ix_person_search_name"), "person", ["search_name"], unique=False)
    op.create_index(op.f("ix_person_sort_key"), "person", ["sort_key"], unique=False)
    op.create_index(
        "uq_person_email",
        "person",
        ["email"],
        unique=True,
        sqlite_where=sa.text("email IS NOT NULL"),
        postgresql_where=sa.text("email IS NOT NULL"),
    )
    op.create_index(
        "uq_person_iin_hash",
        "person",
        ["iin_hash"],
        unique=True,
        sqlite_where=sa.text("iin_hash IS NOT NULL"),
        postgresql_where=sa.text("iin_hash IS NOT NULL"),
    )
    op.create_index(
        "uq_person_login_name",
        "person",
        ["login_name"],
        unique=True,
        sqlite_where=sa.text("login_name IS NOT NULL"),
        postgresql_where=sa.text("login_name IS NOT NULL"),
    )
    op.create_table(
        "region",
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.Column("name_kk", sa.Text(), nullable=False),
        sa.Column("name_ru", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_region")),
    )
    op.create_table(
        "state_body",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_state_body")),
        sa.UniqueConstraint("code", name=op.f("uq_state_body_code")),
    )
    op.create_table(
        "centre_term",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("centre_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("region_code", sa.String(length=80), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("signatory", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("name_kk", sa.Text(), nullable=False),
        sa.Column("name_ru", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["centre_id"], ["centre.id"], name=op.f("fk_centre_term_centre_id")),
        sa.ForeignKeyConstraint(["region_code"], ["region.code"], name=op.f("fk_centre_term_region_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_centre_term")),
    )
    op.create_index(op.f("ix_centre_term_centre_id"), "centre_term", ["centre_id"], unique=False)
    op.create_index(
        "uq_centre_term_current",
        "centre_term",
        ["centre_id"],
        unique=True,
        sqlite_where=sa.text("superseded_at IS NULL"),
        postgresql_where=sa.text("superseded_at IS NULL"),
    )
    op.create_table(
        "employment",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("centre_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("state_body_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("category", sa.String(length=80), nullable=False),
        sa.Column("position", sa.Text(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_employment_ends_after_start")),
        sa.ForeignKeyConstraint(["centre_id"], ["centre.id"], name=op.f("fk_employment_centre_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_employment_person_id")),
        sa.ForeignKeyConstraint(["state_body_id"], ["state_body.id"], name=op.f("fk_employment_state_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employment")),
    )
    op.create_index(
        "ix_employment_centre",
        "employment",
        ["centre_id", "person_id"],
        unique=False,
        sqlite_where=sa.text("superseded_at IS NULL AND ends_on IS NULL"),
        postgresql_where=sa.text("superseded_at IS NULL AND ends_on IS NULL"),
    )
    op.create_index("ix_employment_person", "employment", ["person_id", "starts_on"], unique=False)
    op.create_index(
        "uq_employment_open",
        "employment",
        ["person_id"],
        unique=True,
        sqlite_where=sa.text("superseded_at IS NULL AND ends_on IS NULL"),
        postgresql_where=sa.text("superseded_at IS NULL AND ends_on IS NULL"),
    )
    op.create_table(
        "sign_in",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("device", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_sign_in_person_id")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_sign_in")),
    )
    op.create_index(op.f("ix_sign_in_person_id"), "sign_in", ["person_id"], unique=False)
    op.create_table(
        "state_body_term",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("state_body_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("parent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("region_code", sa.String(length=80), nullable=False),
        sa.Column("level", sa.String(length=80), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("name_kk", sa.Text(), nullable=False),
        sa.Column("name_ru", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.CheckConstraint("level IN ('central', 'oblast', 'district')", name=op.f("ck_state_body_term_level_known")),
        sa.CheckConstraint("parent_id <> state_body_id", name=op.f("ck_state_body_term_not_its_own_parent")),
        sa.ForeignKeyConstraint(["parent_id"], ["state_body.id"], name=op.f("fk_state_body_term_parent_id")),
        sa.ForeignKeyConstraint(["region_code"], ["region.code"], name=op.f("fk_state_body_term_region_code")),
        sa.ForeignKeyConstraint(["state_body_id"], ["state_body.id"], name=op.f("fk_state_body_term_state_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_state_body_term")),
    )
    op.create_index(op.f("ix_state_body_term_parent_id"), "state_body_term", ["parent_id"], unique=False)
    op.create_index(op.f("ix_state_body_term_state_body_id"), "state_body_term", ["state_body_id"], unique=False)
    op.create_index(
        "uq_state_body_term_current",
        "state_body_term",
        ["state_body_id"],
        unique=True,
        sqlite_where=sa.text("superseded_at IS NULL"),
        postgresql_where=sa.text("superseded_at IS NULL"),
    )
    region = sa.table("region", *(sa.column(name) for name in ("code", "name_kk", "name_ru", "name_en")))
    op.bulk_insert(region, [dict(zip(("code", "name_kk", "name_ru", "name_en"), row, strict=True)) for row in REGIONS])


def downgrade() -> None:
    op.drop_index(
        "uq_state_body_term_current",
        table_name="state_body_term",
        sqlite_where=sa.text("superseded_at IS NULL"),
        postgresql_where=sa.text("superseded_at IS NULL"),
    )
    op.drop_index(op.f("ix_state_body_term_state_body_id"), table_name="state_body_term")
    op.drop_index(op.f("ix_state_body_term_parent_id"), table_name="state_body_term")
    op.drop_table("state_body_term")
    op.drop_index(op.f("ix_sign_in_person_id"), table_name="sign_in")
    op.drop_table("sign_in")
    op.drop_index(
        "uq_employment_open",
        table_name="employment",
        sqlite_where=sa.text("superseded_at IS NULL AND ends_on IS NULL"),
        postgresql_where=sa.text("superseded_at IS NULL AND ends_on IS NULL"),
    )
    op.drop_index("ix_employment_person", table_name="employment")
    op.drop_index(
        "ix_employment_centre",
        table_name="employment",
        sqlite_where=sa.text("superseded_at IS NULL AND ends_on IS NULL"),
        postgresql_where=sa.text("superseded_at IS NULL AND ends_on IS NULL"),
    )
    op.drop_table("employment")
    op.drop_index(
        "uq_centre_term_current",
        table_name="centre_term",
        sqlite_where=sa.text("superseded_at IS NULL"),
        postgresql_where=sa.text("superseded_at IS NULL"),
    )
    op.drop_index(op.f("ix_centre_term_centre_id"), table_name="centre_term")
    op.drop_table("centre_term")
    op.drop_table("state_body")
    op.drop_table("region")
    op.drop_index(
        "uq_person_login_name",
        table_name="person",
        sqlite_where=sa.text("login_name IS NOT NULL"),
        postgresql_where=sa.text("login_name IS NOT NULL"),
    )
    op.drop_index(
        "uq_person_iin_hash",
        table_name="person",
        sqlite_where=sa.text("iin_hash IS NOT NULL"),
        postgresql_where=sa.text("iin_hash IS NOT NULL"),
    )
    op.drop_index(
        "uq_person_email",
        table_name="person",
        sqlite_where=sa.text("email IS NOT NULL"),
        postgresql_where=sa.text("email IS NOT NULL"),
    )
    op.drop_index(op.f("ix_person_sort_key"), table_name="person")
    op.drop_index(op.f("ix_person_search_name"), table_name="person")
    op.drop_table("person")
    op.drop_table("centre")
