#!/usr/bin/env python3
"""Prints tests/bench/workload.heng: the benchmark's 62 rules over one report of 135 figures, written out as a person would.

The hierarchy is that of subject_table() in workload.cpp. usage: make_rules.py > workload.heng
"""
classes = [("201", "一般公共服务支出", [3, 2, 2]), ("205", "教育支出", [2, 3]), ("208", "社会保障和就业支出", [2, 2]),
           ("210", "卫生健康支出", [1, 2]), ("221", "住房保障支出", [3, 2])]
totals = ["收入合计", "支出合计", "财政拨款收入", "其他收入", "年初结转", "基本支出合计", "项目支出合计", "人员经费", "公用经费",
          "收入总表支出数", "支出决算表支出数"]

lines, sums = [], []
for code, name, sections in classes:
    lines.append((code, name))
    below = []
    for j, items in enumerate(sections, 1):
        section = f"{code}0{j}"
        below.append(section)
        lines.append((section, f"{name}款{j}"))
        leaves = [f"{section}0{k}" for k in range(1, items + 1)]
        lines += [(leaf, f"项目支出{k}") for k, leaf in enumerate(leaves, 1)]
        sums.append((section, leaves))
    sums.append((code, below))


def amount(code):
    return f"支出[{code}].金额"


def all_classes(column):
    return " + ".join(f"支出[{code}].{column}" for code, _, _ in classes)


print("# The benchmark's rules: 31 identities, 8 shares, 12 indicator scores, execution, total, grade, 8 deviations.")
print("# Printed by make_rules.py; the same figures and the same rules stand by hand in peers.cpp.")
print("forms 基准表 2024 {")
print("  report {")
print("    单位名称 : text   年度 : year   地区 : place")
print("    占比1, 占比2, 占比3, 占比4, 占比5, 占比6, 占比7, 占比8 : percent to 2")
print("    指标 : list of 指标")
print("  }")
print("  form 支出 in 万元 to 2 {\n    lines {")
for code, name in lines:
    print(f"      {code} : {name}")
print("    }\n    columns 金额, 基本支出, 项目支出\n  }")
print("  form 总表 in 万元 to 2 {\n    lines {")
for number, name in enumerate(totals, 1):
    print(f"      {number} : {name}")
print("    }\n    columns 金额\n  }")
print("  form 三公 in 万元 to 2 {\n    grid 决算, 预算 by 合计, 因公出国费, 用车小计, 购置费, 运行费, 公务接待费\n  }")
print("  form 预算表 in 万元 to 2 {\n    lines {")
for code, name, _ in classes:
    print(f"      {code} : {name}")
print("      999 : 合计\n    }\n    columns 金额\n  }")
print("  record 指标 { 名称 : text   目标, 实际 : number   方向 : 正向|反向|等于   权重 : points }")
print("}\n")
print("ruleset 基准 2024 use 基准表 2024 round scores to 2 {")
print("  check 逐级 {")
for parent, children in sums:
    print(f'    "{parent}" : {amount(parent)} ≈ {" + ".join(amount(child) for child in children)}')
print("  }\n  check 分解 {")
for code, _, _ in classes:
    print(f'    "{code}" : {amount(code)} ≈ 支出[{code}].基本支出 + 支出[{code}].项目支出')
print("  }\n  check 总数 {")
for title, rule in [
        ("支出合计", f"总表[2] ≈ {all_classes('金额')}"), ("收入合计", "总表[1] ≈ 总表[3] + 总表[4] + 总表[5]"),
        ("收入总表", "总表[10] ≈ 总表[2]"), ("支出决算表", "总表[11] ≈ 总表[2]"),
        ("基本支出", f"总表[6] ≈ {all_classes('基本支出')}"), ("项目支出", f"总表[7] ≈ {all_classes('项目支出')}"),
        ("支出构成", "总表[2] ≈ 总表[6] + 总表[7]"), ("基本构成", "总表[6] ≈ 总表[8] + 总表[9]"),
        ("三公", "三公.决算.合计 ≈ 三公.决算.因公出国费 + 三公.决算.用车小计 + 三公.决算.公务接待费"),
        ("用车", "三公.决算.用车小计 ≈ 三公.决算.购置费 + 三公.决算.运行费")]:
    print(f'    "{title}" : {rule}')
print("  }\n  check 占比 {")
shares = [(amount(code), "总表[2]") for code, _, _ in classes]
shares += [("总表[6]", "总表[2]"), ("三公.决算.公务接待费", "三公.决算.合计"), ("总表[3]", "总表[1]")]
for number, (part, whole) in enumerate(shares, 1):
    print(f'    "{number}" : 占比{number} = ({part} / {whole} * 100% zero divisor as 0%) within 0.01个百分点')
print("  }")
print("""  score 指标得分 out of 权重 each 指标 {
    when 方向 is 正向 : 实际 / 目标 * full marks zero divisor as full marks
    when 方向 is 反向 : 目标 / 实际 * full marks zero divisor as full marks
    when 实际 = 目标 : full marks
    else : 实际 / 目标 * full marks zero divisor as 0分
  }
  score 预算执行 out of 10 : 总表[2] / 预算表[999] * full marks zero divisor as full marks
  score 总分 out of 100 : 预算执行 + sum(指标得分)
  bands 等级 of 总分 { [90, 100] : 优   [80, 90) : 良   [60, 80) : 中   [0, 60) : 差 }""")
print("  check 偏差 {")
flags = [(amount(code), f"预算表[{code}]", name) for code, name, _ in classes]
flags += [(f"三公.决算.{name}", f"三公.预算.{name}", name) for name in ("因公出国费", "用车小计", "公务接待费")]
for actual, budget, title in flags:
    print(f'    "{title}" : abs({actual} - {budget}) / {budget} < 30%')
print("  }\n}")
