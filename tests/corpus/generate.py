#!/usr/bin/env python3
"""Made-up reports of the 2024 forms as NDJSON: cities, departments, consecutive years; a share of them with one planted error each.

usage: generate.py [--reports N] [--cities N] [--departments N] [--years 2024..2024] [--seed N] [--errors SHARE] [--planted FILE] [-o FILE]

The same seed makes the same bytes, however many processes there are. --planted lists, per line of the output that has an error, what was
planted: field, kind, true and printed value, and the gaps of the identities that read it (docs/corpus.md).
"""
import argparse
import contextlib
import json
import multiprocessing
import os
import pathlib
import random
import sys
import threading

import forms
import model
import plant
import report

ROOT = pathlib.Path(__file__).resolve().parents[2]


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, help="this many; else all of the cities, departments, years")
    parser.add_argument("--cities", type=int, default=10)
    parser.add_argument("--departments", type=int, default=18, help="in each city")
    parser.add_argument("--years", type=span, default=(2024, 2024), metavar="2023..2024")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--errors", type=float, default=0.0, metavar="SHARE")
    parser.add_argument("--planted", type=pathlib.Path, metavar="FILE")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("-o", "--output", type=pathlib.Path, metavar="FILE")
    return parser.parse_args()


def span(text):
    first, _, last = text.partition("..")
    return int(first), int(last or first)


def lines_of(seed, city, number, years, errors):
    """The reports of one department, each a line, with what was planted in it or None."""
    made = []
    for department, before, now in model.years(seed, city, number, *years):
        document = report.report(forms.forms(ROOT), department, before, now)
        chance = random.Random(f"{seed}/{city}/{number}/{now.year}/error")
        planted = plant.plant(document, chance) if chance.random() < errors else None
        made.append((json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n", planted))
    return made


def job(task):
    return lines_of(*task)


def corpus(reports, cities, departments, years, seed, errors, jobs):
    """Lines in order, made by so many processes."""
    each = years[1] - years[0] + 1
    if reports is None:
        reports = cities * departments * each
    ahead = threading.Semaphore(64 * jobs)  # no more than a few departments wait for whoever reads them
    left = reports
    with multiprocessing.Pool(jobs) as pool:
        for made in pool.imap(job, tasks(seed, departments, years, errors, -(-reports // each), ahead), chunksize=8):
            ahead.release()
            yield from made[:left]
            left -= len(made[:left])


def tasks(seed, departments, years, errors, many, ahead):
    for number in range(many):
        ahead.acquire()
        yield seed, number // departments, number % departments, years, errors


def main():
    options = arguments()
    with contextlib.ExitStack() as files:
        out = files.enter_context(options.output.open("w", encoding="utf-8")) if options.output else sys.stdout
        listed = files.enter_context(options.planted.open("w", encoding="utf-8")) if options.planted else None
        made = corpus(options.reports, options.cities, options.departments, options.years, options.seed, options.errors, options.jobs)
        for number, (line, planted) in enumerate(made, 1):
            out.write(line)
            if planted and listed:
                listed.write(json.dumps({"line": number, **planted}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
