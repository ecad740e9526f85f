#!/usr/bin/env python3
"""What heng impact says of made-up reports is what heng run says of the same reports under either version, and it adds up.

The reports of tests/corpus are weighed by the shipped rules as reports of each year and place (heng run), and their results are set beside
what heng impact says: every verdict, score and grade that is not the same is told, with its cause, and nothing else is; the parts add up to
the whole for each score and over all reports; the same bytes come out for any number of threads.
usage: impact.py HENG ROOT [--reports N]
"""
import argparse
import collections
import fractions
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

parser = argparse.ArgumentParser()
parser.add_argument("heng", type=pathlib.Path)
parser.add_argument("root", type=pathlib.Path)
parser.add_argument("--reports", type=int, default=24)
options = parser.parse_args()
heng, root = options.heng.resolve(), options.root.resolve()
wrong = []
here = pathlib.Path(tempfile.mkdtemp(prefix="heng-impact-"))
made = here / "reports.ndjson"
reads_the_year = "部门评价：评价结论.年度、单位"  # which this test itself rewrites
samples = ["示例-三份报告.ndjson", "示例-部门评价.ndjson", "示例-部分得分.json"]


def expect(what, fine):
    print(("ok   " if fine else "WRONG ") + what, flush=True)
    if not fine:
        wrong.append(what)


def run(*arguments):
    done = subprocess.run([heng, *map(str, arguments), "--lang", "zh"], cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    return done.returncode, done.stdout, done.stderr.decode(errors="replace")


def make_reports():
    subprocess.run([sys.executable, root / "tests/corpus/generate.py", "--reports", str(options.reports), "--errors", "0.5", "--seed", "7",
                    "-o", made], check=True)
    with made.open("a", encoding="utf-8") as out:
        for name in samples:
            text = (root / "rules/samples" / name).read_text(encoding="utf-8")
            lines = text.splitlines() if name.endswith(".ndjson") else [json.dumps(json.loads(text), ensure_ascii=False)]
            out.writelines(line + "\n" for line in lines if line.strip())


def weighed(rules, year, place):
    """Of each report: {(kind, rule, subject, number): answer}, as heng run weighs it as a report of that year and place."""
    file = here / f"{year}{place}.ndjson"
    with file.open("w", encoding="utf-8") as out:
        for line in made.read_text(encoding="utf-8").splitlines():
            report = json.loads(line, parse_float=str, parse_int=str)
            report["年度"] = year
            report.pop("地区", None)
            if place:
                report["地区"] = place
            out.write(json.dumps(report, ensure_ascii=False) + "\n")
    all_of = []
    for line in run("run", rules, file, "--format", "ndjson")[1].decode().splitlines():
        result = json.loads(line)
        if not result["heng"].startswith("result/"):
            continue
        assert not result["refused"], result["problems"]
        answers = {}

        def put(kind, name, one, answer):
            number = 0
            while (kind, name, one["subject"], number) in answers:
                number += 1
            answers[kind, name, one["subject"], number] = answer

        for one in result["verdicts"]:
            severity = "" if one["verdict"] in ("holds", "does_not_apply") or one["severity"] == "error" else " " + one["severity"]
            name = f'{one["ruleset"]}：{one["rule"]}' + (f'.{one["case"]}' if one["case"] else "")
            put("verdict", name, one, one["verdict"] + severity)
        for kind, items in (("score", result["scores"]), ("grade", result["grades"])):
            for one in items:
                value = one["value"] if one["value"] is not None else one["state"]
                put(kind, f'{one["ruleset"]}：{one[kind]}', one, value)
        all_of.append(answers)
    return all_of


def number_of(text):
    try:
        return fractions.Fraction(text)
    except (TypeError, ValueError):
        return None


def changes(was, now):
    found = {}
    for key in was.keys() | now.keys():
        if key[1] == reads_the_year:
            continue
        first, last = was.get(key), now.get(key)
        if first == last:
            continue
        if key[0] == "verdict" and None in (first, last) and (first or last) in ("holds", "does_not_apply"):
            continue
        found[key] = (first, last)
    return found


def compare(was, now):
    """was, now: (rules, year, place)"""
    name = " -> ".join("@".join(map(str, side)) for side in (was, now))
    sides = ["@".join(str(part) for part in side if part) for side in (was, now)]
    code, out, error = run("impact", *sides, made, "--format", "json", "--threads", 1)
    expect(f"{name}: exit code 1, nothing on standard error", code == 1 and not error)
    expect(f"{name}: the same bytes for two threads", run("impact", *sides, made, "--format", "json", "--threads", 2)[1] == out)
    impact = json.loads(out)
    before, behind = weighed(*was), weighed(*now)
    told = {one["record"]: one["moved"] for one in impact["each"]}
    expect(f"{name}: all reports, none refused", (impact["reports"], impact["refused"], impact["changed"]) == (len(before), 0, len(told)))
    missed, adds_up, chained = [], True, True
    sums, by_step = collections.Counter(), collections.Counter()
    for record, (first, last) in enumerate(zip(before, behind), 1):
        expected, found = changes(first, last), {}
        for one in told.get(record, []):
            number = 0
            while (one["kind"], one["rule"], one["subject"], number) in found:
                number += 1
            assert one["rule"] != reads_the_year
            found[one["kind"], one["rule"], one["subject"], number] = (one["was"], one["now"])
            causes = one["causes"]
            answers = [causes[0]["was"]] + [cause["now"] for cause in causes] if causes else []
            chained &= bool(causes) and answers[0] == one["was"] and answers[-1] == one["now"]
            chained &= all(a["now"] == b["was"] for a, b in zip(causes, causes[1:]))
            chained &= all(1 <= step <= len(impact["steps"]) for cause in causes for step in cause["steps"])
            if one["by"] is None:
                continue
            by = fractions.Fraction(one["by"])
            adds_up &= by == sum(fractions.Fraction(cause["by"]) for cause in causes)
            adds_up &= by == number_of(one["now"]) - number_of(one["was"])
            sums[one["rule"]] += by
            for cause in causes:
                by_step[one["rule"], tuple(cause["steps"])] += fractions.Fraction(cause["by"])
        if found != expected:
            odd = set(found.items()) ^ set(expected.items())
            missed.append((record, sorted(odd, key=str)[:3]))
    expect(f"{name}: what heng run says otherwise is told, and nothing else ({sum(map(len, told.values()))} answers)", not missed)
    if missed:
        print("     ", str(missed[:2])[:600])
    expect(f"{name}: causes lead from what was to what is", chained)
    expect(f"{name}: the parts of each score add up", adds_up)
    expect(f"{name}: the totals are those of the reports and of the steps",
           all(sums[one["rule"]] == fractions.Fraction(one["by"])
               and all(by_step[one["rule"], tuple(each["steps"])] == fractions.Fraction(each["by"]) for each in one["by_step"])
               and sum(fractions.Fraction(each["by"]) for each in one["by_step"]) == fractions.Fraction(one["by"])
               for one in impact["scores"]))
    return impact


# Many edits at once, for a made-up place.
edits = """改 参数 偏差说明线 { 2025.. : 20% }
改 参数 等值计分 { 2025.. : 相等满分 }
替换 档次 完成档次 { 完成 : [85%, 100%]   部分完成 : [50%, 85%)   未完成 : [0%, 50%) }
改 计算 执行率 : 全年执行数 / 年初预算数 除数为0按 0%
改 评分 预算执行 { 满分 12 }
改 评分 总分 : 预算执行 + 求和(指标得分) * 95%
替换 分档 评价等级 按 总分 { [88, 100] : 优   [78, 88) : 良   [60, 78) : 中   [0, 60) : 差 }
改 审核 汇总表.执行数 : 预算执行数 <= 调整后预算数 - 1万元
改 审核 分值合计.预算执行10分 : 预算执行分值 = 12分
取消 审核 得分不超分值
改 要求 执行率说明 { 审核类型 提示 }
增设 审核 试点 逐个 项目 : 全年执行数 <= 100万元
增设 评分 试点分 满分 10 逐个 项目 : 执行率 * 满分
""".splitlines()


def make_overlay():
    folder = here / "rules"
    shutil.copytree(root / "rules/项目支出绩效自评", folder)
    (folder / "试点.heng").write_text("规则集 项目支出绩效自评 2025 适用地区 示例试点市 沿用 项目支出绩效自评 2025 {\n" + "\n".join(edits) + "\n}\n",
                                    encoding="utf-8")
    return folder


def same_as_diff(was, now, impact):
    """Each rule that heng diff tells stands in one step; the rules of the steps."""
    diff = json.loads(run("diff", was, now, "--format", "json")[1])
    told = {(change["kind"], change["rule"]) for section in diff["comparisons"] for one in section["sets"] for change in one["changes"]
            if not change["words_only"]}
    words = {"审核": "check", "评分": "score", "分档": "bands", "计算": "let", "要求": "require", "参数": "parameter", "档次": "tier"}
    steps = [rule["rule"].split("：", 1)[1].split() for step in impact["steps"] for rule in step["rules"]]
    expect(f"{was} -> {now}: what heng diff tells and the steps are the same rules, each in one step",
           {(words[word], name) for word, name in steps} == told and len(steps) == len(told))
    return [name for word, name in steps]


make_reports()
own = "rules/项目支出绩效自评"
compare((own, 2023, ""), (own, 2024, ""))
later = compare((own, 2024, ""), (own, 2025, ""))
expect("scores and grades are among what changed", any(one["by"] != "0" for one in later["scores"]) and bool(later["grades"]))
back = compare((own, 2025, ""), (own, 2024, ""))
expect("the way back is as far", {one["rule"]: fractions.Fraction(one["by"]) for one in back["scores"]}
       == {one["rule"]: -fractions.Fraction(one["by"]) for one in later["scores"]})
compare((own, 2024, ""), (own, 2024, "示例甲市"))
yuan = compare((own, 2024, ""), (own, 2024, "示例乙市"))
expect("forms in another unit are the only change, and change verdicts",
       all(rule["rule"].startswith("绩效自评表：") for step in yuan["steps"] for rule in step["rules"]) and bool(yuan["verdicts"]))
compare(("rules", 2024, ""), ("rules", 2025, ""))

same_as_diff(f"{own}@2024", f"{own}@2025", later)

folder = make_overlay()
many = compare((folder, 2025, ""), (folder, 2025, "示例试点市"))
names = same_as_diff(f"{folder}@2025", f"{folder}@2025@示例试点市", many)
expect("each of the many edits is in one step", sorted(names) == sorted(edit.split()[2] for edit in edits))
expect("several of them act on one score", any(len(one["by_step"]) > 2 for one in many["scores"]))

code, out, error = run("impact", f"{own}@2024", f"{own}@2024", made, "--format", "json")
expect("the same rules: nothing changes", code == 0 and json.loads(out)["each"] == [] and json.loads(out)["steps"] == [])
print("%d wrong" % len(wrong))
sys.exit(1 if wrong else 0)
