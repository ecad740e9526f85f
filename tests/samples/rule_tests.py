#!/usr/bin/env python3
"""The tests written in the shipped rules are met; with the samples they notice the mutants of the rules but those named as
equivalent, each of which is one (2% at most), and reach every verdict, arm, loss, item and band.

usage: rule_tests.py HENG ROOT [RULES]   (RULES: else all of rules)
"""
import subprocess
import sys

heng, root = sys.argv[1:3]
rules = sys.argv[3] if len(sys.argv) > 3 else "rules"
samples = "rules/samples"


def run(*words):
    return subprocess.run([heng, "test", rules, *words, "--lang", "en"], cwd=root, capture_output=True, text=True)


failed = False
for done in (run(), run("--coverage", samples, "--threshold", "100"), run("--mutate", samples, "--threshold", "100")):
    print("\n".join(done.stdout.splitlines()[-60 if done.returncode else -5 :]), done.stderr)
    failed = failed or done.returncode != 0
sys.exit(failed)
