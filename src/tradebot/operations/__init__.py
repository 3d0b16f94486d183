"""Operations: what keeps a process running and seen: logs, metrics, health, supervision."""
