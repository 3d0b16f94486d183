"""What models of files have in common: unknown fields are refused, and nothing changes what was read."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class FileModel(BaseModel):
    """A file of the knowledge, or a part of one."""

    model_config = ConfigDict(extra="forbid", frozen=True)
