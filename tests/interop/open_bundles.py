"""Opens what a server keeps with the stock program age, as docs/formats.md describes it, and prints the files of
each bundle that this key opens as JSON.

    open_bundles.py DATABASE KEY    KEY: a file with an AGE-SECRET-KEY-1…
"""

import io
import json
import sqlite3
import subprocess
import sys
import zipfile

# An age file follows the envelope's header.
HEADER = 206


def opened(sealed, key):
    age = subprocess.run(["age", "--decrypt", "--identity", key], input=sealed, capture_output=True)
    if age.returncode != 0:
        sys.exit(f"age: {age.stderr.decode(errors='replace')}")
    bundle = zipfile.ZipFile(io.BytesIO(age.stdout))
    return {name: bundle.read(name).decode() for name in bundle.namelist() if name != "padding"}


def main():
    database, key = sys.argv[1:]
    bodies = sqlite3.connect(database).execute("SELECT body FROM bundle ORDER BY received_at")
    print(json.dumps([opened(body[HEADER:], key) for (body,) in bodies], ensure_ascii=False))


main()
