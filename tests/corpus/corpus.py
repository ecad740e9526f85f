#!/usr/bin/env python3
"""Made-up reports (docs/corpus.md): correct ones raise no alarm, planted errors are found.

Correct reports, honestly rounded, with those of the year before: no verdict fails, none cannot tell, fewer than one in a thousand
reports has an implausible gap.
Reports with one planted error each: of the errors that break an identity by more than its figures' half-widths at least 99% are found,
that is, a verdict that fails, or whose gap is implausible, reads the planted figure.

usage: corpus.py HENG ROOT [--reports N] [--planted N] [--seed N] [--misses] [--cities N] [--departments N]
"""
import argparse
import collections
import contextlib
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import threading
import time

import generate
import identities

FOUND = 0.99
# The lines of verdicts in the plain output; JSON that does not matter is not taken apart.
NOTABLE = re.compile(rb'"verdict":"(fails|cannot_tell)"|"implausible":true')
SOURCE = re.compile(rb'"field":"((?:[^"\\]|\\.)*)"|"pointer":"((?:[^"\\]|\\.)*)"')


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("heng", type=pathlib.Path)
    parser.add_argument("root", type=pathlib.Path)
    parser.add_argument("--reports", type=int, default=400, help="correct ones")
    parser.add_argument("--planted", type=int, default=120, help="reports with an error")
    parser.add_argument("--cities", type=int, default=100)
    parser.add_argument("--departments", type=int, default=36)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--misses", action="store_true", help="list what was not found")
    return parser.parse_args()


class Weighing:
    """A run of the program that reads reports as they are made."""

    def __init__(self, options, *words):
        self.run = subprocess.Popen([options.heng.resolve(), "run", "rules", "-", "--lang", "en", *words], cwd=options.root,
                                    stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def lines(self, made):
        """The lines of the output; made: pairs of a report and what was planted."""
        complaint = []
        threads = [threading.Thread(target=self.write, args=(made,)), threading.Thread(target=lambda: complaint.append(self.run.stderr.read()))]
        for thread in threads:
            thread.start()
        yield from self.run.stdout
        for thread in threads:
            thread.join()
        if self.run.wait() not in (0, 1):
            sys.exit(f"heng run ended with {self.run.returncode}: {complaint[0].decode()[:2000]}")

    def write(self, made):
        with contextlib.suppress(BrokenPipeError), self.run.stdin:
            for line, _ in made:
                self.run.stdin.write(line.encode())


def corpus(options, reports, seed, errors):
    return generate.corpus(reports, options.cities, options.departments, (2024, 2024), seed, errors, os.cpu_count())


def two_years(options, year):
    """Of as many departments as reports are wanted: the correct reports of one of two years that follow each other."""
    for number, made in enumerate(generate.corpus(2 * options.reports, options.cities, options.departments, (2023, 2024), options.seed, 0,
                                                  os.cpu_count())):
        if 2023 + number % 2 == year:
            yield made


def false_alarms(options):
    """Findings of the correct reports by what they are; how many reports were weighed, how many verdicts."""
    with tempfile.TemporaryDirectory() as folder:
        last_year = pathlib.Path(folder) / "2023.ndjson"
        with last_year.open("w", encoding="utf-8") as file:
            file.writelines(line for line, _ in two_years(options, 2023))
        return alarms_in(Weighing(options, "--format", "plain", "--last-year", str(last_year)).lines(two_years(options, 2024)))


def alarms_in(lines):
    found, examples = collections.Counter(), {}
    reports = verdicts = 0
    unit = ""
    for line in lines:
        kind, *cells = line.decode().rstrip("\n").split("\t")
        if kind == "report":
            unit, reports = cells[0], reports + 1
            if cells[4] != "weighed":
                found["not weighed", "", ""] += 1
        elif kind == "summary":
            verdicts += sum(map(int, cells[:4]))
        elif kind == "check":
            verdict = "implausible" if cells[0] == "holds" else cells[0]
            name = verdict, cells[2], cells[3]
            found[name] += 1
            examples.setdefault(name, f"{unit} {cells[5]}: {' '.join(cells[7:12])} {cells[13]}")
    return found, examples, reports, verdicts


def readers(line):
    """What the notable verdicts of a result read: per verdict its kind and the fields and pointers of its sources."""
    for verdict in line.split(b'{"ruleset":'):
        head = NOTABLE.search(verdict, 0, verdict.find(b'"sources":'))
        if head:
            sources = {text.decode() for pair in SOURCE.findall(verdict) for text in pair if text}
            yield head[1] == b"cannot_tell", sources


def is_found(planted, line):
    """A failing or implausible verdict reads a planted figure. Rows are picked by names that no verdict lists: there any will do, as nothing
    else fails. What is missing may also be named as what cannot be told."""
    wanted = {figure["field"] for figure in planted["figures"]}
    missing, renamed = planted["kind"] == "缺一句", planted["kind"] == "改一个名称"
    if missing:
        wanted |= {field.strip("/").replace("/", ".") for field in wanted}
    return any((missing or not cannot_tell) and (renamed or sources & wanted) for cannot_tell, sources in readers(line))


def planted_errors(options):
    """Counts of planted errors and of those found, by kind and by whether they exceed an allowance; what was missed."""
    wanted = []

    def remembered():
        for line, planted in corpus(options, options.planted, options.seed + 1, 1):
            wanted.append(planted)
            yield line, planted

    planted_in, found_in, missed = collections.Counter(), collections.Counter(), []
    for number, line in enumerate(Weighing(options, "--format", "ndjson").lines(remembered())):
        planted = wanted[number]
        if not planted:
            continue
        kind = planted["kind"], group(planted)
        planted_in[kind] += 1
        if is_found(planted, line):
            found_in[kind] += 1
        else:
            missed.append(planted)
    return planted_in, found_in, missed


def group(planted):
    if planted["exceeds"]:
        return "beyond the allowance"
    return "within it" if planted["identities"] else "in no identity"


def share(found, planted):
    return f"{found} of {planted} found" + (f", {found / planted:.1%}" if planted else "")


def tell_false_alarms(options, problems):
    started = time.monotonic()
    found, examples, reports, verdicts = false_alarms(options)
    print(f"{reports} correct reports, {verdicts} verdicts, {time.monotonic() - started:.1f} s")
    for name, count in found.most_common():
        print(f"  {count} × {' · '.join(name)}: {examples.get(name, '')}")
    alarms = sum(count for (verdict, *_), count in found.items() if verdict != "implausible")
    implausible = sum(count for (verdict, *_), count in found.items() if verdict == "implausible")
    print(f"  {alarms} false alarms, {implausible} implausible")
    if reports != options.reports:
        problems.append(f"{options.reports} reports went in, {reports} came out")
    if alarms:
        problems.append(f"{alarms} false alarms in correct reports")
    if implausible * 1000 >= max(reports, 1000):
        problems.append(f"{implausible} implausible gaps in {reports} correct reports")


def tell_planted(options, problems):
    started = time.monotonic()
    planted, found, missed = planted_errors(options)
    print(f"{sum(planted.values())} planted errors, {time.monotonic() - started:.1f} s")
    for kind in sorted(planted):
        print(f"  {' · '.join(kind)}: {share(found[kind], planted[kind])}")
    totals = {name: [sum(count for kind, count in counts.items() if kind[1] == name) for counts in (found, planted)]
              for name in ("beyond the allowance", "within it", "in no identity")}
    for name, (hits, tries) in totals.items():
        print(f"  {name}: {share(hits, tries)}")
    hits, tries = totals["beyond the allowance"]
    missed_beyond = [one for one in missed if one["exceeds"]]
    for one in missed if options.misses else missed_beyond[:20]:
        print("  missed:", json.dumps(one, ensure_ascii=False)[:600])
    if not tries or hits < FOUND * tries:
        problems.append(f"of planted errors beyond an allowance only {share(hits, tries)}; at least {FOUND:.0%} wanted")


def tell_years(options, problems):
    """The same bytes from one process as from two; a year begins with what the one before left, and compares itself with it."""
    made = [list(generate.corpus(30, 5, 5, (2022, 2024), options.seed, 0.5, jobs)) for jobs in (1, 2)]
    if made[0] != made[1]:
        problems.append("the number of processes changes the reports")
    whole = [json.loads(line) for line, _ in generate.corpus(30, 5, 5, (2022, 2024), options.seed, 0, 2)]
    apart = 0
    for before, now in zip(whole, whole[1:]):
        if before["单位名称"] != now["单位名称"]:
            continue
        apart += identities.value(now, ["公开01", "29"]) != identities.value(before, ["公开01", "60"])
        change = identities.value(now, ["说明一", "变动额"]) * (-1 if now["说明一"]["方向"] == "减少" else 1)
        last = identities.value(now, ["说明一", "总额"]) - change
        apart += abs(last - identities.value(before, ["公开01", "31"])) > 3 * identities.HALF
    print(f"{len(whole)} reports of three years: {apart} times a year does not follow from the one before")
    if apart:
        problems.append("years do not follow from each other")


def main():
    options, problems = arguments(), []
    tell_years(options, problems)
    if options.reports:
        tell_false_alarms(options, problems)
    if options.planted:
        tell_planted(options, problems)
    for problem in problems:
        print(problem)
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
