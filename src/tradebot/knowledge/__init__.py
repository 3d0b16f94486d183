"""Knowledge: files become one snapshot, with every mistake in them told at its line and column.

    csv_files, yaml_files ─▶ models_*, places, words, definitions ─▶ snapshot.Knowledge
    record_*   the statistical record: the only way to numbers of trade
    article    the newsletter: what it says, and where the record says otherwise
    tariff_*   events of the tariff record, and what held on a day as known on a day

`figures` and `periods` are the words that all rooms share; `problems` collects what is wrong.
"""
