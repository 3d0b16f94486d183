"""Shares: parts of a whole, what they were over the years, whose grew, and parts of a change."""
