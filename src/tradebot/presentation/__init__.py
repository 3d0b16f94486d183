"""Presentation: an Answer becomes a Card, and a card plain text or a drawing in the terminal.

    Answer ─ render (templates, voice) ─▶ words with the figures behind them ─ card ─▶ Card ─▶ plain, terminal, Discord

`voice` is the only place that turns numbers, periods, dates and names into words; `reply` is what leaves the desk.
"""
