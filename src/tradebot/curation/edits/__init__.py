"""Edits: each makes one change that a moderator asks for, in the one file where it belongs, and says what it did.

names (aliases) · figures (the record) · events (tariffs) · facts (the newsletter) · cards (definitions) ·
asking (phrases and tests of intents) · gaps (what is not held) · uploads (whole files, country.xlsx)

Every function here returns an Edit for Draft.apply.
"""
