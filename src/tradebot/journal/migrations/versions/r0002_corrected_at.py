"""When a message was corrected, so that a server's limit holds over restarts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    column = sa.Column("corrected_at", sa.DateTime(timezone=True), nullable=True, comment="When it was corrected")
    op.add_column("messages", column)


def downgrade() -> None:
    op.drop_column("messages", "corrected_at")
