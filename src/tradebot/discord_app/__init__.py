"""The Discord room: events to questions, replies to messages; the only room that imports discord."""
