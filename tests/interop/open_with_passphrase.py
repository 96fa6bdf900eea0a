"""Opens a file with the stock program age and a passphrase, which age takes from a terminal only.

    open_with_passphrase.py FILE PASSPHRASE    writes what was sealed to the standard output
"""

import os
import pty
import sys
import tempfile


def main() -> None:
    sealed, passphrase = sys.argv[1:]
    opened = os.path.join(tempfile.mkdtemp(), "opened")
    child, terminal = pty.fork()
    if child == 0:
        os.execvp("age", ["age", "--decrypt", "--output", opened, sealed])
    asked = b""
    try:
        while b"passphrase" not in asked.lower():
            asked += os.read(terminal, 1024)
        os.write(terminal, passphrase.encode() + b"\n")
        while os.read(terminal, 1024):
            pass
    except OSError:
        # Linux says so when the other end of a terminal is closed.
        pass
    if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0:
        sys.exit(f"age: {asked.decode(errors='replace')}")
    with open(opened, "rb") as file:
        sys.stdout.buffer.write(file.read())


main()
