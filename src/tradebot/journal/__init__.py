"""The journal: what was asked, answered, marked wrong and set, in SQL (one SQLite file, or PostgreSQL for many processes).

    note(entry) ─▶ Writer (bounded queue, batches, backoff) ─▶ keeping ─┐
                                                                         ├─▶ Database (migrated when it is opened) ─▶ tables
    answer, misses, using, server, shown … ─▶ asked, posted, servers ───┘

Nothing waits for it: an entry that cannot be kept is counted, a read that fails or takes too long gives the default.
"""
