#!/usr/bin/env python3
"""What the shipped rules say when they are read back, with their trials, kept whole in both languages (read_back_*.txt).

usage: read_back.py HENG ROOT
HENG_REWRITE=1 writes the files anew; review the diff like code.
"""
import difflib
import os
import pathlib
import subprocess
import sys

heng, root = sys.argv[1], pathlib.Path(sys.argv[2])
failed = False
for language in ("zh", "en"):
    run = subprocess.run([heng, "check", "rules", "--read-back", "--lang", language], cwd=root, capture_output=True, text=True)
    if run.returncode != 0:
        sys.exit(run.stderr + run.stdout)
    # Files, not lines: what stands where is no part of what is said.
    said = "\n".join(line.split("    rules/")[0] for line in run.stdout.splitlines()[:-1]) + "\n"
    kept = root / "tests" / "samples" / f"read_back_{language}.txt"
    if os.environ.get("HENG_REWRITE"):
        kept.write_text(said, encoding="utf-8")
    difference = list(difflib.unified_diff(kept.read_text(encoding="utf-8").splitlines(), said.splitlines(), str(kept), "now", lineterm=""))
    failed |= bool(difference)
    print("\n".join(difference))
if failed:
    sys.exit("read back otherwise than kept; if that is right: HENG_REWRITE=1 ctest -R read_back")
