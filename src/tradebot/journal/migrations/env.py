"""Where Alembic runs the steps: on the connection that `database.migrate` hands over, in its transaction."""

from alembic import context

from tradebot.journal.tables import Base

context.configure(connection=context.config.attributes["connection"], target_metadata=Base.metadata, render_as_batch=True)
context.run_migrations()
