"""tradebot answers questions about US goods trade from files its moderators own."""

__version__ = "0.1.0"
