"""Limits: what a file may be before anything reads it. The largest file of the packaged knowledge stands behind each number."""

from __future__ import annotations

MAX_BYTES = 8_000_000
"""Bytes of a knowledge file; names.csv and months.csv have one million."""
MAX_TEMPLATE_BYTES = 64_000
"""Bytes of a template; the largest has 9,000."""
MAX_DEPTH = 20
"""Levels of a YAML file; five are in use."""
MAX_VALUES = 30_000
"""Values of a YAML file; chapters.yaml has 4,000, and a million would take ten seconds to read."""
MAX_LINES = 30_000
"""Lines of a table of the record; months.csv has 17,000, and 400,000 would take five seconds to read."""
MAX_ROWS = 10_000
"""Lines of any other CSV file; names.csv has 5,000."""
MAX_PROBLEMS = 50
"""Problems told of one file: who has so many mends the first, and the rest is mostly the same mistake."""
MAX_SENTENCE = 400
"""Characters of a problem's sentence, which may quote what stands in the file."""
MAX_WORD = 60
"""Characters of a word for which near ones are looked for."""

MAX_WORKBOOK_BYTES = 20_000_000
"""Bytes of a workbook; country.xlsx has four million."""
MAX_UNPACKED = 100_000_000
"""Bytes of a workbook once unpacked; country.xlsx has 17 million."""
MAX_MEMBERS = 200
"""Files inside a workbook; country.xlsx has a dozen."""
