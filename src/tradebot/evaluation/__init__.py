"""How well questions are answered, measured from what is expected of them.

JSON Lines ─▶ rows ─▶ Desk ─▶ judging ─▶ Run ─▶ report (a table, the failures by kind, what changed)
"""
