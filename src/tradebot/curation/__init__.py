"""Curation: how an edit becomes a revision: drafts, checks, differences, previews, publishing, rollback.

files or a draft ─▶ check ─▶ difference, preview ─▶ a commit ─▶ Edition ─▶ Desk.swap
"""
