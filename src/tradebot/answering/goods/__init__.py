"""Goods: what is traded. Products are HS chapters, or sectors that stand for one or several of them.

parts ─▶ chapters (of a partner), suppliers (of a product), products (the family that chooses)
"""
