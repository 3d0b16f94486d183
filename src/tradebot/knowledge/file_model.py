"""What models of files have in common: unknown fields are refused, and nothing changes what was read."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict

K = TypeVar("K")
V = TypeVar("V")

Table = Annotated[Mapping[K, V], AfterValidator(MappingProxyType)]
"""A field that maps names to values: revisions share what was read, so that it is read-only as well."""


class FileModel(BaseModel):
    """A file of the knowledge, or a part of one."""

    model_config = ConfigDict(extra="forbid", frozen=True)
