"""Opens a ZIP of CSV files as a stranger would (zipfile, csv) and prints their rows as JSON, by the files' names.

    python open_archive.py ledgers.zip
"""

import csv
import io
import json
import sys
import zipfile

with zipfile.ZipFile(sys.argv[1]) as archive:
    broken = archive.testzip()
    if broken is not None:
        sys.exit(f"{broken} is damaged")
    texts = {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}
print(json.dumps({name: list(csv.reader(io.StringIO(text, newline=""))) for name, text in texts.items()}, ensure_ascii=False))
