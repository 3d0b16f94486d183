"""The first tables: questions, messages with their facts, complaints, servers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

MOMENT = sa.DateTime(timezone=True)
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _questions()
    _complaints()
    _messages()
    _facts()
    _servers()


def downgrade() -> None:
    op.drop_table("facts")
    op.drop_table("servers")
    op.drop_table("questions")
    op.drop_table("messages")
    op.drop_table("complaints")


def _questions() -> None:
    op.create_table(
        "questions",
        sa.Column("id", KEY, nullable=False, comment="A number of the row"),
        sa.Column("asked_at", MOMENT, nullable=False, comment="When it was asked"),
        sa.Column("guild_id", sa.BigInteger(), nullable=True, comment="The server, none in a direct message"),
        sa.Column("surface", sa.Text(), nullable=False, comment="How it was asked: mention, slash, button, …"),
        sa.Column("text", sa.Text(), nullable=False, comment="The question"),
        sa.Column("outcome", sa.Text(), nullable=False, comment="What came of it: answer, clarify, refuse, …"),
        sa.Column("intent", sa.Text(), nullable=True, comment="What it was understood to ask for"),
        sa.Column("missed", sa.Text(), nullable=False, comment="What was not understood, in lower case; empty where there is an answer"),
        sa.Column("reason", sa.Text(), nullable=False, comment="Why there is no answer"),
        sa.Column("answer_id", sa.Text(), nullable=False, comment="The number of the answer"),
        sa.Column("revision", sa.Text(), nullable=False, comment="The revision of the knowledge that answered"),
        sa.Column("today", sa.Date(), nullable=False, comment="The day the answer took for today"),
        sa.Column("asked_json", sa.Text(), nullable=True, comment="The question as it was understood"),
        sa.Column("before_json", sa.Text(), nullable=True, comment="The question before it in the same conversation, as it was understood"),
        sa.Column("settled_at", MOMENT, nullable=True, comment="When a moderator dealt with what was missed"),
        sa.PrimaryKeyConstraint("id"),
        comment="Questions that were replied to, without who asked",
    )
    op.create_index("ix_questions_answer_id", "questions", ["answer_id"])
    op.create_index("ix_questions_asked_at", "questions", ["asked_at"])
    op.create_index("ix_questions_missed", "questions", ["missed"])


def _complaints() -> None:
    op.create_table(
        "complaints",
        sa.Column("id", KEY, nullable=False, comment="A number of the row"),
        sa.Column("at", MOMENT, nullable=False, comment="When it was marked"),
        sa.Column("answer_id", sa.Text(), nullable=False, comment="The number of the answer"),
        sa.Column("text", sa.Text(), nullable=False, comment="The question"),
        sa.Column("note", sa.Text(), nullable=False, comment="What the person wrote about it"),
        sa.Column("author_id", sa.BigInteger(), nullable=False, comment="Who marked it"),
        sa.Column("guild_id", sa.BigInteger(), nullable=True, comment="The server, none in a direct message"),
        sa.Column("settled_at", MOMENT, nullable=True, comment="When a moderator dealt with it"),
        sa.PrimaryKeyConstraint("id"),
        comment="Answers that somebody marked as wrong, with who did, so that they can be told",
    )
    op.create_index("ix_complaints_at", "complaints", ["at"])
    op.create_index("ix_complaints_author_id", "complaints", ["author_id"])


def _messages() -> None:
    op.create_table(
        "messages",
        sa.Column("message_id", sa.BigInteger(), autoincrement=False, nullable=False, comment="The bot's message"),
        sa.Column("channel_id", sa.BigInteger(), nullable=False, comment="Its channel"),
        sa.Column("guild_id", sa.BigInteger(), nullable=True, comment="Its server, none in a direct message"),
        sa.Column("answer_id", sa.Text(), nullable=False, comment="The number of the answer it shows"),
        sa.Column("revision", sa.Text(), nullable=False, comment="The revision of the knowledge that answered"),
        sa.Column("at", MOMENT, nullable=False, comment="When it was posted"),
        sa.Column("corrected", sa.Text(), nullable=True, comment="The revision it was corrected to"),
        sa.PrimaryKeyConstraint("message_id"),
        comment="Messages of the bot that show an answer, so that they can be corrected",
    )
    op.create_index("ix_messages_at", "messages", ["at"])


def _facts() -> None:
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


def _servers() -> None:
    op.create_table(
        "servers",
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False, comment="The server"),
        sa.Column("greeted_at", MOMENT, nullable=True, comment="When the bot introduced itself there"),
        sa.Column("answer_channels", sa.JSON(), nullable=False, comment="Channels where questions need no mention"),
        sa.Column("mentions", sa.Boolean(), nullable=False, comment="Whether it answers mentions elsewhere"),
        sa.Column("charts", sa.Boolean(), nullable=False, comment="Whether an answer shows its chart at once"),
        sa.Column("surface", sa.Text(), nullable=False, comment="How answers look: cards, embed or text"),
        sa.Column("numbers", sa.Text(), nullable=True, comment="The language of numbers and dates, none for the reader's"),
        sa.Column("quiet_from", sa.Time(), nullable=True, comment="When the quiet hours begin"),
        sa.Column("quiet_to", sa.Time(), nullable=True, comment="When they end"),
        sa.Column("time_zone", sa.Text(), nullable=False, comment="The time zone of the quiet hours"),
        sa.Column("corrections", sa.BigInteger(), nullable=False, comment="How many of its answers a publish may correct in a day"),
        sa.PrimaryKeyConstraint("guild_id"),
        comment="What servers have set, and which were greeted",
    )
