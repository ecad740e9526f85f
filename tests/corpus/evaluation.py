"""The evaluation of one project: the index system with its weights. Answers that no document prints are chosen; what follows from the
figures printed is computed as the index system says."""
import math
from fractions import Fraction

from printing import half_up, points, two_decimals

GRADES = ((90, "优"), (80, "良"), (70, "中"), (0, "差"))
# Third level: weight, and what shares of it can be reached where the answers are chosen (the best first).
QUARTERS, THIRDS, FIFTHS = ([Fraction(n - k, n) for k in range(n + 1)] for n in (4, 3, 5))
STEPS = [1 - Fraction(k, 20) for k in range(21)]
ROWS = {
    "立项依据充分性": (1, FIFTHS), "立项程序规范性": (1, THIRDS), "绩效目标合理性": (2, QUARTERS), "绩效指标明确性": (2, THIRDS),
    "预算编制科学性": (2, QUARTERS), "资金分配合理性": (2, [Fraction(n, 8) for n in range(8, 3, -1)]), "资金到位率": (1, STEPS), "预算执行率": (5, STEPS),
    "资金使用合规性": (2, [Fraction(1), Fraction(3, 4), Fraction(0)]), "管理制度健全性": (6, QUARTERS), "绩效管理有效性": (5, THIRDS),
    "制度执行有效性": (6, QUARTERS), "实际完成率": (10, STEPS), "质量达标率": (5, STEPS), "完成及时率": (5, [Fraction(1)]), "成本节约率": (5, STEPS),
    "经济效益": (10, STEPS), "社会效益": (10, STEPS), "生态效益": (5, STEPS),
    "效益可持续性": (3, QUARTERS), "项目发展机制可持续性": (4, QUARTERS), "服务对象满意度": (8, STEPS),
}
SECOND = {
    "项目立项": ("立项依据充分性", "立项程序规范性"), "绩效目标": ("绩效目标合理性", "绩效指标明确性"), "资金投入": ("预算编制科学性", "资金分配合理性"),
    "资金管理": ("资金到位率", "预算执行率", "资金使用合规性"), "组织实施": ("管理制度健全性", "绩效管理有效性", "制度执行有效性"),
    "产出数量": ("实际完成率",), "产出质量": ("质量达标率",), "产出时效": ("完成及时率",), "产出成本": ("成本节约率",),
    "项目效益": ("经济效益", "社会效益", "生态效益"), "可持续影响": ("效益可持续性", "项目发展机制可持续性"), "满意度": ("服务对象满意度",),
}
FIRST = {"决策": ("项目立项", "绩效目标", "资金投入"), "过程": ("资金管理", "组织实施"), "产出": ("产出数量", "产出质量", "产出时效", "产出成本"),
         "效益": ("项目效益", "可持续影响", "满意度")}
MERGED = SECOND["项目效益"]  # three rows with one printed weight


def less_by_steps(weight, below, step=Fraction(1, 20)):
    """The weight less 5% of it for each full percentage point."""
    return max(Fraction(0), weight * (1 - step * max(0, math.floor(below))))


class Evaluation:
    def __init__(self, department, now, style):
        self.department, self.now, self.style, self.project = department, now, style, now.evaluated
        self.scores = {name: self.chosen(weight, shares) for name, (weight, shares) in ROWS.items()}
        self.compute()
        self.first = {name: self.first_level(name) for name in FIRST}
        self.total = sum(self.first.values())
        self.grade = next(name for least, name in GRADES if self.total >= least)

    def chosen(self, weight, shares):
        share = shares[0] if self.department.chance(0.85) else self.department.pick(shares[:4])
        return two_decimals(weight * share)

    def cents(self):
        return [half_up(amount, 10_000) for amount in (self.project.initial, self.project.adjusted, self.project.executed)]

    def compute(self):
        """Rows whose inputs are printed."""
        quantity = [min(Fraction(actual, target), Fraction(1)) for actual, target in self.project.measures["数量指标"]]
        mean = sum(quantity) / len(quantity)
        _, adjusted, executed = self.cents()
        if mean >= 1:  # finished: measured against the whole budget
            rate = Fraction(half_up(self.project.executed * 10_000, self.project.adjusted), 100)
            self.scores["预算执行率"] = two_decimals(less_by_steps(5, 100 - rate))
        done = less_by_steps(10, (1 - mean) * 100) - (5 if 1 - min(quantity) >= Fraction(3, 10) else 0)
        self.scores["实际完成率"] = two_decimals(max(0, done))
        saved = Fraction(adjusted - executed, adjusted) * 100
        self.scores["成本节约率"] = two_decimals(less_by_steps(5, max(-saved, saved - 15)))
        (actual, target), = self.project.measures["服务对象满意度指标"]
        self.scores["服务对象满意度"] = two_decimals(less_by_steps(8, target - actual))

    def factor(self):
        """Benefits count by how much of the output was reached."""
        rate = self.sum_of("产出") / 25
        return rate if rate >= Fraction(9, 10) else Fraction(8, 10) if rate >= Fraction(8, 10) else Fraction(6, 10) if rate >= Fraction(6, 10) else Fraction(0)

    def sum_of(self, first):
        return sum(self.scores[row] for second in FIRST[first] for row in SECOND[second])

    def first_level(self, name):
        if name != "效益":
            return self.sum_of(name)
        benefit = sum(self.scores[row] for row in MERGED)
        return two_decimals(benefit * self.factor()) + self.sum_of(name) - benefit

    # —— as printed ——

    def row(self, name):
        weight = {MERGED[0]: "25", MERGED[1]: "", MERGED[2]: ""}.get(name, str(ROWS[name][0]))
        return {"权重": weight, "得分": points(self.scores[name]), "得分率": self.rate(self.scores[name], ROWS[name][0])}

    def rate(self, score, weight):
        hundredths = half_up((score * 10_000).numerator, (score * 10_000).denominator * weight)
        return f"{hundredths // 100}.{hundredths % 100:02}%"

    def money(self):
        style, project = self.style, self.project
        return {"年初预算数": style.money(project.initial), "调整后预算数": style.money(project.adjusted),
                "全年执行数": style.money(project.executed), "执行率": style.percent(project.executed, project.adjusted)}

    def report(self):
        year, name, unit = str(self.now.year), self.project.name + "经费", self.department.name
        weights = {second: sum(ROWS[row][0] for row in rows) for second, rows in SECOND.items()}
        first = {name: sum(weights[second] for second in seconds) for name, seconds in FIRST.items()}
        index = {row: self.row(row) for row in ROWS}
        index["合计"] = {"权重": "100", "得分": points(self.total), "得分率": self.rate(self.total, 100)}
        return {
            "概况年度": year, "概况单位": unit, "概况项目": name, "概况": self.money(), "目的项目": name, "对象年度": year, "对象项目": name,
            "资金年度": year, "资金项目": name, "结论项目": name, "结论得分": points(self.total), "结论等级": self.grade, "执行情况": self.money(),
            "分析": {key: {"满分值": str(first[key]), "得分": points(score)} for key, score in self.first.items()},
            "体系单位": unit, "一级": {key: str(weight) for key, weight in first.items()},
            "二级": {key: str(weight) for key, weight in weights.items()}, "体系": index,
        }
