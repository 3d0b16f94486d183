"""Tariffs, computed from dated events: what holds on a day, what ended, and why.

lines ─▶ picture ─▶ status, products, laws, rates, timeline, lists        steps ─▶ timeline
endings, brief: a sentence on what ended, or on what holds                effective_rate: the average by day
"""
