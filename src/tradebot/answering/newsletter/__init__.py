"""What the newsletter says: its figures beside the record's, its views attributed, its claims checked.

quotes ─▶ beside an answer of the record        observed_world ─▶ observations, checked: answers of their own
"""
