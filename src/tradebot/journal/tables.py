"""The tables of the journal. Every column says in its comment what it holds; PostgreSQL keeps the comments too."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Integer, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator


class Moment(TypeDecorator[dt.datetime]):
    """An aware moment, in UTC; SQLite keeps no time zone, so it is put back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, _: Dialect) -> dt.datetime | None:
        return value.astimezone(dt.UTC) if value else None

    def process_result_value(self, value: dt.datetime | None, _: Dialect) -> dt.datetime | None:
        return value.replace(tzinfo=value.tzinfo or dt.UTC) if value else None


class Words(TypeDecorator[str]):
    """Text as people type it, without what no database takes: NUL and halves of surrogate pairs."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, _: Dialect) -> str | None:
        return value.replace("\0", "").encode("utf-8", "replace").decode() if value else value


class Base(DeclarativeBase):
    type_annotation_map = {str: Text, int: BigInteger, dt.datetime: Moment, list[int]: JSON, dict[str, float]: JSON}  # noqa: RUF012 - SQLAlchemy's hook


def _key(comment: str) -> Any:
    """A number that the database gives; SQLite counts by itself only where the type is INTEGER."""
    return mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True, comment=comment)


class Question(Base):
    __tablename__ = "questions"
    __table_args__ = {"comment": "Questions that were replied to, without who asked"}  # noqa: RUF012 - SQLAlchemy's hook

    id: Mapped[int] = _key("A number of the row")
    asked_at: Mapped[dt.datetime] = mapped_column(index=True, comment="When it was asked")
    guild_id: Mapped[int | None] = mapped_column(comment="The server, none in a direct message")
    surface: Mapped[str] = mapped_column(comment="How it was asked: mention, slash, button, …")
    text: Mapped[str] = mapped_column(Words, comment="The question")
    outcome: Mapped[str] = mapped_column(comment="What came of it: answer, clarify, refuse, …")
    intent: Mapped[str | None] = mapped_column(comment="What it was understood to ask for")
    missed: Mapped[str] = mapped_column(Words, index=True, comment="What was not understood, in lower case; empty where there is an answer")
    reason: Mapped[str] = mapped_column(comment="Why there is no answer")
    answer_id: Mapped[str] = mapped_column(index=True, comment="The number of the answer")
    revision: Mapped[str] = mapped_column(comment="The revision of the knowledge that answered")
    today: Mapped[dt.date] = mapped_column(comment="The day the answer took for today")
    asked_json: Mapped[str | None] = mapped_column(Words, comment="The question as it was understood")
    before_json: Mapped[str | None] = mapped_column(Words, comment="The question before it in the same conversation, as it was understood")
    settled_at: Mapped[dt.datetime | None] = mapped_column(comment="When a moderator dealt with what was missed")


class Message(Base):
    __tablename__ = "messages"
    __table_args__ = {"comment": "Messages of the bot that show an answer, so that they can be corrected"}  # noqa: RUF012

    message_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, comment="The bot's message")
    channel_id: Mapped[int] = mapped_column(comment="Its channel")
    guild_id: Mapped[int | None] = mapped_column(comment="Its server, none in a direct message")
    answer_id: Mapped[str] = mapped_column(comment="The number of the answer it shows")
    revision: Mapped[str] = mapped_column(comment="The revision of the knowledge that answered")
    at: Mapped[dt.datetime] = mapped_column(index=True, comment="When it was posted")
    corrected: Mapped[str | None] = mapped_column(comment="The revision it was corrected to")
    corrected_at: Mapped[dt.datetime | None] = mapped_column(comment="When it was corrected")
    facts: Mapped[dict[str, float]] = mapped_column(
        server_default="{}", comment="The figures that its answer rests on, with their values at the time"
    )


class Complaint(Base):
    __tablename__ = "complaints"
    __table_args__ = {"comment": "Answers that somebody marked as wrong, with who did, so that they can be told"}  # noqa: RUF012

    id: Mapped[int] = _key("A number of the row")
    at: Mapped[dt.datetime] = mapped_column(index=True, comment="When it was marked")
    answer_id: Mapped[str] = mapped_column(comment="The number of the answer")
    text: Mapped[str] = mapped_column(Words, comment="The question")
    note: Mapped[str] = mapped_column(Words, comment="What the person wrote about it")
    author_id: Mapped[int] = mapped_column(index=True, comment="Who marked it")
    guild_id: Mapped[int | None] = mapped_column(comment="The server, none in a direct message")
    settled_at: Mapped[dt.datetime | None] = mapped_column(comment="When a moderator dealt with it")


class Server(Base):
    __tablename__ = "servers"
    __table_args__ = {"comment": "What servers have set, and which were greeted"}  # noqa: RUF012

    guild_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, comment="The server")
    greeted_at: Mapped[dt.datetime | None] = mapped_column(comment="When the bot introduced itself there")
    answer_channels: Mapped[list[int]] = mapped_column(comment="Channels where questions need no mention")
    mentions: Mapped[bool] = mapped_column(comment="Whether it answers mentions elsewhere")
    charts: Mapped[bool] = mapped_column(comment="Whether an answer shows its chart at once")
    surface: Mapped[str] = mapped_column(comment="How answers look: cards, embed or text")
    numbers: Mapped[str | None] = mapped_column(comment="The language of numbers and dates, none for the reader's")
    quiet_from: Mapped[dt.time | None] = mapped_column(comment="When the quiet hours begin")
    quiet_to: Mapped[dt.time | None] = mapped_column(comment="When they end")
    time_zone: Mapped[str] = mapped_column(comment="The time zone of the quiet hours")
    corrections: Mapped[int] = mapped_column(comment="How many of its answers a publish may correct in a day")
