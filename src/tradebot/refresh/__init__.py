"""Brings the statistical record up to date from the Census Bureau.

    country.xlsx ─▶ workbook ──┐
    (a URL: download first)    ├─▶ Reading ─▶ proposal ─▶ difference, doubts ─▶ a person says yes ─▶ writing
    Census API ─▶ census_api ──┘     (codes)     (tables)

Reading and writing are at the ends; what lies between them is computed from values. A line of the record is wholly
from one source: it is replaced when one of its figures changed or is new, and keeps its source when all agree.
"""
