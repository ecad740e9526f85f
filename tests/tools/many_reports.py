#!/usr/bin/env python3
"""Collections: what comes out does not depend on threads, on parts, or on where a run was stopped; a store holds the same.

- one run and runs with other numbers of threads give the same bytes, in every format;
- ten parts, merged in any order and nesting, give the bytes of one run; a cut-off or contradicting part is refused;
- a worker answers line by line what run answers, and waits for nothing;
- a store is the same after: one run, two runs, ten parts, runs killed at random moments and resumed (--kills); so is the NDJSON;
- last year's reports that a store kept say the same as those of files, byte for byte, also after kills.
usage: many_reports.py HENG ROOT [--kills N] [--reports N] [--seed N] [--store postgresql://…]
"""
import argparse
import contextlib
import json
import os
import pathlib
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

parser = argparse.ArgumentParser()
parser.add_argument("heng", type=pathlib.Path)
parser.add_argument("root", type=pathlib.Path)
parser.add_argument("--kills", type=int, default=6)
parser.add_argument("--reports", type=int, default=600)
parser.add_argument("--seed", type=int, default=int(time.time()))
parser.add_argument("--store", help="a PostgreSQL server: each store is a database of its own there")
options = parser.parse_args()
heng, root = options.heng.resolve(), options.root.resolve()
chance = random.Random(options.seed)
problems = []
here = pathlib.Path(tempfile.mkdtemp(prefix="heng-many-"))
rules = "tests/bench/workload.heng"
samples = ["rules/samples/" + name for name in sorted(os.listdir(root / "rules/samples"))]


def expect(what, fine):
    print(("ok   " if fine else "WRONG ") + what, flush=True)
    if not fine:
        problems.append(what)


def run(*arguments, give=None):
    done = subprocess.run([heng, *map(str, arguments), "--lang", "en"], cwd=root, input=give, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    return done.returncode, done.stdout, done.stderr.decode(errors="replace")


def make_collection():
    """A folder: one large file, many small ones, a broken one, one of a year without rules."""
    folder = here / "collection"
    folder.mkdir()
    lines = subprocess.run([heng.parent / "heng_workload", str(options.reports), str(options.seed)], stdout=subprocess.PIPE, check=True).stdout
    lines = lines.splitlines(keepends=True)
    small = min(60, len(lines) // 4)
    for i, line in enumerate(lines[:small]):
        (folder / f"small-{i:03}.json").write_bytes(line)
    rest = lines[small:]
    rest.insert(len(rest) // 2, b"{ this is no report\n")
    rest.insert(len(rest) // 3, json.dumps({"年度": 1999}).encode() + b"\n")
    (folder / "large.ndjson").write_bytes(b"".join(rest))
    return folder


folder = make_collection()


def same_for_threads():
    for arguments in (["--format", "ndjson"], ["--format", "json"], ["--format", "table"], ["--format", "plain"], ["--format", "junit"]):
        one = run("run", rules, folder, "--threads", 1, *arguments)[:2]  # standard error has the time
        for threads in (2, 5):
            expect(f"{threads} threads, {arguments[1]}", run("run", rules, folder, "--threads", threads, *arguments)[:2] == one)
    one = run("run", "rules", *samples, "--format", "ndjson", "--threads", 1)[:2]
    expect("samples by 3 threads", run("run", "rules", *samples, "--format", "ndjson", "--threads", 3)[:2] == one and one[0] == 3)


def merge(parts, to):
    code, _, error = run("merge", *parts, "-o", to)
    return code == 0, error


def parts_add_up():
    for form in ("ndjson", "json"):
        whole = here / f"whole.{form}"
        code = run("run", rules, folder, "--format", form, "-o", whole)[0]
        expect("a broken report does not end the run", code == 3)
        parts = []
        for i in range(10):
            parts.append(here / f"part-{i}.{form}")
            run("run", rules, folder, "--format", form, "-o", parts[-1], "--part", f"{i + 1}/10")
        for trial in range(3):
            left = parts[:]
            chance.shuffle(left)
            while len(left) > 1:  # put a few of them together, until one is left
                some = [left.pop(chance.randrange(len(left))) for _ in range(min(len(left), chance.randint(2, 4)))]
                to = here / f"merged-{chance.getrandbits(60)}.{form}"
                fine, error = merge(some, to)
                if not fine:
                    expect("merge: " + error, False)
                left.append(to)
            expect(f"ten parts merged, {form}, trial {trial + 1}", left[0].read_bytes() == whole.read_bytes())
        expect("a part given twice counts once", merge([whole, parts[3]], here / "twice") [0] and
               (here / "twice").read_bytes() == whole.read_bytes())
        cut = here / f"cut.{form}"
        cut.write_bytes(whole.read_bytes()[:-20])
        expect("a part that is cut off is refused", not merge([cut, parts[0]], here / "no")[0])
    lines = (here / "part-0.ndjson").read_text().splitlines()
    other = here / "other.ndjson"
    other.write_text(lines[-1].replace('"holds":', '"holds":1', 1) + "\n")
    fine, error = merge([here / "part-0.ndjson", other], here / "no")
    expect("two results of one report that differ are refused", not fine and "other results" in error)


def worker_answers():
    lines = (folder / "large.ndjson").read_bytes().splitlines(keepends=True)[:80]
    good = len(lines)
    lines += [b"\n", b"nonsense\n"]
    text = b"".join(lines)
    code, out, _ = run("worker", rules, give=text)
    answers = out.splitlines(keepends=True)
    expect("the worker answers every line", code == 0 and len(answers) == len(lines))
    by_run = run("run", rules, "-", "--format", "ndjson", give=b"".join(lines[:good]))[1]
    expect("as run does", b"".join(answers[:good]) == by_run)
    wrong = json.loads(answers[-1])
    expect("errors with their place", wrong["refused"] and wrong["problems"][0]["place"]["line"] == len(lines))
    talk = subprocess.Popen([heng, "worker", rules], cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    for i in range(3):
        talk.stdin.write(lines[i])
        talk.stdin.flush()
        expect(f"question {i + 1} is answered before the next is asked", json.loads(talk.stdout.readline())["record"] == i + 1)
    talk.stdin.close()
    expect("and it ends when nobody asks", talk.wait(20) == 0)


stores = 0


def new_store():
    global stores
    stores += 1
    if not options.store:
        return str(here / f"store-{stores}.db")
    name = f"heng{stores}"
    subprocess.run(["psql", "-q", options.store, "-c", f"CREATE DATABASE {name}"], check=True)
    return options.store.replace("/postgres?", f"/{name}?")


def kept_texts(store):
    """The reports themselves, which no export shows."""
    columns = "hash, year, unit, place, file, record, line, size"
    if store.startswith("postgresql:"):
        return subprocess.run(["psql", "-At", store, "-c", f"SELECT {columns}, encode(packed, 'hex') FROM texts ORDER BY hash"],
                              stdout=subprocess.PIPE, check=True).stdout
    with contextlib.closing(sqlite3.connect(store)) as base:
        return repr(base.execute(f"SELECT {columns}, packed FROM texts ORDER BY hash").fetchall()).encode()


def dump(store):
    code, out, error = run("export", store, "--to", "json")
    if code:
        expect("export: " + error, False)
    return out + kept_texts(store)


def counts(output):
    """The summary of a table, without its first line: how many reports were given is there in any case."""
    return output[1]


def stores_agree():
    whole = new_store()
    first = run("run", rules, folder, "--store", whole)
    expect("a run with a store ends as without", first[0] == 3 and counts(first) == counts(run("run", rules, folder)))
    wanted = dump(whole)
    expect("the store holds something", wanted.count(b'"unit"') >= options.reports)
    run("run", rules, folder, "--store", whole, "--threads", 1)
    expect("running again adds nothing", dump(whole) == wanted)
    again = run("run", rules, folder, "--store", whole, "--resume")
    expect("resumed at the end: the same counts", counts(again) == counts(first) and again[0] == 3)
    parts = new_store()
    begun = [subprocess.Popen([heng, "run", rules, folder, "--store", parts, "--part", f"{i + 1}/4", "--lang", "en"], cwd=root,
                              stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) for i in range(4)]
    said = [one.communicate()[1].decode() for one in begun]
    together = dump(parts) == wanted
    expect("four parts at once, one store", together)
    if not together:
        print("\n".join(said))
    return wanted, first


def killed(arguments, after):
    begun = subprocess.Popen([heng, *map(str, arguments), "--lang", "en"], cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        begun.wait(after)
        return False
    except subprocess.TimeoutExpired:
        begun.send_signal(signal.SIGKILL)
        begun.wait()
        return True


def kills(what, times, wanted, whole, code, of, begun_store=None):
    """`of`: rules and reports. What stands in the end is `wanted` in the store and `whole` in the output."""
    begun_store = begun_store or new_store
    begin = time.monotonic()
    run("run", *of, "--store", begun_store(), "--format", "ndjson", "-o", here / "timed.ndjson")
    takes = time.monotonic() - begin
    done = ends = 0

    def command():
        output = here / f"resumed-{chance.getrandbits(60)}.ndjson"
        store = begun_store()
        return store, output, ["run", *of, "--store", store, "--format", "ndjson", "-o", output, "--resume"]

    store, output, arguments = command()
    for _ in range(times * 5):
        if done == times:
            break
        if killed(arguments, chance.uniform(0, takes)):
            done += 1
            continue
        ends += 1  # it came to its end: begin anew
        if dump(store) != wanted or output.read_bytes() != whole.read_bytes():
            expect(f"{what}: resumed to the end", False)
        store, output, arguments = command()
    last = run(*arguments)
    expect(f"{what}: killed {done} times and resumed ({ends} came to their end): the same store", done == times and dump(store) == wanted)
    expect("and the same results", output.read_bytes() == whole.read_bytes() and last[0] == code)


def outputs_cut_anywhere(first):
    text = (here / "whole.ndjson").read_bytes()
    for _ in range(3):
        cut = here / "cut-anywhere.ndjson"
        cut.write_bytes(text[:chance.randrange(len(text))])
        code = run("run", rules, folder, "--format", "ndjson", "-o", cut, "--resume")[0]
        expect("an output cut anywhere is resumed", cut.read_bytes() == text and code == first[0])


def two_years():
    """Reports of small rules that read last year's; of some units it is not there, of one it stands there twice."""
    texts = {2023: [], 2024: []}
    for number in range(2 * options.reports):
        for year, lines in texts.items():
            if year == 2023 and chance.random() < 0.1:
                continue
            money = [f"{chance.randrange(10 ** 7) / 100:.2f}" for _ in range(4)]
            rows = [{"科目代码": code, "科目名称": "示例", "支出": f"{chance.randrange(10 ** 6) / 100:.2f}"} for code in ("201", "205", "212")]
            lines.append(json.dumps({"单位名称": f"示例{number}局", "年度": year, "地区": f"示例{number % 7}市",
                                     "收支表": dict(zip("1234" if year == 2024 else "1239", money)),
                                     "支出表": {"科目": rows[:chance.randint(1, 3)]}}, ensure_ascii=False))
    texts[2023].append(texts[2023][0][:-1] + ', "又": 1}')
    chance.shuffle(texts[2024])
    for year, lines in texts.items():
        (here / f"{year}.ndjson").write_text("\n".join(lines) + "\n")
    return here / "2023.ndjson", here / "2024.ndjson"


def last_year_from_a_store():
    of_last_year = "tests/tools/data/上年"
    before, now = two_years()

    def results(*arguments):
        output = here / "results.ndjson"
        code = run("run", of_last_year, now, "--format", "ndjson", "-o", output, *arguments)[0]
        return code, output.read_bytes()

    def store_of_last_year():
        store = new_store()
        run("run", of_last_year, before, "--store", store)
        return store

    wanted = results("--last-year", before)
    expect("some have last year's report and some have not", 0 < wanted[1].count(b'"last_year":{"year":2023,"file":null') < wanted[1].count(b"\n"))
    store = store_of_last_year()
    expect("last year's reports from the store that is given", results("--last-year", store) == wanted)
    expect("from the store that results go to", results("--store", store) == wanted)
    expect("by one thread", results("--store", store, "--threads", 1) == wanted)
    together = new_store()
    run("run", of_last_year, before, now, "--store", together)
    expect("the store is that of one run over both years", dump(store) == dump(together))
    added = run("run", of_last_year, now, "--store", store, "--resume")[2]
    expect("nothing is weighed again", f"results of 0 reports added, {2 * options.reports} were there" in added)
    whole = here / "whole-of-now.ndjson"
    whole.write_bytes(wanted[1])
    kills("with last year's from the store", max(1, options.kills // 3), dump(store), whole, wanted[0], [of_last_year, now],
          store_of_last_year)


def interrupts():
    """Ctrl-C: what was written is whole."""
    for form in ("ndjson", "json"):
        output = here / f"interrupted.{form}"
        begun = subprocess.Popen([heng, "run", rules, folder, folder, folder, "--format", form, "-o", output], cwd=root, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.05, 0.5))
        begun.send_signal(signal.SIGINT)
        code = begun.wait(60)
        text = output.read_bytes()
        if form == "json":
            json.loads(text)
        else:
            for line in text.splitlines():
                json.loads(line)
        expect(f"interrupted, {form}: exit {code}, whole", code in (130, 3) and text.endswith(b"\n") or not text)
    waits = subprocess.Popen([heng, "run", rules, "-"], cwd=root, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(0.5)
    waits.send_signal(signal.SIGINT)
    expect("a run that waits for its input can be interrupted", waits.wait(20) == 130)


print(f"seed {options.seed}, in {here}")
if not options.store:
    same_for_threads()
    parts_add_up()
    worker_answers()
    interrupts()
else:
    run("run", rules, folder, "--format", "ndjson", "-o", here / "whole.ndjson")
stored, first = stores_agree()
kills("a store", options.kills, stored, here / "whole.ndjson", first[0], [rules, folder])
outputs_cut_anywhere(first)
last_year_from_a_store()
print(f"{len(problems)} wrong")
if not problems:
    subprocess.run(["rm", "-rf", str(here)])
sys.exit(1 if problems else 0)
