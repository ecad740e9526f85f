#!/usr/bin/env python3
"""The three shipped sets are short enough to be read aloud: under 400 lines of rules, none wider than 120 columns, written as
`heng fmt` writes them. Forms and records have files of their own; comments, blank lines and tests are not counted.

usage: rule_lines.py HENG ROOT
"""
import pathlib
import subprocess
import sys
import unicodedata

heng, root = sys.argv[1], pathlib.Path(sys.argv[2])
files = [root / "rules" / name / "2024.heng" for name in ("部门决算", "部门评价", "项目支出绩效自评")]
MOST_LINES, WIDEST = 400, 120


def width(line):
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in line)


def rules_of(text):
    """The lines that say something, without those of tests."""
    in_test = False
    for line in text.splitlines():
        in_test = in_test or line.startswith(("测试 ", "test "))
        ended = in_test and line.endswith("}") and not line.startswith(" ")
        if line.strip() and not line.lstrip().startswith("#") and not in_test:
            yield line
        in_test = in_test and not ended


wrong = []
lines = {}
for file in files:
    text = file.read_text(encoding="utf-8")
    lines[file.parent.name] = len(list(rules_of(text)))
    wrong += ["%s:%d: %d columns" % (file, number, width(line)) for number, line in enumerate(text.splitlines(), 1) if width(line) > WIDEST]
total = sum(lines.values())
if total >= MOST_LINES:
    wrong.append("%d lines of rules: %s" % (total, lines))
if not 100 < total:
    wrong.append("%d lines are too few to be the rules" % total)
written_otherwise = subprocess.run([heng, "fmt", "--check", *map(str, files)], capture_output=True, text=True)
if written_otherwise.returncode != 0:
    wrong.append("not as heng fmt writes them: " + written_otherwise.stdout + written_otherwise.stderr)
print("\n".join(wrong) or "%d lines of rules: %s" % (total, lines))
sys.exit(1 if wrong else 0)
