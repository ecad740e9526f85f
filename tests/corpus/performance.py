"""Performance in a report: summary, forms of self-evaluation, the evaluation of one project with its index system, what is said of them."""
from fractions import Fraction

import codes
import evaluation
from printing import half_up, points, two_decimals

GRADES = ((90, "优"), (80, "良"), (60, "中"), (0, "差"))
FULL = {"成本指标": 10, "产出指标": 40, "效益指标": 30, "满意度指标": 10}


def grade(total):
    return next(name for least, name in GRADES if total >= least)


class Indicators:
    """The indicators of one form. Scores are made from the figures that the form prints."""

    def __init__(self, department, project, style):
        self.department, self.project, self.style = department, project, style
        self.good = department.chance(0.85)  # most projects meet their targets
        self.rows, self.measures = [], {"数量指标": [], "满意度指标": []}

    def add(self, first, second, name, marks, target, actual, score, deviation=Fraction(0)):
        explained = score < marks or deviation >= Fraction(30, 100)
        self.rows.append({"一级指标": first, "二级指标": second, "三级指标": name, "年度指标值": target, "实际完成值": actual,
                          "分值": points(marks), "得分": points(score), "偏差原因": "示例：与年初预计不同，以后按实际设置目标。" if explained else ""})

    def more(self, first, second, name, marks, unit, target):
        """At least so many."""
        actual = round(target * self.department.random.uniform(1, 1.5 if self.department.chance(0.2) else 1.1))
        if not self.good and self.department.chance(0.4):
            actual = round(target * self.department.random.uniform(0.4, 1))
        sign = "≥" if self.department.chance(0.8) else ""
        self.measures.setdefault(second, []).append((actual, target))
        rate = Fraction(actual, target)
        self.add(first, second, name, marks, f"{sign}{target}{unit}", str(actual) + (unit if self.department.chance(0.5) else ""),
                 two_decimals(min(rate, Fraction(1)) * marks), abs(rate - 1))

    def share(self, first, second, name, marks, target):
        """At least so many per cent; the actual has two decimals."""
        actual = min(10_000, round(target * self.department.random.uniform(100, 104)))
        if not self.good and self.department.chance(0.3):
            actual = round(target * self.department.random.uniform(70, 100))
        self.measures.setdefault(second, []).append((Fraction(actual, 100), target))
        rate = Fraction(actual, 100 * target)
        self.add(first, second, name, marks, f"≥{target}%", points(Fraction(actual, 100)) + "%", two_decimals(min(rate, Fraction(1)) * marks), abs(rate - 1))

    def less(self, first, second, name, marks, unit, target):
        """At most so many."""
        actual = round(target * self.department.random.uniform(0.6, 1))
        if not self.good and self.department.chance(0.3):
            actual = round(target * self.department.random.uniform(1, 1.6))
        score = two_decimals(min(Fraction(target, actual), Fraction(1)) * marks) if actual else Fraction(marks)
        self.add(first, second, name, marks, f"≤{target}{unit}", f"{actual}{unit}", score, abs(Fraction(actual, target) - 1))

    def judged(self, first, second, name, marks, target):
        """A date, or words."""
        met = self.good or self.department.chance(0.7)
        self.add(first, second, name, marks, target, target if met else "示例：部分完成", two_decimals(marks * (Fraction(1) if met else Fraction(7, 10))))

    def costs(self):
        """Costs by head, or the money of the project in parts: then they add up to it."""
        if self.department.chance(0.7):
            self.less("成本指标", "经济成本指标", "人均培训成本", 5, "元/人·天", 650)
            self.less("成本指标", "经济成本指标", "人均会议成本", 5, "元/人·天", 550)
            return
        planned, spent = (self.department.split(amount, 2) for amount in (half_up(self.project.initial, 10_000), self.project.executed))
        for name, plan, actual in zip(("设备购置成本", "维护服务成本"), planned, spent):
            shown = half_up(actual, 10_000)
            score = Fraction(5) if shown <= plan else two_decimals(Fraction(plan * 5, shown))
            target, done = (f"{cents // 100}.{cents % 100:02}万元" for cents in (plan, shown))
            self.add("成本指标", "经济成本指标", name, 5, f"≤{target}", done, score, abs(Fraction(shown, plan) - 1) if plan else Fraction(shown > 0))

    def made(self):
        pick = self.department.random.sample
        self.costs()
        for name, unit, size in pick(codes.QUANTITY, 2):
            self.more("产出指标", "数量指标", name, 8, unit, size)
        for name, size in pick(codes.QUALITY, 2):
            self.share("产出指标", "质量指标", name, 8, size)
        self.judged("产出指标", "时效指标", "完成时限", 8, "12月31日前")
        (name, unit, size), = pick(codes.BENEFIT, 1)
        if self.department.chance(0.3):
            self.judged("效益指标", "社会效益指标", "促进事业发展", 15, "效果明显")
            self.more("效益指标", "社会效益指标", name, 15, unit, size)
        else:
            self.more("效益指标", "社会效益指标", name, 30, unit, size)
        self.share("满意度指标", "服务对象满意度指标", "服务对象满意度", 10, 90)
        return self.rows


def form(department, project, style, names):
    """The self-evaluation form of one project."""
    indicators = Indicators(department, project, style)
    rows = indicators.made()
    rate = Fraction(project.executed, project.adjusted)
    execution = two_decimals(min(rate, Fraction(1)) * 10)
    scored = sum(Fraction(row["得分"]) for row in rows)
    project.total, project.measures = execution + scored, indicators.measures
    money = dict(zip(("年初预算数", "调整后预算数", "全年执行数"), (project.initial, project.adjusted, project.executed)))
    return {
        "项目名称": names + project.name, "主管部门": names, "项目实施单位": names + "本级",
        **{key: style.number(amount) for key, amount in money.items()},
        "预算执行分值": "10", "填报执行率": style.rate(project.executed, project.adjusted), "预算执行得分": points(execution),
        **funds(department, style, money), "预期目标": "示例：完成年度任务。", "实际完成情况": "示例：任务已经完成。",
        "一级分值": {name: str(marks) for name, marks in FULL.items()}, "指标": rows, "小计分值": "90", "小计得分": points(scored),
        "填报总分": points(project.total), "未实现原因及措施": "示例：进度晚于计划，下年抓紧。" if project.total < 80 else "",
    }


def funds(department, style, money):
    """The money of a project by where it comes from."""
    kept = department.random.uniform(0.05, 0.3) if department.chance(0.2) else 0
    parts = {"当年财政拨款": {}, "上年结转资金": {}, "其他资金": {}}
    for key, amount in money.items():
        carried = int(amount * kept)
        parts["当年财政拨款"][key], parts["上年结转资金"][key] = style.number(amount - carried), style.number(carried) if carried else ""
        parts["其他资金"][key] = ""
    return {name: {**cells, "分值": "-", "得分": "-"} for name, cells in parts.items()}


def summary(department, style, unit, projects):
    rows = []
    for number, project in enumerate(projects):
        problems = department.chance(0.2)
        rows.append({"序号": str(number + 1), "项目实施单位": unit, "项目类别": department.pick(("特定目标类", "其他运转类")), "资金名称": project.name,
                     "项目名称": project.name, "年初预算数": style.number(project.initial), "调整后预算数": style.number(project.adjusted),
                     "预算执行数": style.number(project.executed), "评价得分": points(project.total), "评价等级": grade(project.total),
                     "评价发现问题": "示例：进度偏慢" if problems else "无", "整改措施": "示例：加快进度" if problems else ""})
    return rows


def said(forms, style, now):
    """What the text says of the projects."""
    projects, year = now.projects, str(now.year)
    adjusted = sum(project.adjusted for project in projects)
    words = {"说明十一": {"所属年度": year, "项目数": str(len(projects)), "项目资金": style.money(adjusted),
                      "资金占比": style.percent(adjusted, adjusted + now.uncovered) if adjusted else "100%"}}
    words["说明十一"] |= {"评价项目": now.evaluated.name, "评价资金": style.money(now.evaluated.adjusted)} if now.evaluated else \
        {"评价项目": None, "评价资金": None}
    for name, (number, money) in now.transfers.items():
        words[name] = {"项目数": str(number), "资金": style.money(money), "没有": None if number else forms.sentence(name, "没有")}
    rows = [{"自评项目": project.name, "得分": points(project.total), "预算": style.money(project.adjusted),
             "执行": style.money(project.executed), "完成率": style.percent(project.executed, project.adjusted)} for project in projects]
    best = sum(grade(project.total) == "优" for project in projects)
    words["自评综述"] = {"所属年度": year, "自评项目数": str(len(projects)), "优项目数": str(best), "自评表数": str(len(projects)),
                     "自评表项目": "、".join(project.name for project in projects), "项": rows}
    return words


def parts(forms, style, department, now):
    unit = department.name.removeprefix(department.city)
    project_forms = [form(department, project, style, unit) for project in now.projects]
    words = said(forms, style, now)
    words["汇总"] = summary(department, style, unit, now.projects)
    words["项目"] = project_forms
    words["评价"], rows = [], []
    if now.evaluated:
        made = evaluation.Evaluation(department, now, style)
        words["评价"] = [made.report()]
        rows = [{"被评项目": now.evaluated.name, "评价得分": points(made.total), "评价等级": made.grade}]
    words["评价综述"] = {"项": rows}
    return words
