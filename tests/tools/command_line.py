#!/usr/bin/env python3
"""The program as people use it at a terminal: sessions/*.txt hold commands and, whole, what each of them answers.

usage: command_line.py HENG ROOT            (HENG_REWRITE=1: write the answers down anew; review the difference like code)

A line that begins with "$ " is a command of the shell. Below it stand its standard output as it is, its standard error behind
"! ", and "[1]" where the exit code is not 0. "### " begins a remark. Each session has a copy of data/ of its own to write in.
"""
import difflib
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

heng, root = (pathlib.Path(argument).resolve() for argument in sys.argv[1:3])
here = pathlib.Path(__file__).resolve().parent
plain = {key: value for key, value in os.environ.items()
         if key not in ("HENG_LANG", "LANG", "LC_ALL", "LC_MESSAGES", "NO_COLOR", "TERM")}


def answer(command, folder, programs):
    environment = dict(plain, PATH="%s:%s" % (programs, plain["PATH"]), ROOT=str(root))
    run = subprocess.run(["bash", "-o", "pipefail", "-c", command], cwd=folder, env=environment, capture_output=True)
    lines = run.stdout.decode("utf-8", "backslashreplace").splitlines()
    lines += ["! " + line for line in run.stderr.decode("utf-8", "backslashreplace").splitlines()]
    return lines + (["[%d]" % run.returncode] if run.returncode else [])


def replay(session, programs):
    told = []
    with tempfile.TemporaryDirectory() as place:
        folder = pathlib.Path(place) / "data"
        shutil.copytree(here / "data", folder)
        for line in session.read_text(encoding="utf-8").splitlines():
            if line.startswith("$ "):
                told += ["", line] + answer(line[2:], folder, programs)
            elif line.startswith("### "):
                told += ["", line]
    return "\n".join(told[1:]) + "\n"


wrong = 0
with tempfile.TemporaryDirectory() as programs:
    os.symlink(heng, os.path.join(programs, "heng"))
    sessions = sorted((here / "sessions").glob("*.txt"))
    for session in sessions:
        told, expected = replay(session, programs), session.read_text(encoding="utf-8")
        if told == expected:
            continue
        if os.environ.get("HENG_REWRITE"):
            session.write_text(told, encoding="utf-8")
            continue
        wrong += 1
        sys.stdout.writelines(difflib.unified_diff(expected.splitlines(True), told.splitlines(True), str(session), "now"))
print("%d sessions, %d differ" % (len(sessions), wrong))
sys.exit(1 if wrong else 0)
