"""Pictures: a reply as a PNG with alt text, titled with the finding; nothing here is loaded before the first one is drawn.

Reply ─▶ Gallery.picture_soon (kept, off the event loop) ─▶ Picture(png, alt, title)
"""

from __future__ import annotations

from tradebot.pictures.drawable import asks_for_picture, drawable, pictured, usual
from tradebot.pictures.gallery import Gallery
from tradebot.pictures.picture import Kind, Picture

__all__ = ["Gallery", "Kind", "Picture", "asks_for_picture", "drawable", "pictured", "usual"]
