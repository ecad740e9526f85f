#!/usr/bin/env python3
"""Reports stream through: memory is bounded by a chunk, however many reports there are, and no report or verdict is lost.

A few reports go through as NDJSON, every verdict with its figures, and again as counts: both must add up to the same.
Then many, as counts: as many verdicts for each report as the few had.
usage: stream.py HENG ROOT [--reports N] [--in-full N] [--megabytes N]
"""
import argparse
import collections
import json
import os
import pathlib
import re
import subprocess
import sys
import time

parser = argparse.ArgumentParser()
parser.add_argument("heng", type=pathlib.Path)
parser.add_argument("root")
parser.add_argument("--reports", type=int, default=100_000)
parser.add_argument("--in-full", type=int, default=2_000)
parser.add_argument("--megabytes", type=int, default=64, help="most memory that a run may take")
options = parser.parse_args()
heng = options.heng.resolve()
kinds = ("holds", "fails", "cannot_tell", "does_not_apply")
problems = []


def weigh(reports, *arguments, each_line):
    """Weighs so many reports from a pipe; each line of the output is told and forgotten."""
    make = subprocess.Popen([heng.parent / "heng_workload", str(reports), "1"], stdout=subprocess.PIPE)
    started = time.monotonic()
    run = subprocess.Popen([heng, "run", "tests/bench/workload.heng", "-", "--lang", "en", *arguments], cwd=options.root,
                           stdin=make.stdout, stdout=subprocess.PIPE)
    make.stdout.close()
    size = 0
    for line in run.stdout:
        size += len(line)
        each_line(line)
    _, status, usage = os.wait4(run.pid, 0)
    run.returncode = os.waitstatus_to_exitcode(status)
    make.wait()
    megabytes = usage.ru_maxrss / 1024
    what = " ".join(arguments) or "counts"
    print(f"{reports} reports, {what}: {size / 1e6:.1f} MB of output, {time.monotonic() - started:.1f} s, "
          f"{usage.ru_utime + usage.ru_stime:.1f} s of processor, {megabytes:.1f} MB of memory, exit {run.returncode}")
    if megabytes > options.megabytes:
        problems.append(f"{what}: {megabytes:.1f} MB of memory; at most {options.megabytes} MB")
    if run.returncode not in (0, 1):
        problems.append(f"{what}: the run did not end well")


def expect(what, got, wanted):
    if got != wanted:
        problems.append(f"{what}: {got}, {wanted} expected")


def weigh_in_full(reports):
    """Verdicts by kind, and how many each report has."""
    totals, per_report = collections.Counter(), set()
    lines = 0

    def each_line(line):
        nonlocal lines
        lines += 1
        result = json.loads(line)
        counted = collections.Counter(verdict["verdict"] for verdict in result["verdicts"])
        expect(f"summary of report {lines}", {kind: result["summary"][kind] for kind in kinds}, {kind: counted[kind] for kind in kinds})
        totals.update(counted)
        per_report.add(sum(counted.values()))

    weigh(reports, "--format", "ndjson", each_line=each_line)
    expect("results", lines, reports)
    return totals, per_report


def weigh_as_counts(reports):
    """Verdicts by kind, from the summary that stands in place of so many cards."""
    lines = []
    weigh(reports, each_line=lambda line: lines.append(line.decode()))
    text = "".join(lines)

    def number(pattern):
        found = re.search(pattern, text, re.MULTILINE)
        return int(found[1]) if found else None

    expect("reports", number(r"^== (\d+) reports"), reports)
    expect("reports weighed", number(r"read and weighed +(\d+)$"), reports)
    expect("reports not weighed", number(r"not weighed +(\d+)$"), 0)
    return {kind: number(rf"{kind.replace('_', ' ')} (\d+)") for kind in kinds}


in_full, per_report = weigh_in_full(options.in_full)
expect("numbers of verdicts in a report", len(per_report), 1)
expect("verdicts of the same reports", weigh_as_counts(options.in_full), {kind: in_full[kind] for kind in kinds})
many = weigh_as_counts(options.reports)
expect("verdicts of all reports", sum(count or 0 for count in many.values()), options.reports * max(per_report))
for problem in problems[:20]:
    print(problem)
sys.exit(1 if problems else 0)
