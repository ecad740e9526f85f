#!/usr/bin/env python3
"""What Heng promises about honest figures and missing ones, on made-up tables.

- A table of 20 correctly rounded figures and its rounded total never fails, however the pieces fall; nor does a printed rate
  of two printed amounts.
- Take out any figure that a verdict needs (absent, a dash, unreadable, blank) and it cannot tell, and names that figure.

usage: promises.py HENG ROOT
"""
import json
import os
import random
import subprocess
import sys
import tempfile
from decimal import ROUND_HALF_UP, Decimal

heng = sys.argv[1]
lines = 20
rules = """报表集 示例表 2024 {
  报告 { 年度 : 年度型   率 : 百分比 保留 2 }
  报表 表 计量 万元 保留 2 { 行次表 { %s } 栏目 金额 }
}
规则集 示例 2024 引用 示例表 2024 {
  审核 合计 : 表[21] ≈ 求和(表[1..20])
  审核 完成率 : 率 ≈ 表[1] / 表[21]
}
""" % "   ".join("%d : 项目%d" % (n, n) for n in range(1, lines + 2))


def rounded(value, decimals="0.01"):
    return str(value.quantize(Decimal(decimals), ROUND_HALF_UP))


def table(rng):
    """True amounts with many decimals, each printed to two; the total and the rate are rounded from the true ones."""
    top = rng.choice([10, 1000, 10**6, 10**9])
    amounts = [Decimal(rng.randrange(1, top * 10**6)) / 10**6 for _ in range(lines)]
    total = sum(amounts)
    report = {str(n + 1): rounded(amount) for n, amount in enumerate(amounts)}
    report[str(lines + 1)] = rounded(total)
    return {"年度": 2024, "表": report, "率": rounded(100 * amounts[0] / total) + "%"}


def weigh(folder, reports):
    text = "\n".join(json.dumps(report, ensure_ascii=False) for report in reports)
    run = subprocess.run([heng, "run", os.path.join(folder, "规则.heng"), "-", "--format", "ndjson"], input=text,
                         capture_output=True, text=True)
    return [json.loads(line) for line in run.stdout.splitlines()]


wrong = []
rng = random.Random(20241126)
with tempfile.TemporaryDirectory() as folder:
    with open(os.path.join(folder, "规则.heng"), "w", encoding="utf-8") as file:
        file.write(rules)
    honest = [table(rng) for _ in range(500)]
    results = weigh(folder, honest)
    if len(results) != len(honest):
        wrong.append("%d results for %d tables" % (len(results), len(honest)))
    for report, result in zip(honest, results):
        for verdict in result["verdicts"]:
            # A rate whose divisor is smaller than its own rounding cannot tell; these are not.
            if verdict["verdict"] != "holds":
                wrong.append("honest figures: %s %s %s" % (verdict["rule"], verdict["verdict"], json.dumps(report)))

    broken, missed = [], []
    for number in range(1, lines + 2):
        for value in (None, "", "-", "/", "无", "###"):
            report = json.loads(json.dumps(honest[0]))
            if value is None:
                del report["表"][str(number)]
            else:
                report["表"][str(number)] = value
            broken.append(report)
            missed.append("表[%d]" % number)
    for name, report, result in zip(missed, broken, weigh(folder, broken)):
        needed = {"合计"} | ({"完成率"} if name in ("表[1]", "表[21]") else set())
        for verdict in result["verdicts"]:
            expected = "cannot_tell" if verdict["rule"] in needed else "holds"
            if verdict["verdict"] != expected:
                wrong.append("without %s: %s %s" % (name, verdict["rule"], verdict["verdict"]))
            elif expected == "cannot_tell" and name not in verdict["reason"]:
                wrong.append("without %s: the reason is %s" % (name, verdict["reason"]))

print("\n".join(wrong[:20]) or "%d honest tables hold; %d missing figures are named" % (len(honest), len(broken)))
sys.exit(1 if wrong else 0)
