"""A made-up department over the years: what it gets, spends and keeps, in 分. Knows nothing of how a report prints it.

Money has a code of function and a source; what a year leaves of each is what the next begins with. Basic expenditure is made of items by
economic code and divided among functions; project expenditure is divided among projects. Everything printed is a sum of these parts.
"""
import collections
import random

import codes

FISCAL = ("一般公共预算", "政府性基金", "国有资本")
OTHER = "其他资金"
SOURCES = FISCAL + (OTHER,)
EARNED = ("上级补助收入", "事业收入", "经营收入", "附属单位上缴收入", "其他收入")
THREE = {"因公出国费": "30212", "公务用车购置费": "31013", "公务用车运行维护费": "30231", "公务接待费": "30217"}  # with their items
BASIC, PROJECT, UP, OPERATING, SUBSIDY = "基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出"
YUAN = 100
WAN = 1_000_000


class Year:
    """One fiscal year of one department."""

    def __init__(self, year):
        self.year = year
        self.opening, self.closing = collections.Counter(), collections.Counter()  # by (code, source)
        self.income = collections.Counter()  # by (code, source), of other money by (code, kind of income)
        self.spent = collections.Counter()  # by (code, source, kind of expenditure)
        self.budget = {}  # 一般公共预算 at the beginning of the year, by code
        self.items = {}  # basic expenditure by economic code
        self.used_surplus = self.distributed = 0
        self.three, self.three_in_projects = {}, {}  # 三公, actual, and what projects paid of it
        self.three_budget = {}
        self.counts = {}  # groups, persons, batches, cars
        self.running_cost = 0  # 机关运行经费
        self.purchases = {}  # kind: (amount, of it from small and medium, of it from micro enterprises)
        self.projects = []
        self.uncovered = 0  # project money that no self-evaluation covers
        self.transfers = {}  # 中央项目, 省项目: (number, money, spent)
        self.evaluated = None

    def codes(self):
        return sorted({key[0] for key in [*self.opening, *self.income, *self.spent]})

    def spent_by(self, codes=None, sources=None, kinds=None):
        return sum(amount for (code, source, kind), amount in self.spent.items()
                   if (codes is None or code.startswith(codes)) and (sources is None or source in sources) and (kinds is None or kind in kinds))

    def income_by(self, codes=None, kinds=None):
        return sum(amount for (code, kind), amount in self.income.items()
                   if (codes is None or code.startswith(codes)) and (kinds is None or kind in kinds))

    @staticmethod
    def balance(balances, sources=SOURCES):
        return sum(amount for (_, source), amount in balances.items() if source in sources)

    def basic(self, *prefixes):
        return sum(amount for code, amount in self.items.items() if code.startswith(prefixes))

    def total(self):  # 收、支总计
        return self.income_by() + self.used_surplus + self.balance(self.opening)

    def fiscal_total(self):
        return self.income_by(kinds=FISCAL) + self.balance(self.opening, FISCAL)


class Project:
    def __init__(self, name, executed, adjusted, initial):
        self.name, self.executed, self.adjusted, self.initial = name, executed, adjusted, initial


class Department:
    """What stays the same over the years, and how one year follows from the one before."""

    def __init__(self, seed, city, number):
        self.random = random.Random(f"{seed}/{city}/{number}")
        kind, self.running, others = codes.DEPARTMENTS[number % len(codes.DEPARTMENTS)]
        again = number // len(codes.DEPARTMENTS)
        self.city = f"示例{city + 1}市"
        self.name = self.city + kind + (f"第{again + 1}" if again else "")
        self.institution = kind in codes.INSTITUTIONS
        self.grain = self.pick([1, YUAN, YUAN, YUAN, 10 * YUAN, WAN // 100])  # accounts kept in 分, budgets in 元 or rounder
        self.scale = self.random.lognormvariate(0, 1.1)
        self.frozen = self.chance(0.08)  # a balance of long ago that nobody moves
        self.others = self.random.sample(others, self.random.randint(0, len(others)))
        self.present = {code for code, (_, _, often) in codes.ECONOMIC_ITEMS.items() if self.chance(often)}
        self.funds = [code for code in codes.FUND_CODES if self.chance(0.1)]
        self.capital = self.chance(0.06)
        self.earns = [kind for kind in EARNED if self.chance(0.35 if self.institution else 0.06)]
        self.cars = self.random.randint(1, 40) if "30231" in self.present else 0
        self.topics = self.random.sample(codes.PROJECTS, self.random.choice([1, 2, 2, 3, 4, 6]))
        self.reasons = self.chance(0.7)

    # —— chance ——

    def chance(self, share):
        return self.random.random() < share

    def pick(self, choices):
        return self.random.choice(choices)

    def about(self, amount, low=0.8, high=1.25):
        """That amount of 分, more or less, in whole units of the department's books."""
        return round(amount * self.random.uniform(low, high) / self.grain) * self.grain

    def part(self, amount, low=0.0, high=1.0):
        return min(amount, int(amount * self.random.uniform(low, high)) // self.grain * self.grain)

    def split(self, amount, ways):
        """The amount in so many parts, none of them 0 where it can be helped."""
        parts = []
        for left in range(ways, 1, -1):
            parts.append(self.part(amount, 0.3 / left, 1.7 / left))
            amount -= parts[-1]
        return parts + [amount]

    # —— one year ——

    def follow(self, before, year):
        """The next year; before: the one that it follows, or None."""
        now = Year(year)
        self.scale *= self.random.uniform(0.9, 1.14)
        if before:
            now.opening.update({key: amount for key, amount in before.closing.items() if amount})
        self._basic(now, before)
        self._projects_by_function(now)
        self._other_money(now)
        self._budget(now)
        self._three(now, before)
        self._running_cost(now)
        self._purchases(now)
        self._projects(now)
        return now

    def _basic(self, now, before):
        for code in sorted(self.present):
            name, weight, _ = codes.ECONOMIC_ITEMS[code]
            amount = self.about(weight * WAN * self.scale, 0.6, 1.5)
            if code in THREE.values():
                amount = self.no_more(amount, before and before.items.get(code, 0))
            if amount:
                now.items[code] = amount
        source = FISCAL[0]
        for code, item in codes.TIED.items():
            if self.institution and code == "2101101":
                code = "2101102"
            if now.items.get(item):
                now.spent[code, source, BASIC] = now.items[item]
        retired = now.basic(*codes.RETIRED)
        if retired:
            now.spent["2080502" if self.institution else "2080501", source, BASIC] = retired
        rest = sum(now.items.values()) - now.spent_by(kinds=(BASIC,))
        second = self.others[0] if self.others and self.chance(0.3) else None
        share = self.part(rest, 0.05, 0.3) if second else 0
        now.spent[self.running, source, BASIC] = rest - share
        if share:
            now.spent[second, source, BASIC] = share
        for (code, source, _), amount in list(now.spent.items()):
            now.income[code, source] += amount

    def _projects_by_function(self, now):
        wanted = {(code, source): 0 for code, source in now.opening if source != OTHER}
        wanted |= {(code, FISCAL[0]): 400 for code in self.others or [self.running]}
        if not self.institution:
            wanted[self.running, FISCAL[0]] = 400
        wanted |= {(code, FISCAL[1]): 900 for code in self.funds}
        if self.capital:
            wanted[codes.CAPITAL_CODE, FISCAL[2]] = 5
        for (code, source), weight in sorted(wanted.items()):
            income = self.about(weight * WAN * self.scale, 0.3, 2)
            opening = now.opening[code, source]
            if self.frozen and now.opening:
                closing = opening
            else:
                closing = self.part(opening + income, 0, 0.3) if self.chance(0.25) else 0
            now.income[code, source] += income
            now.spent[code, source, PROJECT] += opening + income - closing
            now.closing[code, source] = closing

    def _other_money(self, now):
        opening = sum(amount for (_, source), amount in now.opening.items() if source == OTHER)
        if not self.earns and not opening:
            return
        code = self.running
        for kind in self.earns:
            now.income[code, kind] = self.about(300 * WAN * self.scale, 0.1, 2)
        if self.chance(0.15) and not self.frozen:
            now.used_surplus = self.about(20 * WAN * self.scale)
        money = opening + now.income_by(kinds=EARNED) + now.used_surplus
        operating = self.part(now.income[code, "经营收入"], 0.3, 1)
        if self.institution and self.chance(0.15) and not self.frozen:
            now.distributed = self.part(money - operating, 0, 0.05)
        closing = opening if self.frozen and opening else self.part(money - operating - now.distributed, 0, 0.4)
        money -= now.distributed + closing
        self._spend_other(now, code, money, operating)
        now.closing[code, OTHER] = closing
        now.opening[code, OTHER] = opening

    def _spend_other(self, now, code, money, operating):
        operating = min(operating, money)
        money -= operating
        up, down = (self.part(money, 0, 0.1) if self.chance(0.05) else 0 for _ in range(2))
        project = self.part(money - up - down, 0, 0.7) if self.chance(0.8) else 0
        for kind, amount in ((OPERATING, operating), (UP, up), (SUBSIDY, down), (PROJECT, project), (BASIC, money - up - down - project)):
            if amount:
                now.spent[code, OTHER, kind] = amount

    def _budget(self, now):
        for code in now.codes():
            amount = now.spent_by(code, FISCAL[:1])
            if not amount:
                continue
            now.budget[code] = amount if self.chance(0.1) else 0 if self.chance(0.03) else self.about(amount, 0.8, 1.2)
        if not sum(now.budget.values()):
            now.budget[self.running] = now.spent_by(self.running, FISCAL[:1])

    def no_more(self, amount, last):
        """An amount of 三公: nothing below 1000元, and no more than last year."""
        amount = amount if last is None else min(amount, last)
        return amount if amount >= 1000 * YUAN else 0

    def _three(self, now, before):
        """三公: what basic expenditure has of them, and a little from fiscal projects."""
        fiscal = now.spent_by(sources=FISCAL, kinds=(PROJECT,))
        for name, often in zip(THREE, (0.1, 0.03, 0.2, 0.2)):
            usual = self.part(fiscal, 0, 0.01) if self.chance(often) and (name != "公务用车运行维护费" or self.cars) else 0
            if before:
                usual = min(self.about(before.three_in_projects[name], 0.9, 1), fiscal // 100)
            more = self.no_more(usual, before and before.three_in_projects[name])
            now.three_in_projects[name] = more
            now.three[name] = now.items.get(THREE[name], 0) + more
        for name, amount in now.three.items():
            now.three_budget[name] = amount if self.chance(0.4) else self.about(amount, 1.02, 1.6)
            if not amount and self.chance(0.1):
                now.three_budget[name] = self.about(2 * WAN)
        self._counts(now)

    def _counts(self, now):
        counts, many = now.counts, self.random.randint
        counts["团组"] = many(1, 4) if now.three["因公出国费"] else 0
        counts["人次"] = counts["团组"] * many(1, 6)
        counts["购置数"] = many(1, 3) if now.three["公务用车购置费"] else 0
        self.cars += counts["购置数"]
        counts["车辆"] = self.cars
        reception = now.three["公务接待费"]
        counts["国外接待"] = self.part(reception, 0.1, 0.3) if reception > 5000 * YUAN and self.chance(0.05) else 0
        counts["国外批次"] = many(1, 3) if counts["国外接待"] else 0
        counts["国外人次"] = counts["国外批次"] * many(1, 5)
        counts["国内批次"] = many(1, 120) if reception else 0
        counts["国内人次"] = counts["国内批次"] * many(1, 12)
        counts["外事批次"] = many(0, 2) if counts["国内批次"] > 2 else 0
        counts["外事人次"] = counts["外事批次"]

    def _running_cost(self, now):
        public = sum(now.items.values()) - now.basic(*codes.PERSONNEL)
        now.running_cost = self.part(public, 0.4, 0.9) if self.institution else public

    def _purchases(self, now):
        most = now.spent_by() - now.basic(*codes.PERSONNEL)
        total = self.part(most, 0.01, 0.5) if self.chance(0.95) else 0
        amounts = self.split(total, 3)
        self.random.shuffle(amounts)
        for kind, amount in zip(("货物", "工程", "服务"), amounts):
            amount = amount if self.chance(0.75) else 0
            middle = self.part(amount, 0.1, 1) if self.chance(0.5) else amount
            now.purchases[kind] = (amount, middle, self.part(middle, 0, 1) if self.chance(0.6) else middle)

    def _projects(self, now):
        money = now.spent_by(kinds=(PROJECT,))
        for name, often in (("中央项目", 0.1), ("省项目", 0.1)):
            spent = self.part(money, 0.05, 0.3) if self.chance(often) else 0
            now.transfers[name] = (self.random.randint(1, 3), spent if self.chance(0.5) else self.about(spent, 1.05, 1.5)) if spent else (0, 0)
            money -= spent
        if self.chance(0.1):
            now.uncovered = self.part(money, 0.05, 0.3)
            money -= now.uncovered
        all_spent = self.chance(0.5)
        for name, executed in zip(self.topics, self.split(money, len(self.topics))):
            if executed < 1000 * YUAN:
                now.uncovered += executed
                continue
            adjusted = executed if all_spent or self.chance(0.3) else max(executed, self.about(executed, 1, 1.4))
            now.projects.append(Project(name, executed, adjusted, adjusted if self.chance(0.5) else self.about(adjusted, 0.8, 1.2)))
        now.evaluated = self.pick(now.projects) if now.projects and self.chance(0.5) else None


def years(seed, city, number, first, last):
    """The department's years one after the other, each with the one before."""
    department = Department(seed, city, number)
    before = department.follow(None, first - 2)  # begins with nothing; the next one has balances
    before = department.follow(before, first - 1)
    for year in range(first, last + 1):
        now = department.follow(before, year)
        yield department, before, now
        before = now
