#!/usr/bin/env python3
"""Slips of the pen in the shipped report are found, and what is taken out is missed by name.

Every figure of the nine tables that is not 0 is changed by each of four slips (+1.00, the sign, a dropped digit, ten times): of each
slip at least 97% must make a rule of severity error or verify fail that did not fail before.
Every figure of the nine tables is taken out (absent, "-", "###", null): verdicts that rest on it cannot tell, and say which it was.
All variants go through one run.   usage: slips.py HENG ROOT [--misses]
"""
import collections
import copy
import decimal
import json
import pathlib
import subprocess
import sys
import tempfile

heng, root = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2])
tell_all = "--misses" in sys.argv
least = 0.97
report = json.loads((root / "rules/samples/青岛市人民政府办公厅-2024.json").read_text(encoding="utf-8"))
tables = [f"公开0{n}" for n in range(1, 10)]
words = {"科目代码", "科目名称"}


def figures(value, path):
    """Paths of all figures below: lists of keys and indices."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in items:
        if isinstance(inner, (dict, list)) and "value" not in inner:
            yield from figures(inner, path + [key])
        elif key not in words:
            yield path + [key]


def at(document, path):
    for key in path:
        document = document[key]
    return document


def printed(cell):
    return str(cell["value"] if isinstance(cell, dict) else cell)


def number(cell):
    return decimal.Decimal(printed(cell).replace(",", ""))


def more(value):
    return value + 1


def sign(value):
    return -value


def ten_times(value):
    return value * 10


def dropped_digit(value):
    """Without one of its digits, the one in the middle for choice; as many decimals as before."""
    text, places = str(value), range(len(str(value)))
    for place in sorted(places, key=lambda i: abs(i - len(text) // 2)):
        if text[place].isdigit():
            shorter = text[:place] + text[place + 1:]
            if any(c.isdigit() for c in shorter.split(".")[0]) and decimal.Decimal(shorter) != value:
                return decimal.Decimal(shorter)
    return None  # 5.00: no digit can be dropped


slips = {"+1.00": more, "sign": sign, "dropped digit": dropped_digit, "ten times": ten_times}
absent = object()
ways_out = {"absent": absent, "dash": "-", "unreadable": "###", "null": None}


def changed(path, value):
    variant = copy.deepcopy(report)
    cell = at(variant, path[:-1])
    if value is absent:
        del cell[path[-1]]
    elif isinstance(value, decimal.Decimal):
        cell[path[-1]] = f"{value:.{max(-value.as_tuple().exponent, 2)}f}"
    else:
        cell[path[-1]] = value
    return variant


def run(variants):
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "variants.ndjson"
        with file.open("w", encoding="utf-8") as out:
            for variant in variants:
                out.write(json.dumps(variant, ensure_ascii=False) + "\n")
        done = subprocess.Popen([heng, "run", "rules", file, "--format", "ndjson", "--details", "--lang", "en"], cwd=root,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for line in done.stdout:
            yield json.loads(line)
        if done.wait() not in (0, 1):
            sys.exit(f"heng run ended with {done.returncode}: {done.stderr.read().decode()[:2000]}")


def name(verdict):
    return verdict["ruleset"], verdict["rule"], verdict["case"], verdict["subject"]


def failing(result):
    return {name(v) for v in result["verdicts"] if v["verdict"] == "fails" and v["severity"] in ("error", "verify")}


def pointer(path):
    return "".join("/" + str(key).replace("~", "~0").replace("/", "~1") for key in path)


all_figures = [path for table in tables for path in figures(report[table], [table])]
trials = []  # what was done, to which figure, the variant
for path in all_figures:
    value = number(at(report, path))
    if value != 0:
        for slip, make in slips.items():
            wrong = make(value)
            if wrong is not None:
                trials.append((slip, path, changed(path, wrong)))
    for way, out in ways_out.items():
        trials.append((way, path, changed(path, out)))

results = run([report] + [variant for _, _, variant in trials])
before = next(results)
failed_before = failing(before)
resting_on = collections.defaultdict(set)  # figure → verdicts that rest on it
for verdict in before["verdicts"]:
    for source in verdict["sources"]:
        if verdict["verdict"] in ("holds", "fails"):
            resting_on[source["place"]["pointer"]].add(name(verdict))
problems = []
found, tried, misses = collections.Counter(), collections.Counter(), []
named, taken = collections.Counter(), collections.Counter()
for (what, path, variant), result in zip(trials, results, strict=True):
    where = pointer(path)
    if what in slips:
        tried[what] += 1
        if failing(result) - failed_before:
            found[what] += 1
        else:
            misses.append(f"{what}: {where} = {printed(at(report, path))} → {printed(at(variant, path))}")
        continue
    # Forms with `blank counts as 0` take a blank for 0, in lines also a cell that is not there.
    in_rows = any(isinstance(key, int) for key in path) or path[1] in ("合计", "人员经费合计", "公用经费合计")
    if path[0] != "公开09" and (what == "null" or (what == "absent" and not in_rows)):
        continue
    if not resting_on[where]:
        continue
    taken[what] += 1
    missed = [v for v in result["verdicts"] if v["verdict"] == "cannot_tell" and name(v) in resting_on[where]]
    label = path[-1] if not str(path[-1]).isdigit() else path[-1]
    if any(str(label) in v["reason"] for v in missed):
        named[what] += 1
    else:
        problems.append(f"{where} taken out ({what}): " + (f"not named in {missed[0]['reason']!r}" if missed else "nothing cannot tell"))

for slip in slips:
    share = found[slip] / tried[slip]
    print(f"{slip}: {found[slip]} of {tried[slip]} found, {share:.1%}")
    if share < least:
        problems.append(f"{slip}: only {share:.1%} found, at least {least:.0%} wanted")
for way in taken:
    print(f"{way}: {named[way]} of {taken[way]} named")
if tell_all or problems:
    print("\n".join(misses))
for problem in problems[:50]:
    print(problem)
sys.exit(1 if problems else 0)
