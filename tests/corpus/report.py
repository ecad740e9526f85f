"""A year of a department as report data (docs/report.md): nine tables, what is said in words. Rows and lines without money are left out."""
import codes
import performance
from forms import TABLES
from model import BASIC, EARNED, FISCAL, OPERATING, OTHER, PROJECT, SUBSIDY, UP
from printing import Style, is_zero

GENERAL, FUND, CAPITAL = FISCAL
SPENT = (BASIC, PROJECT, UP, OPERATING, SUBSIDY)
ABROAD, PURCHASE, CARS_RUN, RECEPTION = "因公出国费", "公务用车购置费", "公务用车运行维护费", "公务接待费"


def report(forms, department, before, now):
    return Report(forms, department, before, now).made()


class Report:
    def __init__(self, forms, department, before, now):
        self.forms, self.department, self.before, self.now = forms, department, before, now
        self.style = Style(department.name)
        self.year = str(now.year)

    def made(self):
        out = {"heng": "report/1", "单位名称": self.department.name, "年度": self.now.year, "地区": self.department.city}
        tables = (self.overview, self.income, self.expenditure, self.fiscal_overview, self.general, self.basic, self.fund, self.capital,
                  self.three)
        for table, make in zip(TABLES, tables):
            out[table] = {"印出": self.forms.printed(table), **make()}
        for part in (self.totals_in_words, self.shares_in_words, self.general_in_words, self.basic_in_words, self.nothing_in_words,
                     self.three_in_words, self.other_in_words):
            out.update(part())
        out.update(performance.parts(self.forms, self.style, self.department, self.now))
        return out

    # —— tables ——

    def lines(self, amounts):
        return {line: self.style.cell(amount) for line, amount in amounts.items() if amount}

    def classes(self, table, amount_of):
        """Lines of classes with the amounts of each."""
        found = {}
        for code in sorted({code[:3] for code in self.now.codes()}):
            found[self.forms.line_of_class[table][code]] = amount_of(code)
        return found

    def overview(self):
        now = self.now
        kinds = (*FISCAL, *EARNED)
        amounts = {str(n + 1): now.income_by(kinds=(kind,)) for n, kind in enumerate(kinds)}
        amounts |= {"27": now.income_by(), "28": now.used_surplus, "29": now.balance(now.opening), "31": now.total()}
        amounts |= self.classes("公开01", now.spent_by)
        amounts |= {"58": now.spent_by(), "59": now.distributed, "60": now.balance(now.closing), "62": now.total()}
        return self.lines(amounts)

    def fiscal_overview(self):
        now, cell = self.now, self.style.cell
        amounts = {str(n + 1): now.income_by(kinds=(kind,)) for n, kind in enumerate(FISCAL)}
        amounts |= {"27": now.income_by(kinds=FISCAL), "28": now.balance(now.opening, FISCAL), "32": now.fiscal_total()}
        amounts |= {str(29 + n): now.balance(now.opening, (source,)) for n, source in enumerate(FISCAL)}
        table = self.lines(amounts)
        spent = self.classes("公开04", lambda code: [now.spent_by(code, (source,)) for source in FISCAL])
        spent["59"] = [now.spent_by(sources=(source,)) for source in FISCAL]
        spent["60"] = [now.balance(now.closing, (source,)) for source in FISCAL]
        spent["64"] = [a + b for a, b in zip(spent["59"], spent["60"])]
        for line, parts in spent.items():
            if any(parts):
                cells = [cell(sum(parts))] + [self.style.cell_or_blank(part) for part in parts]
                table[line] = dict(zip(("合计", "一般公共预算", "政府性基金", "国有资本"), cells))
        return table

    def rows(self, columns, amounts_of):
        """A table by function: its total and the rows of three levels that have money. amounts_of: of a prefix."""
        table = {"合计": self.cells(columns, amounts_of(""), empty="0.00")}
        prefixes = sorted({code[:length] for code in self.now.codes() for length in (3, 5, 7)})
        table["科目"] = [{"科目代码": prefix, "科目名称": self.name(prefix), **self.cells(columns, amounts)}
                       for prefix in prefixes if any(amounts := amounts_of(prefix))]
        return table

    def cells(self, columns, amounts, empty=None):
        blank = self.style.empty if empty is None else empty
        return {column: self.style.cell(amount) if amount else blank for column, amount in zip(columns, amounts)}

    def name(self, code):
        return self.forms.class_names[code] if len(code) == 3 else codes.FUNCTIONS[code]

    def income(self):
        def of(prefix):
            amounts = [self.now.income_by(prefix, FISCAL)] + [self.now.income_by(prefix, (kind,)) for kind in EARNED]
            return [sum(amounts)] + amounts
        return self.rows(("本年收入合计", "财政拨款收入", *EARNED), of)

    def expenditure(self):
        return self.rows(("本年支出合计", *SPENT), lambda prefix: self.spent(prefix, None, SPENT))

    def spent(self, prefix, sources, kinds=(BASIC, PROJECT)):
        amounts = [self.now.spent_by(prefix, sources, (kind,)) for kind in kinds]
        return [sum(amounts)] + amounts

    def general(self):
        return self.rows(("小计", BASIC, PROJECT), lambda prefix: self.spent(prefix, (GENERAL,)))

    def capital(self):
        return self.rows(("小计", BASIC, PROJECT), lambda prefix: self.spent(prefix, (CAPITAL,)))

    def fund(self):
        def of(prefix):
            opening, closing = (sum(amount for (code, source), amount in balances.items() if source == FUND and code.startswith(prefix))
                                for balances in (self.now.opening, self.now.closing))
            return [opening, self.now.income_by(prefix, (FUND,)), *self.spent(prefix, (FUND,)), closing]
        return self.rows(("年初结转和结余", "本年收入", "小计", BASIC, PROJECT, "年末结转和结余"), of)

    def basic(self):
        now, cell = self.now, self.style.cell
        personnel = now.basic(*codes.PERSONNEL)
        rows = [{"科目代码": code, "科目名称": self.item_name(code), "金额": cell(now.basic(code))}
                for code in sorted({*now.items, *(code[:3] for code in now.items)})]
        return {"人员经费合计": {"金额": cell(personnel)}, "公用经费合计": {"金额": cell(now.basic("") - personnel)}, "科目": rows}

    @staticmethod
    def item_name(code):
        return codes.ECONOMIC[code] if len(code) == 3 else codes.ECONOMIC_ITEMS[code][0]

    def three(self):
        def line(amounts):
            cars = amounts[PURCHASE] + amounts[CARS_RUN]
            every = {"合计": sum(amounts.values()), ABROAD: amounts[ABROAD], "用车小计": cars, PURCHASE: amounts[PURCHASE],
                     CARS_RUN: amounts[CARS_RUN], RECEPTION: amounts[RECEPTION]}
            return {column: self.style.cell(amount) for column, amount in every.items()}
        return {"预算": line(self.now.three_budget), "决算": line(self.now.three)}

    # —— words ——

    def change(self, today, last):
        gap, style = today - last, self.style
        return {"方向": "减少" if gap < 0 else "增加", "变动额": style.money(abs(gap)), "升降": "下降" if gap < 0 else "增长",
                "变动率": style.percent(abs(gap), last)}

    def reasons(self, parts):
        """Parts of a change, by what changed."""
        if not self.department.reasons:
            return []
        return [{"事项": f"示例：{what}", "增减": "减少" if amount < 0 else "增加", "金额": self.style.money(abs(amount))}
                for what, amount in parts.items() if amount]

    def change_of(self, of, general):
        """How a total changed: basic and project expenditure, the rest."""
        sources = (GENERAL,) if general else None
        gap = of(self.now) - of(self.before)
        parts = {kind: self.now.spent_by(sources=sources, kinds=(kind,)) - self.before.spent_by(sources=sources, kinds=(kind,))
                 for kind in (BASIC, PROJECT)}
        parts["其他"] = gap - sum(parts.values())
        return {**self.change(of(self.now), of(self.before)), "原因": self.reasons(parts)}

    def compared(self):
        return {"所属年度": self.year, "比较年度": str(self.now.year - 1)}

    def totals_in_words(self):
        now, style = self.now, self.style
        general = lambda year: year.spent_by(sources=(GENERAL,))
        return {
            "标题年度": {"报表年度": self.year, "说明年度": self.year},
            "说明一": {**self.compared(), "总额": style.money(now.total()), **self.change_of(lambda y: y.total(), False)},
            "说明四": {**self.compared(), "总额": style.money(now.fiscal_total()), **self.change_of(lambda y: y.fiscal_total(), True)},
            "说明五总体": {**self.compared(), "总额": style.money(general(now)), "占比": style.percent(general(now), now.spent_by()),
                      **self.change_of(general, True)},
        }

    def shares(self, key, amounts, whole):
        return [{key: name, "金额": self.style.money(amount), "占比": self.style.percent(amount, whole)}
                for name, amount in amounts.items() if amount]

    def shares_in_words(self):
        now, style = self.now, self.style
        income = {"财政拨款收入": now.income_by(kinds=FISCAL)} | {kind: now.income_by(kinds=(kind,)) for kind in EARNED}
        spent = {kind: now.spent_by(kinds=(kind,)) for kind in SPENT}
        general = now.spent_by(sources=(GENERAL,))
        classes = {self.name(code).removesuffix("支出"): now.spent_by(code, (GENERAL,)) for code in sorted({c[:3] for c in now.codes()})}
        return {
            "说明二": {"本年收入合计": style.money(now.income_by()), "项": self.shares("种类", income, now.income_by())},
            "说明三": {"本年支出合计": style.money(now.spent_by()), "项": self.shares("种类", spent, now.spent_by())},
            "说明五结构": {"所属年度": self.year, "支出": style.money(general), "类": self.shares("类名", classes, general)},
        }

    def against_budget(self, spent, budget):
        """What is said where a budget was planned: how much of it was spent, and why it was not all or more."""
        said = {"预算": self.style.money(budget), "决算": self.style.money(spent)}
        if budget:
            said["完成率"] = self.style.percent(spent, budget)
        if not is_zero(spent) or budget:
            said |= self.reason_of(said, spent, budget)
        return said

    @staticmethod
    def reason_of(said, spent, budget):
        if said["预算"] == said["决算"]:
            return {}
        return {"大小": "大于" if spent > budget else "小于", "原因": "示例：年中调整了支出安排"}

    def general_in_words(self):
        now = self.now
        items = [{"类名": self.name(code[:3]), "款名": self.name(code[:5]), "项名": self.name(code),
                  **self.against_budget(now.spent_by(code, (GENERAL,)), now.budget[code])}
                 for code in sorted(now.budget) if not is_zero(now.spent_by(code, (GENERAL,)))]
        said = self.against_budget(now.spent_by(sources=(GENERAL,)), sum(now.budget.values()))
        return {"说明五具体": {"所属年度": self.year, **said, "项": items}, "名词解释": {"科目": self.terms(items)}}

    @staticmethod
    def terms(items):
        return [{**{key: item[key] for key in ("类名", "款名", "项名")}, "解释": "示例：用于履行职责的支出。"} for item in items]

    def basic_in_words(self):
        now, style = self.now, self.style
        personnel = now.basic(*codes.PERSONNEL)
        listed = {True: [], False: []}
        for code, amount in now.items.items():
            if not is_zero(amount):
                listed[code.startswith(codes.PERSONNEL)].append(self.item_name(code))
        return {"说明六": {"所属年度": self.year, "基本支出": style.money(now.basic("")), "人员经费": style.money(personnel),
                        "人员科目": "、".join(listed[True]), "公用经费": style.money(now.basic("") - personnel),
                        "公用科目": "、".join(listed[False])}}

    def nothing_in_words(self):
        """Tables that are empty say so, and so does the text."""
        now, said = self.now, {}
        funds = now.income_by(kinds=(FUND,)) or now.balance(now.opening, (FUND,))
        capital = now.spent_by(sources=(CAPITAL,))
        for table, text, name, money, what in (("公开07表注", "说明七", "无收支", funds, "没有政府性基金收支"),
                                               ("公开08表注", "说明八", "无支出", capital, "没有国有资本经营预算支出")):
            why = f"示例：{what}"
            said[table] = {"无数据": None, "无数据原因": None} if money else \
                {"无数据": self.forms.sentence(table, "无数据", 无数据原因=why), "无数据原因": why}
            said[text] = {name: None if money else self.forms.sentence(text, name)}
        return said

    def completed(self, spent, budget):
        said = {"预算": self.style.money(budget), "决算": self.style.money(spent)}
        return {**said, "完成率": self.style.percent(spent, budget)} if budget else said

    def three_in_words(self):
        now, style, counts = self.now, self.style, self.now.counts
        of = lambda *names: self.completed(*(sum(kind[name] for name in names) for kind in (now.three, now.three_budget)))
        text = {key: f"{count:,}" if style.commas else str(count) for key, count in counts.items()}
        abroad = counts["国外接待"]
        return {
            "三公": {"所属年度": self.year, **of(*now.three)},
            "出国": {**of(ABROAD), "团组": text["团组"], "人次": text["人次"]},
            "用车": {**of(PURCHASE, CARS_RUN), "购置费": style.money(now.three[PURCHASE]), "购置年度": self.year, "购置数": text["购置数"],
                   "运行维护费": style.money(now.three[CARS_RUN]), "保有年度": self.year, "保有量": text["车辆"]},
            "接待": {**of(RECEPTION), "国内": style.money(now.three[RECEPTION] - abroad), "国内批次": text["国内批次"],
                   "国内人次": text["国内人次"], "外事批次": text["外事批次"], "外事人次": text["外事人次"], "国外": style.money(abroad),
                   "国外批次": text["国外批次"], "国外人次": text["国外人次"]},
        }

    def other_in_words(self):
        now, style = self.now, self.style
        return {
            "机关运行": {"所属年度": self.year, "总额": style.money(now.running_cost),
                     **self.change(now.running_cost, self.before.running_cost), "原因": "示例：结构调整"},
            **self.purchases_in_words(), "资产": self.cars(),
        }

    def purchases_in_words(self):
        style = self.style
        total, middle, small = (sum(amounts) for amounts in zip(*self.now.purchases.values()))
        said = {"所属年度": self.year, "采购总额": style.money(total)}
        said |= {kind: style.money(amounts[0]) for kind, amounts in self.now.purchases.items()}
        said |= {"中小企业": style.money(middle), "小微企业": style.money(small)}
        if total:
            said |= {"中小企业占比": style.percent(middle, total), "小微企业占比": style.percent(small, total)}
        shares = {kind: style.percent(amounts[1], amounts[0]) if not is_zero(amounts[0]) else None
                  for kind, amounts in self.now.purchases.items()}
        return {"采购": said, "采购占比": shares}

    def cars(self):
        uses = ("领导干部用车", "机要通信用车", "应急保障用车", "执法执勤用车", "特种专业技术用车", "离退休干部服务用车", "其他用车")
        counts = dict.fromkeys(uses, 0)
        for _ in range(self.now.counts["车辆"]):
            counts[self.department.pick(uses)] += 1
        said = {"截止年度": self.year, "车辆": str(self.now.counts["车辆"]), **{use: str(count) for use, count in counts.items()}}
        said["其他用车用途"] = "示例：调研用车" if counts["其他用车"] else None
        return {**said, "大型设备": str(self.department.random.randint(0, 9))}
