"""What figures of a report are tied to each other, and how far rounding may part them. Written from the forms, not from the rules: it says
of a planted error whether any identity is broken by more than its figures' half-widths, which a check must then find.

A path is a list of keys; a figure that is not there counts as 0 and as exact.
"""
import re
from fractions import Fraction

import codes
from model import EARNED

FIGURE = re.compile(r"-?[0-9][0-9,]*(\.[0-9]+)?")
HALF = Fraction(5, 1000)  # of a figure with two decimals
MONEY = ("年初预算数", "调整后预算数", "全年执行数")


def at(document, path):
    for key in path:
        if isinstance(document, list):
            document = document[key] if key < len(document) else None
        else:
            document = document.get(key) if document else None
    return document


def value(document, path):
    """The figure printed there, in the unit of the form."""
    text = at(document, path)
    found = FIGURE.match(text) if text else None
    return Fraction(found[0].replace(",", "")) if found else Fraction(0)


def half_width(document, path):
    text = at(document, path)
    return HALF if text and FIGURE.match(text) else Fraction(0)


class Sum:
    """Signed figures that add up to a number: 0, or 100 for shares."""

    def __init__(self, name, plus, minus, constant=0, exact=False):
        self.name, self.constant, self.exact = name, constant, exact
        self.terms = [(path, 1) for path in plus] + [(path, -1) for path in minus]
        self.paths = [path for path, _ in self.terms]

    def gap(self, document):
        return abs(sum(sign * value(document, path) for path, sign in self.terms) - self.constant)

    def allowed(self, document):
        return Fraction(0) if self.exact else sum(half_width(document, path) for path in self.paths)


class Share:
    """A percentage, or points out of 10, of one figure in another."""

    def __init__(self, name, share, part, whole, times=100):
        self.name, self.times, self.paths = name, times, [share, part, whole]

    def gap(self, document):
        share, part, whole = (value(document, path) for path in self.paths)
        return abs(share - self.times * part / whole) if whole else abs(share)

    def allowed(self, document):
        _, part, whole = (abs(value(document, path)) for path in self.paths)
        if whole <= HALF:
            return Fraction(10**9)  # cannot be told
        return HALF + self.times * HALF * (whole + part) / whole**2 * whole / (whole - HALF)


class Change:
    """The rate of a change, from the change and today's total."""

    def __init__(self, place):
        self.name, self.place = "变动率 " + place, place
        self.paths = [[place, key] for key in ("变动率", "变动额", "总额")]

    def parts(self, document):
        rate, change, total = (value(document, path) for path in self.paths)
        falls, less = (at(document, [self.place, key]) == word for key, word in (("升降", "下降"), ("方向", "减少")))
        return (-rate if falls else rate), (-change if less else change), total

    def gap(self, document):
        rate, change, total = self.parts(document)
        return abs(rate - 100 * change / (total - change)) if total != change else Fraction(0)

    def allowed(self, document):
        _, change, total = self.parts(document)
        last = abs(total - change)
        if last <= 2 * HALF:
            return Fraction(10**9)
        return HALF + 100 * HALF * (abs(total) + abs(change)) / last**2 * last / (last - 2 * HALF)


def identities(document):
    """All of a report as it should be."""
    yield from overview(document)
    yield from fiscal_overview(document)
    for table, columns in (("公开02", ["财政拨款收入", *EARNED]), ("公开03", ["基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出"]),
                           ("公开05", ["基本支出", "项目支出"]), ("公开08", ["基本支出", "项目支出"])):
        whole = {"公开02": "本年收入合计", "公开03": "本年支出合计"}.get(table, "小计")
        yield from rows_of(document, table, whole, columns)
        yield from rolled_up(document, table, [whole, *columns])
    yield from fund(document)
    yield from basic(document)
    yield from three(document)
    yield from between(document)
    yield from words(document)
    yield from projects(document)
    yield from evaluation(document)


def line(table, number, column=None):
    return [table, str(number)] + ([column] if column else [])


def overview(document):
    t = "公开01"
    yield Sum("本年收入合计", [line(t, 27)], [line(t, n) for n in range(1, 9)])
    yield Sum("本年支出合计", [line(t, 58)], [line(t, n) for n in range(32, 58)])
    yield Sum("收入总计", [line(t, 31)], [line(t, n) for n in (27, 28, 29)])
    yield Sum("支出总计", [line(t, 62)], [line(t, n) for n in (58, 59, 60)])
    yield Sum("收支总计", [line(t, 31)], [line(t, 62)])
    yield Sum("结转", [line(t, n) for n in (60, 58, 59)], [line(t, n) for n in (27, 28, 29)])


def fiscal_overview(document):
    t, columns = "公开04", ("合计", "一般公共预算", "政府性基金", "国有资本")
    yield Sum("财政拨款收入", [line(t, 27)], [line(t, n) for n in (1, 2, 3)])
    yield Sum("财政拨款年初结转", [line(t, 28)], [line(t, n) for n in (29, 30, 31)])
    yield Sum("财政拨款收入总计", [line(t, 32)], [line(t, 27), line(t, 28)])
    yield Sum("财政拨款收支总计", [line(t, 32)], [line(t, 64, "合计")])
    for column in columns:
        yield Sum("财政拨款支出 " + column, [line(t, 59, column)], [line(t, n, column) for n in range(33, 59)])
        yield Sum("财政拨款支出总计 " + column, [line(t, 64, column)], [line(t, 59, column), line(t, 60, column)])
    for number in (*range(33, 61), 64):
        if at(document, line(t, number)):
            yield Sum(f"财政拨款第{number}行", [line(t, number, columns[0])], [line(t, number, column) for column in columns[1:]])


def codes_of(document, table):
    """Paths of the rows by code."""
    return {row["科目代码"]: [table, "科目", n] for n, row in enumerate(document[table]["科目"])}


def rows_of(document, table, whole, parts):
    for row in [[table, "合计"], *codes_of(document, table).values()]:
        yield Sum(f"{table} 各栏", [row + [whole]], [row + [part] for part in parts])


def rolled_up(document, table, columns):
    rows = codes_of(document, table)
    for parent, length in [("", 3)] + [(code, len(code) + 2) for code in rows if len(code) < 7]:
        children = [path for code, path in rows.items() if code.startswith(parent) and len(code) == length]
        above = rows[parent] if parent else [table, "合计"]
        if children:
            for column in columns:
                yield Sum(f"{table} 逐级 {column}", [above + [column]], [child + [column] for child in children])


def fund(document):
    columns = ["年初结转和结余", "本年收入", "小计", "基本支出", "项目支出", "年末结转和结余"]
    yield from rows_of(document, "公开07", "小计", columns[3:5])
    yield from rolled_up(document, "公开07", columns)
    for row in [["公开07", "合计"], *codes_of(document, "公开07").values()]:
        yield Sum("政府性基金结转", [row + [columns[5]], row + [columns[2]]], [row + [columns[0]], row + [columns[1]]])


def basic(document):
    rows = codes_of(document, "公开06")
    for code in rows:
        children = [path + ["金额"] for other, path in rows.items() if len(other) == 5 and other.startswith(code)]
        if len(code) == 3:
            yield Sum("经济分类 " + code, [rows[code] + ["金额"]], children)
    for total, personnel in (("人员经费合计", True), ("公用经费合计", False)):
        yield Sum(total, [["公开06", total, "金额"]],
                  [path + ["金额"] for code, path in rows.items() if len(code) == 3 and (code in codes.PERSONNEL) == personnel])


def three(document):
    for which in ("预算", "决算"):
        of = lambda name: ["公开09", which, name]
        yield Sum("三公合计", [of("合计")], [of("因公出国费"), of("用车小计"), of("公务接待费")])
        yield Sum("用车小计", [of("用车小计")], [of("公务用车购置费"), of("公务用车运行维护费")])
        for words, name in (("三公", "合计"), ("出国", "因公出国费"), ("用车", "用车小计"), ("接待", "公务接待费")):
            yield Sum("三公与报表", [[words, which]], [of(name)])
        yield Sum("说明里的三公合计", [["三公", which]], [[words, which] for words in ("出国", "用车", "接待")])
    yield Sum("购置费", [["用车", "购置费"]], [["公开09", "决算", "公务用车购置费"]])
    yield Sum("运行维护费", [["用车", "运行维护费"]], [["公开09", "决算", "公务用车运行维护费"]])
    yield Sum("接待费", [["接待", "决算"]], [["接待", "国内"], ["接待", "国外"]])
    for place in ("三公", "出国", "用车", "接待"):
        if at(document, [place, "完成率"]):
            yield Share("完成率 " + place, [place, "完成率"], [place, "决算"], [place, "预算"])


def between(document):
    def same(name, one, *others):
        return Sum(name, [one], list(others))
    total = lambda table, column: [table, "合计", column]
    yield same("本年收入", line("公开01", 27), total("公开02", "本年收入合计"))
    yield same("本年支出", line("公开01", 58), total("公开03", "本年支出合计"))
    for n in (1, 2, 3):
        yield same("财政拨款", line("公开01", n), line("公开04", n))
    yield same("财政拨款收入", total("公开02", "财政拨款收入"), line("公开04", 27))
    for column, table in (("一般公共预算", "公开05"), ("政府性基金", "公开07"), ("国有资本", "公开08")):
        yield same(column, line("公开04", 59, column), total(table, "小计"))
    yield same("基本支出", total("公开05", "基本支出"), ["公开06", "人员经费合计", "金额"], ["公开06", "公用经费合计", "金额"])
    items, functions = codes_of(document, "公开06"), codes_of(document, "公开05")
    for code, item in codes.TIED.items():
        if item in ("30108", "30109", "30113") and code in functions and item in items:
            yield same("功能与经济科目", functions[code] + ["基本支出"], items[item] + ["金额"])
    yield from by_class(document)


def by_class(document):
    """Classes in the overviews and in the tables by function. The rows say by their place which class it is."""
    for overview_table, table, column, whole in (("公开01", "公开03", None, "本年支出合计"), ("公开04", "公开05", "一般公共预算", "小计")):
        lines = [n for n in document[overview_table] if n.isdigit() and (32 if column is None else 33) <= int(n) <= (57 if column is None else 58)]
        if column:
            lines = [n for n in lines if value(document, line(overview_table, n, column))]
        classes = [path for code, path in codes_of(document, table).items() if len(code) == 3]
        for n, row in zip(sorted(lines, key=int), classes):
            yield Sum("按类", [line(overview_table, n, column)], [row + [whole]])


def words(document):
    same = {
        ("说明一", "总额"): line("公开01", 31), ("说明二", "本年收入合计"): ["公开02", "合计", "本年收入合计"],
        ("说明三", "本年支出合计"): ["公开03", "合计", "本年支出合计"], ("说明四", "总额"): line("公开04", 32),
        ("说明五总体", "总额"): ["公开05", "合计", "小计"], ("说明六", "基本支出"): ["公开05", "合计", "基本支出"],
        ("说明六", "人员经费"): ["公开06", "人员经费合计", "金额"], ("说明六", "公用经费"): ["公开06", "公用经费合计", "金额"],
    }
    for said, printed in same.items():
        yield Sum("说明与报表", [list(said)], [printed])
    for place in ("说明一", "说明四", "说明五总体", "机关运行"):
        yield Change(place)
    yield from shares(document)
    yield from items(document)
    yield Sum("采购总额", [["采购", "采购总额"]], [["采购", kind] for kind in ("货物", "工程", "服务")])
    for kind in ("中小企业", "小微企业"):
        if at(document, ["采购", kind + "占比"]):
            yield Share("采购占比", ["采购", kind + "占比"], ["采购", kind], ["采购", "采购总额"])
    uses = [key for key in document["资产"] if key not in ("截止年度", "车辆", "其他用车用途", "大型设备")]
    yield Sum("车辆", [["资产", "车辆"]], [["资产", use] for use in uses], exact=True)
    yield Sum("保有量", [["资产", "车辆"]], [["用车", "保有量"]], exact=True)


def shares(document):
    spent = ["公开03", "合计", "本年支出合计"]
    yield Share("一般公共预算占比", ["说明五总体", "占比"], ["说明五总体", "总额"], spent)
    for place, rows, whole in (("说明二", "项", "本年收入合计"), ("说明三", "项", "本年支出合计"), ("说明五结构", "类", "支出")):
        paths = [[place, rows, n] for n in range(len(document[place][rows]))]
        for path in paths:
            yield Share("占比", path + ["占比"], path + ["金额"], [place, whole])
        if place != "说明二":
            yield Sum("占比合计", [path + ["占比"] for path in paths], [], constant=100)
    paths = [["说明五结构", "类", n, "金额"] for n in range(len(document["说明五结构"]["类"]))]
    yield Sum("各类支出", [["说明五结构", "支出"]], paths)
    classes = [path for code, path in codes_of(document, "公开05").items() if len(code) == 3]
    for said, row in zip(paths, classes):
        yield Sum("各类与报表", [said], [row + ["小计"]])
    for n, row in enumerate(document["说明三"]["项"]):
        if row["种类"] in ("基本支出", "项目支出"):
            yield Sum("说明与报表", [["说明三", "项", n, "金额"]], [["公开03", "合计", row["种类"]]])


def items(document):
    place, rows = "说明五具体", document["说明五具体"]["项"]
    functions = {code: path for code, path in codes_of(document, "公开05").items()
                 if len(code) == 7 and value(document, path + ["小计"])}
    for n, path in enumerate(functions.values()):
        yield Sum("各项与报表", [[place, "项", n, "决算"]], [path + ["小计"]])
    for column in ("预算", "决算"):
        yield Sum("各项" + column, [[place, column]], [[place, "项", n, column] for n in range(len(rows))])
    for path in [[place], *([place, "项", n] for n in range(len(rows)))]:
        if at(document, path + ["完成率"]):
            yield Share("完成率", path + ["完成率"], path + ["决算"], path + ["预算"])
    for place in ("说明一", "说明四", "说明五总体"):
        if document[place]["原因"]:
            yield reasons(document, place)


def reasons(document, place):
    """The reasons of a change add up to it, each with its direction."""
    rows = document[place]["原因"]
    less = document[place]["方向"] == "减少"
    same, other = ([[place, "原因", n, "金额"] for n, row in enumerate(rows) if (row["增减"] == "减少") == (less == wanted)] for wanted in (True, False))
    return Sum("变动原因", [[place, "变动额"], *other], same)


def projects(document):
    rows = range(len(document["项目"]))
    yield Sum("涉及预算资金", [["说明十一", "项目资金"]], [["项目", n, "调整后预算数"] for n in rows])
    for n in rows:
        form, listed, said = ["项目", n], ["汇总", n], ["自评综述", "项", n]
        yield Sum("汇总预算", [listed + ["调整后预算数"]], [said + ["预算"]])
        yield Sum("综述预算", [said + ["预算"]], [form + ["调整后预算数"]])
        yield Sum("汇总执行", [listed + ["预算执行数"]], [said + ["执行"]])
        yield Sum("综述执行", [said + ["执行"]], [form + ["全年执行数"]])
        yield Sum("汇总得分", [listed + ["评价得分"]], [said + ["得分"]], exact=True)
        yield Sum("综述得分", [said + ["得分"]], [form + ["填报总分"]], exact=True)
        yield Share("综述完成率", said + ["完成率"], said + ["执行"], said + ["预算"])
        yield from form_of(document, n)
    yield Sum("年初预算", [["汇总", n, "年初预算数"] for n in rows], [["项目", n, "年初预算数"] for n in rows])


def form_of(document, n):
    form, rows = ["项目", n], document["项目"][n]["指标"]
    marks = lambda key: [form + ["指标", row, key] for row in range(len(rows))]
    yield Sum("小计得分", [form + ["小计得分"]], marks("得分"), exact=True)
    yield Sum("总分", [form + ["填报总分"]], [form + ["小计得分"], form + ["预算执行得分"]], exact=True)
    yield Sum("分值", [form + ["预算执行分值"], form + ["小计分值"]], [], constant=100, exact=True)
    yield Sum("小计分值", [form + ["小计分值"]], [form + ["一级分值", name] for name in document["项目"][n]["一级分值"]], exact=True)
    for name in document["项目"][n]["一级分值"]:
        yield Sum("一级分值", [form + ["一级分值", name]], [path for path, row in zip(marks("分值"), rows) if row["一级指标"] == name], exact=True)
    for key in MONEY:
        yield Sum("资金构成", [form + [key]], [form + [source, key] for source in ("当年财政拨款", "上年结转资金", "其他资金")])
    if value(document, form + ["全年执行数"]) <= value(document, form + ["调整后预算数"]):
        yield Share("执行得分", form + ["预算执行得分"], form + ["全年执行数"], form + ["调整后预算数"], times=10)


def evaluation(document):
    for place in ("概况", "执行情况"):
        for n in range(len(document["评价"])):
            yield Share("评价执行率", ["评价", n, place, "执行率"], ["评价", n, place, "全年执行数"], ["评价", n, place, "调整后预算数"])
            for key in MONEY:
                yield Sum("评价资金", [["评价", n, "概况", key]], [["评价", n, "执行情况", key]])
    for n, made in enumerate(document["评价"]):
        yield Sum("评价得分", [["评价", n, "结论得分"]], [["评价", n, "分析", name, "得分"] for name in made["分析"]], exact=True)
        yield Sum("合计得分", [["评价", n, "体系", "合计", "得分"]], [["评价", n, "结论得分"]], exact=True)
        yield Sum("一级权重", [["评价", n, "一级", name] for name in made["一级"]], [], constant=100, exact=True)
        yield Sum("综述评价得分", [["评价综述", "项", n, "评价得分"]], [["评价", n, "结论得分"]], exact=True)
