"""The journal: what happened, in SQL: questions without their authors, misses, feedback, server settings, answers and the facts they used.

It imports nothing of the other rooms, and no answer waits for it.
"""
