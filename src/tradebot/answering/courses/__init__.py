"""Courses: how figures go over the years, quarters and months, and whose moved.

trend ─▶ steps (rises and falls), crossing (an amount), growth_rate, average        movers, turned, always: of whom, among all partners
"""
