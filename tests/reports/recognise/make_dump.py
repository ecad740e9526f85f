#!/usr/bin/env python3
"""A report as a flat text dump: its tables in reading order, cells of one line beside each other, wrapped cells by themselves.

usage: make_dump.py REPORT.json RULES_DIR [--seed N] [--random] [--data OUT.json]   prints the dump
--seed    chooses widths of columns, where blank lines stand, which cells are merged
--random  makes up other projects of other departments
--data    writes the lists that were made up to OUT.json
"""
import argparse
import json
import pathlib
import random
import re


def text_of(value):
    return value["value"] if isinstance(value, dict) else "" if value is None else str(value)


class Dump:
    def __init__(self, chance):
        self.chance = chance
        self.out = []
        self.spaced = chance.random() < 0.5  # a blank line behind every line

    def line(self, text):
        self.out.append(text)
        if self.spaced:
            self.out.append("")

    def gap(self):
        if self.out and self.out[-1] != "":
            self.out.append("")

    def title(self, text):
        self.gap()
        self.out += [text, ""]

    @staticmethod
    def wrap(text, width):
        lines, line, used = [], "", 0.0
        for part in re.findall(r"[A-Za-z0-9.,%‰]+|.", text):
            size = sum(0.5 if ord(c) < 128 else 1 for c in part)
            if line and used + size > width and part not in "，。、；）":
                lines.append(line)
                line, used = "", 0.0
            line, used = line + part, used + size
        return lines + [line] if line else lines

    def row(self, cells):
        """cells: texts, or lists of lines (wrapped or upright)."""
        together = []
        for cell in cells:
            lines = cell if isinstance(cell, list) else [cell]
            if len(lines) == 1:
                if lines[0] != "":
                    together.append(lines[0])
                continue
            if together:
                self.out.append(" ".join(together))
                together = []
            if self.chance.random() < 0.7:
                self.gap()
            for i, line in enumerate(lines):
                self.out.append(line)
                if self.wide_gaps and i + 1 < len(lines):
                    self.out.append("")
            if self.chance.random() < 0.7:
                self.gap()
        if together:
            self.out.append(" ".join(together))
        if self.chance.random() < 0.9:
            self.gap()

    wide_gaps = False


def figures(cells, columns):
    return [text_of(cells[c]) for c in columns]


# ---- the nine tables, from the forms as they are written ----------------------------------------------------------------------


def lines_of(forms, name):
    """[[(number, label)…] of each block] of a form's lines."""
    body = re.search(r"报表 " + name + r" .*?\{(.*?)\n\}", forms, re.S).group(1)
    return [re.findall(r"^\s*(\d+)(?: 代码 \d+)? : (.+)$", block, re.M) for block in re.findall(r"行次表 \{(.*?)\n  \}", body, re.S)]


def columns_of(forms, name):
    body = re.search(r"报表 " + name + r" .*?\{(.*?)\n\}", forms, re.S).group(1)
    return [re.split(r",\s*", found) for found in re.findall(r"栏目 (.+)", body)]


def tables(dump, report, forms):
    printed = {"收入总计": "总计", "支出总计": "总计", "一般公共预算": "一般公共预算财政拨款", "政府性基金": "政府性基金预算财政拨款",
               "国有资本": "国有资本经营预算财政拨款", "因公出国费": "因公出国（境）费", "用车小计": "小计"}
    chance = dump.chance

    def begin(name):
        dump.gap()
        dump.line("金额单位：" + report[name]["印出"]["单位"] + "部门：" + report["单位名称"])
        dump.title(report[name]["印出"]["标题"])
        dump.line(name + "表")

    def wrapped(label):
        return Dump.wrap(printed.get(label, label), chance.choice([9, 11, 13, 30]))

    for name in ("公开01", "公开04"):
        begin(name)
        blocks, columns, data = lines_of(forms, name), columns_of(forms, name), report[name]
        if len(blocks) == 1:
            half = next(i for i, (number, _) in enumerate(blocks[0]) if number == "32")
            blocks, columns = [blocks[0][:half], blocks[0][half:]], columns * 2
        head = [printed.get(c, c) for c in columns[1]]
        dump.line("收入 支出")
        dump.row(["项目", ["行", "次"], "金额", "项目", ["行", "次"]] + [Dump.wrap(c, 9) for c in head])
        dump.line("栏次 1 栏次 " + " ".join(str(i + 2) for i in range(len(head))))
        number, last = [dict((int(n), label) for n, label in block) for block in blocks], [int(b[-1][0]) for b in blocks]
        first = [1, last[0] + 1]
        for i in range(max(last[0], last[1] - last[0])):
            row = []
            for side in (0, 1):
                n = first[side] + i
                if n > last[side]:
                    continue
                if n not in number[side]:
                    row.append(str(n))
                    continue
                cells = data[str(n)]
                row += [wrapped(number[side][n]), str(n)]
                row += [text_of(cells)] if len(columns[side]) == 1 else figures(cells, columns[side])
            if chance.random() < 0.03:  # the page turns
                dump.line("- %d -" % (i + 1))
                dump.row(["项目", ["行", "次"], "金额", "项目", ["行", "次"]] + [Dump.wrap(c, 9) for c in head])
            dump.row(row)
        dump.line("注：本表反映部门本年度的示例情况，12.00万元。")

    for name in ("公开02", "公开03", "公开05", "公开07", "公开08"):
        begin(name)
        columns, data = columns_of(forms, name)[0], report[name]
        dump.row(["项目"] + [Dump.wrap(c, 8) for c in columns])
        dump.line("科目代码 科目名称")
        dump.line("栏次 " + " ".join(str(i + 1) for i in range(len(columns))))
        dump.row(["合计"] + figures(data["合计"], columns))
        for row in data["科目"]:
            code = row["科目代码"]
            if name == "公开02" and chance.random() < 0.5:
                code = " ".join([code[:3], code[3:5], code[5:7]]).strip()
            dump.row([code, Dump.wrap(row["科目名称"], chance.choice([10, 30]))] + figures(row, columns))
        dump.line("注：本表反映部门本年度的示例情况。")

    begin("公开06")
    data = report["公开06"]
    groups = [[r for r in data["科目"] if r["科目代码"][:3] in codes] for codes in (("301", "303"), ("302",), ("307", "310", "312", "399"))]
    head = ["科目代码 科目名称 金额"] * 3
    dump.line("人员经费 公用经费")
    dump.line(" ".join(head))
    for i in range(max(map(len, groups))):
        if i == 27:
            dump.line("人员经费 公用经费")
            dump.line(" ".join(head))
        row = []
        for group in groups:
            if i < len(group):
                row += [group[i]["科目代码"], Dump.wrap(group[i]["科目名称"], 13), text_of(group[i]["金额"])]
        dump.row(row)
    dump.row(["人员经费合计", text_of(data["人员经费合计"]["金额"]), "公用经费合计", text_of(data["公用经费合计"]["金额"])])

    begin("公开09")
    data = report["公开09"]
    columns = ["合计", "因公出国费", "用车小计", "公务用车购置费", "公务用车运行维护费", "公务接待费"]
    if chance.random() < 0.5:
        columns.insert(2, columns.pop())
    dump.line("预算数 决算数")
    upper = [printed.get(c, c) for c in columns if not c.startswith("公务用车")]
    upper = ["公务用车购置及运行维护费" if c == "小计" else c for c in upper]
    dump.row([Dump.wrap(c, 12) for c in upper * 2])
    dump.line(" ".join(["小计 公务用车购置费 公务用车运行维护费"] * 2))
    dump.line(" ".join(str(i + 1) for i in range(12)))
    dump.line(" ".join(figures(data["预算"], columns) + figures(data["决算"], columns)))
    dump.line("注：示例说明。")


# ---- self-evaluation ----------------------------------------------------------------------------------------------------------


def summary(dump, report):
    dump.title("市级使用资金绩效自评情况汇总表")
    dump.line("部门名称：" + report["单位名称"] + " 单位：万元")
    dump.row(["序号", "项目实施单位", ["项目类别（特定目", "标类/其他运转类）"], "资金名称", "项目名称", "年初预算数", "调整后预算数",
              ["预算", "执行数"], "评价得分", "评价等级", "评价发现问题",
              ["整改措施或结果应用", "", "（包括安排预算、调整政策、改进管理方面）"]])
    width = dump.chance.choice([4, 5, 6, 8])
    for row in report["汇总"]:
        cells = [text_of(row[f]) for f in ("序号", "项目实施单位", "项目类别", "资金名称", "项目名称", "年初预算数", "调整后预算数",
                                           "预算执行数", "评价得分", "评价等级", "评价发现问题", "整改措施")]
        cells[3:5] = [Dump.wrap(c, width) for c in cells[3:5]]
        cells[10:] = [Dump.wrap(c, 7) for c in cells[10:]]
        dump.row(cells)
    dump.line("说明：项目绩效自评总分在90分（含）以上的为“优”。")


def project(dump, one, report):
    chance = dump.chance
    dump.wide_gaps = chance.random() < 0.3
    dump.title("项目支出绩效自评表")
    dump.line("（ %s 年度）" % report["年度"])
    dump.line("单位：万元")
    dump.line("项目名称 " + one["项目名称"] + " 主管部门 " + one["主管部门"])
    dump.line("项目实施单位 " + one["项目实施单位"] + (" 联系电话 12345678" if chance.random() < 0.5 else ""))
    dump.row([["项目预算", "执行情况", "（10分）"], ["年初", "预算数"], ["调整后预算数（A", "）"], "全年执行数（B）", "分值",
              ["执行率（", "B/A)"], "得分"])
    dump.row(["年度资金总额"] + [text_of(one[f]) for f in ("年初预算数", "调整后预算数", "全年执行数", "预算执行分值", "填报执行率", "预算执行得分")])
    for name in ("当年财政拨款", "上年结转资金", "其他资金"):
        cells = [text_of(one[name][f]) for f in ("年初预算数", "调整后预算数", "全年执行数", "分值", "得分")]
        dump.row([("其中：" if name == "当年财政拨款" else "     ") + name] + cells)
    dump.line("年度总体目标")
    dump.line("预期目标 实际完成情况")
    for field in ("预期目标", "实际完成情况"):
        dump.gap()
        width = chance.choice([22, 26, 30])
        for line in Dump.wrap("    " + text_of(one[field]), width):
            dump.line(line)
    dump.row([list("年度绩效指标"), ["一级", "指标"], ["二级", "指标"], "三级指标 年度指标值（A）", ["实际完成", "指标值（B）"], "分值 得分",
              ["偏差原因分析", "及改进措施"]])
    indicators(dump, one)
    dump.line("小计 " + text_of(one["小计分值"]) + " " + text_of(one["小计得分"]))
    dump.line("总分 " + text_of(one["填报总分"]))
    dump.row([["总分在80分以下的", "项目未实现绩效目", "标的原因分析及拟", "采取的措施说明："]] + Dump.wrap(text_of(one["未实现原因及措施"]), 30))
    dump.line("注：1.得分一档最高不能超过该指标分值上限。")
    dump.wide_gaps = False


def indicators(dump, one):
    chance = dump.chance
    widths = {"二级指标": chance.choice([4, 5, 12]), "三级指标": chance.choice([10, 13, 20]), "年度指标值": chance.choice([6, 8, 14]),
              "偏差原因": chance.choice([6, 7, 10])}
    merged = chance.random() < 0.8  # names of the second level are printed once
    before = {"一级指标": None, "二级指标": None}
    for row in one["指标"]:
        cells = []
        first = text_of(row["一级指标"])
        if first != before["一级指标"]:
            points = "（%s分）" % text_of(one["一级分值"][first])
            cells.append(list(first[:-2]) + ["指", "标", "", points] if len(first) == 4 else [first[:-2], "指标", "", points])
            before["二级指标"] = None
        second = text_of(row["二级指标"])
        if not merged or second != before["二级指标"]:
            cells.append(Dump.wrap(second, widths["二级指标"]))
        before = {"一级指标": first, "二级指标": second}
        cells.append(Dump.wrap(text_of(row["三级指标"]), widths["三级指标"]))
        cells += [Dump.wrap(text_of(row[f]), widths["年度指标值"]) for f in ("年度指标值", "实际完成值")]
        cells += [text_of(row["分值"]), text_of(row["得分"])]
        cells.append(Dump.wrap(text_of(row["偏差原因"]), widths["偏差原因"]))
        dump.row(cells)


# ---- the index system of the evaluation ----------------------------------------------------------------------------------------


SECONDS = {"项目立项": ("决策", ["立项依据充分性", "立项程序规范性"]), "绩效目标": ("决策", ["绩效目标合理性", "绩效指标明确性"]),
           "资金投入": ("决策", ["预算编制科学性", "资金分配合理性"]), "资金管理": ("过程", ["资金到位率", "预算执行率", "资金使用合规性"]),
           "组织实施": ("过程", ["管理制度健全性", "绩效管理有效性", "制度执行有效性"]), "产出数量": ("产出", ["实际完成率"]),
           "产出质量": ("产出", ["质量达标率"]), "产出时效": ("产出", ["完成及时率"]), "产出成本": ("产出", ["成本节约率"]),
           "项目效益": ("效益", ["经济效益", "社会效益", "生态效益"]), "可持续影响": ("效益", ["效益可持续性", "项目发展机制可持续性"]),
           "满意度": ("效益", ["服务对象满意度"])}


def evaluation(dump, one, report):
    chance = dump.chance
    dump.title(report["单位名称"] + "项目支出绩效评价指标体系")
    dump.row(["一级指标 二级指标 三级指标", ["四级", "", "指标"], ["权", "", "重"], "指标解释 标杆值 评分标准 得分 得分率"])
    before = None
    for second, (first, rows) in SECONDS.items():
        for i, name in enumerate(rows):
            values = one["体系"][name]
            cells = []
            if first != before:
                cells.append([first, "", "（%s分）" % text_of(one["一级"][first])])
                before = first
            if i == 0:
                cells.append([second, "", "（%s分）" % text_of(one["二级"][second])])
            cells.append(Dump.wrap(name, 4))
            with_texts = not (second == "项目效益" and i > 0)  # explanation and standard are printed once for the three
            cells.append("-" if with_texts and chance.random() < 0.5 else "")
            cells.append(text_of(values["权重"]))
            if with_texts:
                cells.append(Dump.wrap("示例：考察" + name + "，用以反映和考核示例项目的情况。", 9))
                cells.append(chance.choice(["充分", "100%", "", "b%"]))
                cells.append(Dump.wrap("①示例标准一；②示例标准二。5 项各占 1/5 权重分，达 100%得满分，每降低 1%扣 5%权重分。", 23))
            cells += [text_of(values["得分"]), text_of(values["得分率"])]
            dump.row(cells)
    total = one["体系"]["合计"]
    dump.line("合计 " + text_of(total["权重"]) + "       " + text_of(total["得分"]) + " " + text_of(total["得分率"]))


# ---- made-up projects ----------------------------------------------------------------------------------------------------------


PLACES = ["水务局", "交通运输局", "文化和旅游局", "市场监督管理局", "教育局", "档案馆"]
THINGS = ["河道清淤", "公交补贴发放", "图书采购", "抽检批次", "校舍维修", "馆藏数字化", "监测站点维护", "宣传活动", "应急演练", "系统升级改造"]
ASPECTS = {"数量指标": ["数量", "次数", "面积", "完成个数"], "质量指标": ["合格率", "验收通过率", "数据准确率"], "时效指标": ["完成时限", "完成及时率", "按期办结情况"],
           "经济成本指标": ["单位成本", "总成本控制额"], "社会效益指标": ["知晓率", "覆盖人群", "对行业发展的促进作用"], "生态效益指标": ["水质改善情况", "能耗降低率"],
           "可持续影响指标": ["长效机制健全程度"], "服务对象满意度指标": ["服务对象满意度", "受益群众满意度"]}
LEVELS = [("成本指标", ["经济成本指标"]), ("产出指标", ["数量指标", "质量指标", "时效指标"]),
          ("效益指标", ["社会效益指标", "生态效益指标", "可持续影响指标"]), ("满意度指标", ["服务对象满意度指标"])]
REASONS = ["", "", "", "", "示例：年初目标设置偏低，下一步将合理设置目标。", "示例：受天气影响，工期延后。", "示例原因：供应商报价低于预期，今后加强市场调研，提高预算编制的准确性。", "无"]


def target_and_actual(chance):
    kind = chance.choice(["count", "percent", "money", "words", "date", "plain"])
    n = chance.randint(2, 900)
    if kind == "count":
        unit = chance.choice(["次", "个", "人次", "公里", "平方米", "万元/公里", "元/人·天"])
        return chance.choice(["≥", "≤", ""]) + str(n) + unit, str(n) + chance.choice(["", unit])
    if kind == "percent":
        return chance.choice(["≥", ""]) + "%d%%" % (n % 100), "%d.%d%%" % (n % 100, n % 10)
    if kind == "money":
        return "≤%d.%02d万元" % (n, n % 100), "%d.%02d万元" % (n - 1, n % 100)
    if kind == "date":
        return "%d月底前" % (n % 12 + 1), "%d月%d日" % (n % 12 + 1, n % 28 + 1)
    if kind == "plain":
        return "≥%d" % n, str(n)
    words = chance.choice(["效果明显", "持续提升", "按时完成", "全部达到国家标准", "有效改善", "良好"])
    return words, chance.choice([words, "达到预期目标"])


def made_up(report, chance):
    report = json.loads(json.dumps(report))
    place = chance.choice(PLACES)
    report["项目"], report["汇总"] = [], []
    for n in range(chance.randint(1, 6)):
        name = chance.choice(THINGS) + chance.choice(["经费", "专项资金", "项目", "及配套设施建设运行维护专项经费"])
        money = "%d.%02d" % (chance.randint(3, 9000), chance.randint(0, 99))
        one = {"项目名称": place + name, "主管部门": place, "项目实施单位": place + "本级", "年初预算数": money, "调整后预算数": money,
               "全年执行数": money, "预算执行分值": "10", "填报执行率": chance.choice(["1", "100%", "99.8%"]), "预算执行得分": "10",
               "当年财政拨款": {"年初预算数": money, "调整后预算数": money, "全年执行数": money, "分值": "-", "得分": "-"}}
        for fund in ("上年结转资金", "其他资金"):
            one[fund] = {"年初预算数": "", "调整后预算数": "", "全年执行数": "", "分值": "-", "得分": "-"}
        one["预期目标"] = "示例：" + "围绕%s开展各项工作，保障示例任务按期完成。" % name * chance.randint(1, 4)
        one["实际完成情况"] = "示例：" + "已按计划完成%s，示例任务全部完成。" % name * chance.randint(1, 4)
        one["一级分值"], one["指标"] = {}, []
        for first, seconds in LEVELS:
            one["一级分值"][first] = str(chance.choice([10, 20, 30, 40]))
            for second in chance.sample(seconds, chance.randint(1, len(seconds))) if first != "满意度指标" else seconds:
                for _ in range(chance.choice([1, 1, 1, 2, 2, 3])):
                    target, actual = target_and_actual(chance)
                    full = chance.choice(["2.5", "5", "8", "10", "15"])
                    one["指标"].append({"一级指标": first, "二级指标": second, "三级指标": chance.choice(THINGS) + chance.choice(ASPECTS[second]),
                                        "年度指标值": target, "实际完成值": actual, "分值": full, "得分": chance.choice([full, full, "4.5"]),
                                        "偏差原因": chance.choice(REASONS)})
        one.update({"小计分值": "90", "小计得分": "90", "填报总分": "100", "未实现原因及措施": ""})
        report["项目"].append(one)
        report["汇总"].append({"序号": str(n + 1), "项目实施单位": place, "项目类别": chance.choice(["其他运转类", "特定目标类"]), "资金名称": name, "项目名称": name,
                               "年初预算数": money, "调整后预算数": money, "预算执行数": money, "评价得分": "100", "评价等级": "优",
                               "评价发现问题": "无", "整改措施": ""})
    return report


def main():
    options = argparse.ArgumentParser()
    options.add_argument("report")
    options.add_argument("rules")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--random", action="store_true")
    options.add_argument("--data")
    given = options.parse_args()
    report = json.loads(pathlib.Path(given.report).read_text(encoding="utf-8"))
    forms = (pathlib.Path(given.rules) / "部门决算" / "报表-2024.heng").read_text(encoding="utf-8")
    chance = random.Random(given.seed)
    if given.random:
        report = made_up(report, chance)
    if given.data:
        pathlib.Path(given.data).write_text(json.dumps(report, ensure_ascii=False), encoding="utf-8")
    dump = Dump(chance)
    tables(dump, report, forms)
    summary(dump, report)
    for one in report["项目"]:
        project(dump, one, report)
    evaluation(dump, report["评价"][0], report)
    print("\n".join(dump.out))


main()
