"""Orders: who stands where among the partners, in one period or over the years.

ranking ─▶ ranking_years, leaders (first places)        rank (of one) ─▶ rank_several, rank_years, places, passed        count, records
"""
