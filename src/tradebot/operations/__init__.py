"""Running for months: what keeps the bot up, and what shows how it is. Knows nothing of Discord or trade.

supervisor (lives, backoff) ─▶ one life of the bot ─▶ metrics, health ─▶ whoever watches
shards, turns: which part of the bot this process is, and when it may begin
"""
