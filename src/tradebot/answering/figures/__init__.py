"""Figures: what a question is about, as figures of the record, and figures from figures.

areas, spans ─▶ standing, series      a partner or a group over a period; its place; its run of years
arithmetic                            sums, differences, shares, ranges, with their hedges
"""
