#!/usr/bin/env python3
"""The tests written in the shipped rules are met, and what is named as equivalent beside them is so: no line is stale, none is
misspelt, and they are few. Says how many mutants are noticed."""
import subprocess
import sys

heng, root = sys.argv[1:3]


def run(*words):
    return subprocess.run([heng, "test", "rules", *words, "--lang", "en"], cwd=root, capture_output=True, text=True)


tests = run()
mutants = run("--mutate", "rules/samples", "--threshold", "0")
for done in (tests, mutants):
    print("\n".join(done.stdout.splitlines()[-3:]), done.stderr)
sys.exit(1 if tests.returncode or mutants.returncode else 0)
