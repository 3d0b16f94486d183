"""The facts of a message in its own row: one row to write for an answer where there were twenty, each in two indexes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

MESSAGES = sa.table("messages", sa.column("message_id"), sa.column("facts"))
FACTS = sa.table("facts", sa.column("message_id"), sa.column("figure_id"), sa.column("value"))
GATHER = {"sqlite": sa.func.json_group_object, "postgresql": sa.func.json_object_agg}
SPREAD = {"sqlite": sa.func.json_each, "postgresql": sa.func.json_each_text}


def upgrade() -> None:
    comment = "The figures that its answer rests on, with their values at the time"
    op.add_column("messages", sa.Column("facts", sa.JSON(), nullable=False, server_default="{}", comment=comment))
    gathered = GATHER[op.get_bind().dialect.name](FACTS.c.figure_id, FACTS.c.value)
    theirs = FACTS.c.message_id == MESSAGES.c.message_id
    held = sa.select(gathered).where(theirs).scalar_subquery()
    op.execute(sa.update(MESSAGES).values(facts=held).where(sa.exists().where(theirs)))
    op.drop_table("facts")


def downgrade() -> None:
    op.create_table(
        "facts",
        sa.Column("message_id", sa.BigInteger(), nullable=False, comment="The message"),
        sa.Column("figure_id", sa.Text(), nullable=False, comment="The figure"),
        sa.Column("value", sa.Double(), nullable=False, comment="Its value at the time"),
        sa.ForeignKeyConstraint(["message_id"], ["messages.message_id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("message_id", "figure_id"),
        comment="The figures that the answer of a message rests on",
    )
    op.create_index("ix_facts_figure_id", "facts", ["figure_id"])
    spread = SPREAD[op.get_bind().dialect.name](MESSAGES.c.facts).table_valued("key", "value", joins_implicitly=True)
    every = sa.select(MESSAGES.c.message_id, spread.c.key, sa.cast(spread.c.value, sa.Double()))
    op.execute(sa.insert(FACTS).from_select(["message_id", "figure_id", "value"], every))
    op.drop_column("messages", "facts")
