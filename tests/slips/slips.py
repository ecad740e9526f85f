#!/usr/bin/env python3
"""Slips of the pen in the shipped report are found, and what is taken out is missed by name.

Every figure that is not 0 is changed by each of four slips (+1.00, the sign, a dropped digit, ten times): of each slip at least 97% must
make a rule of severity error or verify fail that did not fail before, in the nine tables and in what the report says in words. Left out
are figures that no rule ties to others (`heng check --unread` names them, docs/coverage.md lists them), those at which a rule fails as
they stand, and the sign of years.
Every figure of the nine tables is taken out (absent, "-", "###", null): verdicts that rest on it cannot tell, and say which it was.
All variants go through one run, of which only the findings are read.   usage: slips.py HENG ROOT [--misses] [--every N]
--every N tries each N-th figure, for runs that take long (sanitizers).
"""
import argparse
import collections
import decimal
import json
import pathlib
import re
import subprocess
import sys
import threading

parser = argparse.ArgumentParser()
parser.add_argument("heng", type=pathlib.Path)
parser.add_argument("root", type=pathlib.Path)
parser.add_argument("--misses", action="store_true")
parser.add_argument("--every", type=int, default=1)
options = parser.parse_args()
heng = options.heng.resolve()
least = 0.97
sample = options.root / "rules/samples/青岛市人民政府办公厅-2024.json"
report = json.loads(sample.read_text(encoding="utf-8"))
tables = [f"公开0{n}" for n in range(1, 10)]
# What the report says in sentences, the summary of its projects, the report of the evaluation; the projects' own tables are rows of scores.
narrative = [key for key, value in report.items() if isinstance(value, (dict, list)) and key not in tables and key != "项目"]
words = {"科目代码", "科目名称", "印出", "序号"}  # 印出: what a form says of itself
figure = re.compile(r"-?[0-9][0-9,]*(\.[0-9]+)?")  # at the beginning of a printed value; its unit may follow


def figures(value, path):
    """Paths of all figures below: lists of keys and indices."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in items:
        if key in words:
            continue
        if isinstance(inner, (dict, list)) and "value" not in inner:
            yield from figures(inner, path + [key])
        elif path[0] in tables or figure.match(printed(inner)):
            yield path + [key]


def at(document, path):
    for key in path:
        document = document[key]
    return document


def printed(cell):
    return str(cell["value"] if isinstance(cell, dict) else cell)


def number(cell):
    return decimal.Decimal(figure.match(printed(cell))[0].replace(",", ""))


def more(value):
    return value + 1


def sign(value):
    return -value


def untied():
    """Paths of the figures that no equality of any rule holds, as the program knows them."""
    done = subprocess.run([heng, "check", "rules", "--unread", "--lang", "en"], cwd=options.root, capture_output=True, check=True)
    return {line.strip() for line in done.stdout.decode().splitlines() if line.startswith("  ")}


def rule_path(path):
    return ".".join(key for key in path if not isinstance(key, int))


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


def as_text(value):
    return json.dumps(value, ensure_ascii=False)


def as_written(path, value):
    """A figure of a table with two decimals at least; one that stands in words as it stood there, with its unit."""
    if not isinstance(value, decimal.Decimal):
        return value
    if path[0] in tables:
        return f"{value:.{max(-value.as_tuple().exponent, 2)}f}"
    return str(value) + figure.sub("", printed(at(report, path)), count=1)


# A variant differs in one table; the others are the same text in all of them.
texts = {key: f"{as_text(key)}:{as_text(value)}" for key, value in report.items()}


def variant(path, value):
    """The report as one line, with another value at the path. The report itself stays as it is."""
    holder, key, written = at(report, path[:-1]), path[-1], as_written(path, value)
    before, order = holder[key], list(holder.items()) if isinstance(holder, dict) else None
    if value is absent:
        del holder[key]
    else:
        holder[key] = written
    changed = f"{as_text(path[0])}:{as_text(report[path[0]])}"
    if order is None:
        holder[key] = before
    else:
        holder.clear()
        holder.update(order)
    return "{" + ",".join(changed if name == path[0] else text for name, text in texts.items()) + "}\n"


def start(*arguments):
    return subprocess.Popen([heng, "run", "rules", *arguments, "--lang", "en"], cwd=options.root, stdin=subprocess.PIPE,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8")


def must_end_well(run, complaint):
    if run.wait() not in (0, 1):
        sys.exit(f"heng run ended with {run.returncode}: {complaint[:2000]}")


def weigh_fully():
    """The report as it is, with everything that each verdict rests on."""
    run = start(str(sample.resolve()), "--format", "ndjson", "--details")
    out, complaint = run.communicate()
    must_end_well(run, complaint)
    return json.loads(out)


# A verdict by the words that every format prints of it; `reason` only where it cannot tell.
Finding = collections.namedtuple("Finding", "verdict severity reason")


def name(verdict):
    return verdict["ruleset"], verdict["title"], ",".join(verdict["refs"]), verdict["subject"]


def findings(trials):
    """Per variant its findings by name, in the order of the trials."""
    run = start("-", "--format", "plain")

    def write():
        with run.stdin:
            for _, path, value in trials:
                run.stdin.write(variant(path, value))

    complaint = []
    threads = [threading.Thread(target=write), threading.Thread(target=lambda: complaint.append(run.stderr.read()))]
    for thread in threads:
        thread.start()
    found = {}
    for line in run.stdout:
        kind, *cells = line.rstrip("\n").split("\t")
        if kind == "report":
            found = {}
        elif kind == "check":
            verdict, severity, ruleset, title, refs, subject = cells[:6]
            found[ruleset, title, refs, subject] = Finding(verdict, severity, cells[13])
        elif kind == "summary":
            wanted = int(cells[1]) + int(cells[2])
            counted = sum(one.verdict in ("fails", "cannot tell") for one in found.values())
            if counted != wanted:
                sys.exit(f"{wanted} findings are counted, {counted} are told apart")
            yield found
    for thread in threads:
        thread.join()
    must_end_well(run, complaint[0])


def failing(found):
    return {name for name, one in found.items() if one.verdict == "fails" and one.severity in ("error", "verify")}


def pointer(path):
    return "".join("/" + str(key).replace("~", "~0").replace("/", "~1") for key in path)


def part(path):
    return "tables" if path[0] in tables else "words"


loose, left_out = untied(), 0
trials, was = [], {}  # what is done, to which figure, what stands there instead; and what stood there
for path in [path for key in tables + narrative for path in figures(report[key], [key])][::options.every]:
    value = number(at(report, path))
    was[pointer(path)] = printed(at(report, path))
    if part(path) == "words" and rule_path(path) in loose:
        left_out += 1
    elif value != 0:
        trials += [(slip, path, wrong) for slip, make in slips.items() if (wrong := make(value)) is not None
                   and not (slip == "sign" and path[-1].endswith("年度"))]
    if path[0] in tables:
        trials += [(way, path, out) for way, out in ways_out.items()]

before = weigh_fully()
failed_before = {name(v) for v in before["verdicts"] if v["verdict"] == "fails" and v["severity"] in ("error", "verify")}
resting_on = collections.defaultdict(set)  # figure → verdicts that rest on it
for verdict in before["verdicts"]:
    for source in verdict["sources"]:
        if verdict["verdict"] in ("holds", "fails"):
            if source["place"]:  # what is read from nowhere cannot be taken out
                resting_on[source["place"]["pointer"]].add(name(verdict))
problems = []
if len({name(v) for v in before["verdicts"]}) != len(before["verdicts"]):
    problems.append("two verdicts have the same name: what is found cannot be told apart")
found, tried, misses, already = collections.Counter(), collections.Counter(), [], set()
named, taken = collections.Counter(), collections.Counter()
for (what, path, value), result in zip(trials, findings(trials), strict=True):
    where = pointer(path)
    if what in slips:
        seen = bool(failing(result) - failed_before)
        if not seen and part(path) == "words" and resting_on[where] & failed_before:
            already.add(where)
            continue
        tried[part(path), what] += 1
        found[part(path), what] += seen
        if not seen:
            misses.append(f"{what}: {where} = {was[where]} → {as_written(path, value)}")
        continue
    # Forms with `blank counts as 0` take a blank for 0, in lines also a cell that is not there.
    in_rows = any(isinstance(key, int) for key in path) or path[1] in ("合计", "人员经费合计", "公用经费合计")
    if path[0] != "公开09" and (what == "null" or (what == "absent" and not in_rows)):
        continue
    if not resting_on[where]:
        continue
    taken[what] += 1
    missed = [one for verdict, one in result.items() if one.verdict == "cannot tell" and verdict in resting_on[where]]
    if any(str(path[-1]) in one.reason for one in missed):
        named[what] += 1
    else:
        problems.append(f"{where} taken out ({what}): " + (f"not named in {missed[0].reason!r}" if missed else "nothing cannot tell"))

for where, slip in tried:
    share = found[where, slip] / tried[where, slip]
    print(f"{where}, {slip}: {found[where, slip]} of {tried[where, slip]} found, {share:.1%}")
    if share < least:
        problems.append(f"{where}, {slip}: only {share:.1%} found, at least {least:.0%} wanted")
print(f"words: {left_out} figures are tied to nothing; a rule fails already at {', '.join(sorted(already)) or 'none'}")
for way in taken:
    print(f"{way}: {named[way]} of {taken[way]} named")
if options.misses or problems:
    print("\n".join(misses))
for problem in problems[:50]:
    print(problem)
sys.exit(1 if problems else 0)
