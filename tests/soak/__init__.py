"""The soak: the real bot for minutes or hours, everything going wrong at random, and a ledger of what must hold.

people (questions, commands, taps) ─▶ Loopback ◀─ weather (faults, by seed)
                                        │
                     the bot, a process of its own ─▶ ledger ─▶ report
"""
