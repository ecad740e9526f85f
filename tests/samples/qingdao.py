#!/usr/bin/env python3
"""The shipped report of Qingdao 2024 against the shipped rules: all 234 rules of docs/coverage.md come out as listed.

Each number but one is the ref of a rule. What the document fulfils holds, the five numbers that it does not fulfil fail, one verdict
cannot be told, and nothing else is found. The evaluation scores 100 (优); 90 where a deviation of either direction counts.

usage: qingdao.py HENG ROOT
"""
import collections
import decimal
import json
import subprocess
import sys

heng, root = sys.argv[1], sys.argv[2]
sample = "rules/samples/青岛市人民政府办公厅-2024.json"
last_year = "rules/samples/示例-上年报告-2023.json"  # made up from what this year's says of it

ALL = {"S%d" % number for number in range(1, 235)}
JUDGEMENT = {"S195"}  # whether a text names a cause and a measure: no rule
FAILS = {"S125", "S136", "S150", "S168", "S233"}
CANNOT_TELL = {"S191", "S192"}  # the one actual that is printed as a bound (≥90%)
DO_NOT_APPLY = {"S193"}  # no total is below 80

wrong = []


def said(*arguments):
    return json.loads(subprocess.run([heng, *arguments, "--format", "json"], cwd=root, capture_output=True, text=True).stdout)


def weigh(*settings):
    document = said("run", "rules", sample, "--last-year", last_year, *settings)
    reports = document.get("reports", [document])
    assert len(reports) == 1, len(reports)
    return reports[0]


def refs_of(verdicts, *words):
    return {ref for verdict in verdicts if verdict["verdict"] in words for ref in verdict["refs"]}


def expect(what, found, wanted):
    if found != wanted:
        wrong.append("%s: %s, expected %s" % (what, found, wanted))


report = weigh()
verdicts = report["verdicts"]

ruled = set()
open_lists = [said("rules", "rules")]
while open_lists:
    value = open_lists.pop()
    if isinstance(value, dict):
        ruled.update(value.get("refs") or [])
        open_lists.extend(value.values())
    elif isinstance(value, list):
        open_lists.extend(value)
expect("numbers without a rule", ALL - ruled, JUDGEMENT)

expect("fails", refs_of(verdicts, "fails"), FAILS)
expect("cannot tell", refs_of(verdicts, "cannot_tell"), CANNOT_TELL)
expect("verdicts that cannot be told", sum(v["verdict"] == "cannot_tell" for v in verdicts), 1)
never_held = refs_of(verdicts, "does_not_apply") - refs_of(verdicts, "holds", "fails", "cannot_tell")
expect("numbers that nowhere apply", {ref for ref in never_held if ref in ALL}, DO_NOT_APPLY)
for verdict in verdicts:
    if verdict["severity"] == "error" and "S125" in verdict["refs"]:
        wrong.append("S125 is an error: an item below 0.005万元 prints as 0.00")

totals = [decimal.Decimal(s["value"]) for s in report["scores"] if s["score"] == "总分"]
expect("totals of the self-evaluations", totals, [100] * 4)
evaluation = [s for s in report["scores"] if s["score"] == "部门评价"]
expect("evaluation", [decimal.Decimal(s["value"]) for s in evaluation], [100])
if any(s["provisional"] for s in report["scores"]):
    wrong.append("provisional: %s" % [s["score"] for s in report["scores"] if s["provisional"]])
grades = collections.Counter((g["grade"], g["value"]) for g in report["grades"] if g["grade"] in ("评价等级", "评价结果"))
expect("grades", grades, {("评价等级", "优"): 4, ("评价结果", "优"): 1})

# What no document prints is taken from the printed score; what the sample holds is computed.
basis = {s["score"].split(".")[-1]: s["basis"] for s in report["scores"]}
for score in ("实际完成率", "预算执行率", "成本节约率", "服务对象满意度"):
    expect("basis of " + score, basis.get(score), "computed")
for score in ("立项依据充分性", "立项程序规范性", "资金到位率", "质量达标率", "完成及时率", "经济效益", "效益可持续性"):
    expect("basis of " + score, basis.get(score), "stated")

# Last year's report: what compares with it holds; without it these rules cannot tell, and no other does anything else.
LAST_YEAR = {"M7", "M23"}
expect("compared with last year", LAST_YEAR - refs_of(verdicts, "holds"), set())
alone = said("run", "rules", sample)["reports"][0]
expect("without last year", refs_of(alone["verdicts"], "cannot_tell"), CANNOT_TELL | LAST_YEAR)
expect("other verdicts", [v["verdict"] for v in alone["verdicts"] if not LAST_YEAR & set(v["refs"])],
       [v["verdict"] for v in verdicts if not LAST_YEAR & set(v["refs"])])
expect("which took part", (report["last_year"]["file"], alone["last_year"]["why_not"]), (last_year, "没有 青岛市人民政府办公厅 2023年度的报告"))

grown = weigh("--set", "三公增幅上限=0%")
expect("三公, none of it above last year's", {v["verdict"] for v in grown["verdicts"] if v["refs"] == ["M16"]}, {"holds"})

literal = weigh("--set", "产出偏离=不分方向")
expect("evaluation, either direction", [decimal.Decimal(s["value"]) for s in literal["scores"] if s["score"] == "部门评价"], [90])

summary = report["summary"]
if sum(summary[k] for k in ("holds", "fails", "cannot_tell", "does_not_apply")) != len(verdicts):
    wrong.append("the summary does not add up")

print("\n".join(wrong) or "all 234 as listed; summary %s" % summary)
sys.exit(1 if wrong else 0)
