"""`tradebot health`: one request to the bot's own /readyz, and an exit code for whoever restarts it."""

from __future__ import annotations

import http.client

import click

SECONDS = 3.0


def ask_health(status: str) -> int:
    """0 when the bot answers people, 1 when it does not."""
    host, _, port = status.rpartition(":")
    connection = http.client.HTTPConnection(host if host not in {"", "0.0.0.0", "[::]"} else "127.0.0.1", int(port), timeout=SECONDS)  # noqa: S104
    try:
        connection.request("GET", "/readyz")
        answer = connection.getresponse()
        click.echo(answer.read().decode("utf-8", "replace"))
    except OSError as error:
        click.echo(f"The bot does not answer at {status}: {error}.", err=True)
        return 1
    finally:
        connection.close()
    return 0 if answer.status == http.client.OK else 1
