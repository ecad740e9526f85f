#!/usr/bin/env python3
"""Reports stream through: memory is bounded by a chunk, however many reports there are, and no report is lost.

usage: stream.py HENG ROOT [REPORTS]      REPORTS: 100000 by default
"""
import json
import os
import pathlib
import subprocess
import sys
import time

heng, root = pathlib.Path(sys.argv[1]).resolve(), sys.argv[2]
reports = int(sys.argv[3]) if len(sys.argv) > 3 else 100_000
most_megabytes = 64

# A counter between the two keeps nothing: it holds the pipe's last line only.
make = subprocess.Popen([heng.parent / "heng_workload", str(reports), "1"], stdout=subprocess.PIPE)
started = time.monotonic()
run = subprocess.Popen([heng, "run", "tests/bench/workload.heng", "-", "--format", "ndjson"], cwd=root, stdin=make.stdout,
                       stdout=subprocess.PIPE)
make.stdout.close()
count, bytes_out, last = 0, 0, b""
for line in run.stdout:
    count += 1
    bytes_out += len(line)
    last = line
_, status, usage = os.wait4(run.pid, 0)
seconds = time.monotonic() - started
make.wait()
megabytes = usage.ru_maxrss / 1024
print(f"{count} results of {reports} reports, {bytes_out / 1e6:.0f} MB, {seconds:.1f} s, {usage.ru_utime + usage.ru_stime:.1f} s of "
      f"processor, {megabytes:.1f} MB of memory, exit {os.waitstatus_to_exitcode(status)}")
problems = []
if count != reports:
    problems.append(f"{count} results for {reports} reports")
if megabytes > most_megabytes:
    problems.append(f"{megabytes:.1f} MB of memory; at most {most_megabytes} MB")
if os.waitstatus_to_exitcode(status) not in (0, 1):
    problems.append("the run did not end well")
if last and "summary" not in json.loads(last):
    problems.append("the last result has no summary")
for problem in problems:
    print(problem)
sys.exit(1 if problems else 0)
