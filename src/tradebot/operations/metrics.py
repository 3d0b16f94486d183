"""What is counted, for Prometheus: names, help and labels in one place; no label ever holds what somebody wrote."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest

LATENCIES = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)
LAGS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0)


class Metrics:
    """All counters of one process. Gauges are set when somebody looks."""

    def __init__(self) -> None:
        self.registry = held = CollectorRegistry()
        ProcessCollector(registry=held)
        self.questions = Counter("tradebot_questions", "Questions by what became of them", ["outcome", "intent"], registry=held)
        self.latency = Histogram("tradebot_answer_seconds", "Time from question to reply", buckets=LATENCIES, registry=held)
        self.misses = Counter("tradebot_misses", "Questions that were asked of the bot and not answered", registry=held)
        self.reconnects = Counter("tradebot_reconnects", "Gateway connections that ended or came back", ["kind"], registry=held)
        self.restarts = Counter("tradebot_restarts", "Lives of the bot that ended in an error", registry=held)
        self.malformed = Counter("tradebot_malformed_events", "Gateway events that could not be read", registry=held)
        self.lag = Histogram("tradebot_loop_lag_seconds", "How long the event loop was busy with one thing", buckets=LAGS, registry=held)
        self.journal_pending = Gauge("tradebot_journal_pending", "Entries waiting to be written", registry=held)
        self.journal_lost = Gauge("tradebot_journal_lost", "Entries that could not be written since the start", registry=held)
        self.charts_pending = Gauge("tradebot_charts_pending", "Pictures waiting to be drawn", registry=held)
        self.servers = Gauge("tradebot_servers", "Discord servers this process is in", registry=held)
        self.heartbeat_age = Gauge("tradebot_heartbeat_age_seconds", "Time since the gateway last answered, oldest shard", registry=held)
        self.knowledge = Gauge("tradebot_knowledge", "1 for the revision that answers are given from", ["revision"], registry=held)

    def answered(self, outcome: str, intent: str | None, seconds: float) -> None:
        """One question, whatever came of it."""
        self.questions.labels(outcome, intent or "none").inc()
        self.latency.observe(seconds)
        if outcome in {"refuse", "clarify"}:
            self.misses.inc()

    def text(self) -> bytes:
        """The exposition format."""
        return generate_latest(self.registry)
