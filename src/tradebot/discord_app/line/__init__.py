"""The line to Discord: what discord.py does not survive by itself.

steady (sessions, shards, events) ─ wire (REST again, with the same nonce) ─ intake (what is in flight) ─ endings (what no attempt can mend)
"""
