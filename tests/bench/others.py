#!/usr/bin/env python3
"""The benchmark's rules by hand in other engines, as far as they are on this machine: V8 (node), LuaJIT, SQLite,
Python with decimal.

usage: others.py WORKLOAD [REPORTS]     WORKLOAD: the program heng_workload; REPORTS: 20000. All must come to the same totals.
"""
import array
import decimal
import json
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

workload = sys.argv[1]
reports = int(sys.argv[2]) if len(sys.argv) > 2 else 20000
rules, figures_a_report = 62, 135
groups = []  # parent, children: the hierarchy of subject_table()
classes, next_subject = [], 0
for sections in ([3, 2, 2], [2, 3], [2, 2], [1, 2], [3, 2]):
    top, below = next_subject, []
    next_subject += 1
    for items in sections:
        below.append(next_subject)
        groups.append((next_subject, list(range(next_subject + 1, next_subject + 1 + items))))
        next_subject += 1 + items
    classes.append(top)
    groups.append((top, below))

# What each engine walks: the same tables for all of them. Offsets are those of FiguresOf in workload.hpp.
(income, expenditure, fiscal, other, carried, basic, project, personnel, operating, income_table, expenditure_table) = range(50, 61)
actual, budget, class_budget, budget_total, share, indicator = 61, 67, 73, 78, 79, 87
identities = [[parent] + children for parent, children in groups]
identities += [[at, 40 + i, 45 + i] for i, at in enumerate(classes)]
identities += [[expenditure] + classes, [income, fiscal, other, carried], [income_table, expenditure], [expenditure_table, expenditure],
               [basic] + list(range(40, 45)), [project] + list(range(45, 50)), [expenditure, basic, project], [basic, personnel, operating],
               [actual, actual + 1, actual + 2, actual + 5], [actual + 2, actual + 3, actual + 4]]
shares = [[share + i, at, expenditure] for i, at in enumerate(classes)]
shares += [[share + 5, basic, expenditure], [share + 6, actual + 5, actual], [share + 7, fiscal, income]]
flags = [[at, class_budget + i] for i, at in enumerate(classes)]
flags += [[actual + 1, budget + 1], [actual + 2, budget + 2], [actual + 5, budget + 5]]
tables = {"identities": identities, "shares": shares, "flags": flags, "expenditure": expenditure, "budget": budget_total,
          "indicator": indicator, "reports": reports, "figures": figures_a_report}

javascript = r"""
const fs = require('fs'), t = JSON.parse(fs.readFileSync(process.argv[2]));
const whole = new BigInt64Array(fs.readFileSync(process.argv[3]).buffer.slice(0)), f = new Float64Array(whole.length);
for (let i = 0; i < whole.length; ++i) f[i] = Number(whole[i]) / 100;
for (let r = 0; r < t.reports; ++r) for (let i = 0; i < 12; ++i) f[r * t.figures + t.indicator + 4 * i + 2] *= 100;
const flat = name => Int32Array.from([].concat(...t[name].map(x => [x.length].concat(x))));
const identities = flat('identities'), shares = flat('shares'), flags = flat('flags');
function points(part, whole, full, zero) {
  const raw = whole === 0 ? zero : part / whole * full;
  return Math.floor((raw < full ? raw : full) * 100 + 0.5 + 1e-7);
}
function weigh() {
  let failed = 0, wrong = 0, flagged = 0, untold = 0, scores = 0, execution = 0, total = 0; const grades = [0, 0, 0, 0];
  for (let r = 0, o = 0; r < t.reports; ++r, o += t.figures) {
    for (let i = 0; i < identities.length;) {
      const n = identities[i]; let gap = f[o + identities[i + 1]];
      for (let k = 2; k <= n; ++k) gap -= f[o + identities[i + k]];
      if (Math.abs(gap) > 0.005 * n + 1e-6) ++failed;
      i += n + 1;
    }
    for (let i = 0; i < shares.length; i += 4) {
      const all = f[o + shares[i + 3]];
      if (Math.abs(f[o + shares[i + 1]] - (all === 0 ? 0 : f[o + shares[i + 2]] / all * 100)) > 0.01 + 1e-6) ++wrong;
    }
    const done = points(f[o + t.expenditure], f[o + t.budget], 10, 10); let sum = done;
    for (let i = 0, p = o + t.indicator; i < 12; ++i, p += 4) {
      const target = f[p], actual = f[p + 1], direction = f[p + 2], full = f[p + 3];
      sum += direction === 0 ? points(actual, target, full, full) : direction === 1 ? points(target, actual, full, full)
           : actual === target ? points(1, 1, full, full) : points(actual, target, full, 0);
    }
    scores += sum - done; execution += done; total += sum; ++grades[sum >= 9000 ? 0 : sum >= 8000 ? 1 : sum >= 6000 ? 2 : 3];
    for (let i = 0; i < flags.length; i += 3) {
      const b = f[o + flags[i + 2]];
      if (b === 0) ++untold; else if (Math.abs(f[o + flags[i + 1]] - b) / b >= 0.3 - 1e-9) ++flagged;
    }
  }
  return [failed, wrong, flagged, untold, scores, execution, total].concat(grades);
}
let best = Infinity, totals;
for (let i = 0; i < 7; ++i) { const s = process.hrtime.bigint(); totals = weigh(); best = Math.min(best, Number(process.hrtime.bigint() - s)); }
console.log(JSON.stringify([best, totals]));
"""

lua = r"""
local ffi = require 'ffi'
local file = io.open(arg[1], 'rb'); local text = file:read('*a')
local whole = ffi.cast('const int64_t*', text); local n = #text / 8
local f = ffi.new('double[?]', n)
for i = 0, n - 1 do f[i] = tonumber(whole[i]) / 100 end
local t = dofile(arg[2])
for r = 0, t.reports - 1 do for i = 0, 11 do local p = r * t.figures + t.indicator + 4 * i + 2; f[p] = f[p] * 100 end end
local abs, floor = math.abs, math.floor
local function points(part, all, full, zero)
  local raw = all == 0 and zero or part / all * full
  return floor((raw < full and raw or full) * 100 + 0.5 + 1e-7)
end
local function weigh()
  local failed, wrong, flagged, untold, scores, execution, total, grades = 0, 0, 0, 0, 0, 0, 0, {0, 0, 0, 0}
  for r = 0, t.reports - 1 do
    local o = r * t.figures
    for _, rule in ipairs(t.identities) do
      local gap = f[o + rule[1]]
      for k = 2, #rule do gap = gap - f[o + rule[k]] end
      if abs(gap) > 0.005 * #rule + 1e-6 then failed = failed + 1 end
    end
    for _, rule in ipairs(t.shares) do
      local all = f[o + rule[3]]
      if abs(f[o + rule[1]] - (all == 0 and 0 or f[o + rule[2]] / all * 100)) > 0.01 + 1e-6 then wrong = wrong + 1 end
    end
    local done = points(f[o + t.expenditure], f[o + t.budget], 10, 10); local sum = done
    for i = 0, 11 do
      local p = o + t.indicator + 4 * i
      local target, actual, direction, full = f[p], f[p + 1], f[p + 2], f[p + 3]
      if direction == 0 then sum = sum + points(actual, target, full, full)
      elseif direction == 1 then sum = sum + points(target, actual, full, full)
      elseif actual == target then sum = sum + points(1, 1, full, full)
      else sum = sum + points(actual, target, full, 0) end
    end
    scores = scores + sum - done; execution = execution + done; total = total + sum
    local g = sum >= 9000 and 1 or sum >= 8000 and 2 or sum >= 6000 and 3 or 4; grades[g] = grades[g] + 1
    for _, rule in ipairs(t.flags) do
      local b = f[o + rule[2]]
      if b == 0 then untold = untold + 1 elseif abs(f[o + rule[1]] - b) / b >= 0.3 - 1e-9 then flagged = flagged + 1 end
    end
  end
  return {failed, wrong, flagged, untold, scores, execution, total, unpack(grades)}
end
local best, totals = math.huge
for i = 1, 5 do local s = os.clock(); totals = weigh(); best = math.min(best, os.clock() - s) end
for i, v in ipairs(totals) do totals[i] = string.format('%.0f', v) end
print('[' .. string.format('%.0f', best * 1e9) .. ',[' .. table.concat(totals, ',') .. ']]')
"""


def by_decimal(figures, count):
    """Exact decimals, as a careful person would write it."""
    d = decimal.Decimal
    cent = d("0.01")
    rows = [[d(v) / 100 for v in figures[r * figures_a_report:(r + 1) * figures_a_report]] for r in range(count)]
    for row in rows:
        for i in range(12):
            row[indicator + 4 * i + 2] *= 100

    def points(part, whole, full, zero):
        raw = zero if whole == 0 else part / whole * full
        return min(raw, full).quantize(cent, decimal.ROUND_HALF_UP)

    started = time.perf_counter()
    totals, grades = [0] * 7, [0] * 4
    for f in rows:
        totals[0] += sum(abs(f[r[0]] - sum(f[i] for i in r[1:])) > d("0.005") * len(r) for r in identities)
        totals[1] += sum(abs(f[p] - (f[a] / f[b] * 100 if f[b] else 0)) > cent for p, a, b in shares)
        for a, b in flags:
            if f[b] == 0:
                totals[3] += 1
            else:
                totals[2] += abs(f[a] - f[b]) / f[b] >= d("0.3")
        done = points(f[expenditure], f[budget_total], d(10), d(10))
        total = done
        for p in range(indicator, indicator + 48, 4):
            target, reached, direction, full = f[p:p + 4]
            if direction == 2 and reached == target:
                total += full
            elif direction == 1:
                total += points(target, reached, full, full)
            else:
                total += points(reached, target, full, full if direction == 0 else d(0))
        totals[4] += int((total - done) * 100)
        totals[5] += int(done * 100)
        totals[6] += int(total * 100)
        grades[0 if total >= 90 else 1 if total >= 80 else 2 if total >= 60 else 3] += 1
    return (time.perf_counter() - started) * 1e9, totals + grades


def by_sqlite(figures, count):
    """One query over a table of doubles, with the same epsilons as the others that count in doubles."""
    database = sqlite3.connect(":memory:")
    names = [f"f{i}" for i in range(figures_a_report)]
    directions = {indicator + 4 * i + 2 for i in range(12)}
    database.execute(f"create table report ({', '.join(f'{name} real' for name in names)})")
    rows = ([v if i in directions else v / 100 for i, v in enumerate(figures[r * figures_a_report:(r + 1) * figures_a_report])]
            for r in range(count))
    database.executemany(f"insert into report values ({', '.join('?' * figures_a_report)})", rows)

    def points(part, whole, full, zero):
        return f"cast(min(case when {whole} = 0 then {zero} else {part} / {whole} * {full} end, {full}) * 100 + 0.5 + 1e-7 as integer)"

    def score(target, reached, direction, full):
        return (f"case {direction} when 0 then {points(reached, target, full, full)} when 1 then {points(target, reached, full, full)} "
                f"else case when {reached} = {target} then {points('1.0', '1.0', full, full)} else {points(reached, target, full, '0')} end end")

    failed = " + ".join(f"(abs({' - '.join(names[i] for i in r)}) > {0.005 * len(r) + 1e-6})" for r in identities)
    wrong = " + ".join(f"(abs(f{p} - case when f{b} = 0 then 0 else f{a} / f{b} * 100 end) > {0.01 + 1e-6})" for p, a, b in shares)
    flagged = " + ".join(f"(f{b} <> 0 and abs(f{a} - f{b}) / f{b} >= {0.3 - 1e-9})" for a, b in flags)
    untold = " + ".join(f"(f{b} = 0)" for _, b in flags)
    done = points(f"f{expenditure}", f"f{budget_total}", "10.0", "10.0")
    scores = " + ".join(score(*(f"f{p + i}" for i in range(4))) for p in range(indicator, indicator + 48, 4))
    query = f"""
        select sum(failed), sum(wrong), sum(flagged), sum(untold), sum(scores), sum(done), sum(done + scores), sum(done + scores >= 9000),
            sum(done + scores >= 8000 and done + scores < 9000), sum(done + scores >= 6000 and done + scores < 8000),
            sum(done + scores < 6000)
        from (select {failed} as failed, {wrong} as wrong, {flagged} as flagged, {untold} as untold, {scores} as scores, {done} as done
            from report)"""
    best = float("inf")
    for _ in range(3):
        started = time.perf_counter()
        totals = list(database.execute(query).fetchone())
        best = min(best, time.perf_counter() - started)
    return best * 1e9, totals


def lua_table(value):
    if isinstance(value, list):
        return "{" + ",".join(lua_table(v) for v in value) + "}"
    if isinstance(value, dict):
        return "{" + ",".join(f"{k}={lua_table(v)}" for k, v in value.items()) + "}"
    return str(value)


with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    raw = subprocess.run([workload, str(reports), "1", "--figures"], check=True, capture_output=True).stdout
    (folder / "figures").write_bytes(raw)
    (folder / "tables.json").write_text(json.dumps(tables))
    (folder / "tables.lua").write_text("return " + lua_table(tables))
    (folder / "weigh.js").write_text(javascript)
    (folder / "weigh.lua").write_text(lua)
    results = {}
    if shutil.which("node"):
        done = subprocess.run(["node", folder / "weigh.js", folder / "tables.json", folder / "figures"], check=True, capture_output=True)
        results["V8, typed arrays, double"] = json.loads(done.stdout)
    if shutil.which("luajit"):
        done = subprocess.run(["luajit", folder / "weigh.lua", folder / "figures", folder / "tables.lua"], check=True, capture_output=True)
        results["LuaJIT, double"] = json.loads(done.stdout)
    figures = array.array("q", raw)
    results["SQLite, double"] = by_sqlite(figures, reports)
    results["Python, decimal"] = by_decimal(figures, reports)
    wanted = list(results["Python, decimal"][1])
    for engine, (nanoseconds, totals) in results.items():
        print(f"  {engine:<44}{nanoseconds / reports / rules:>10.2f} ns a rule{nanoseconds / reports / 1000:>10.2f} µs a report")
        if list(totals) != wanted:
            sys.exit(f"{engine} does not come to the same totals:\n  {totals}\n  {wanted}")
    print(f"  {reports} reports; the same totals by all: {wanted}")
