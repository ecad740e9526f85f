"""Errors of known kinds, planted one to a report: what was printed is replaced, and what was planted is written down with its gaps."""
import re
from decimal import Decimal
from fractions import Fraction

import identities
from identities import FIGURE, at

# Texts and what only names a thing; years; what a form says of itself.
NOT_FIGURES = {"heng", "单位名称", "地区", "年度", "印出", "科目代码", "序号", "年度指标值", "实际完成值", "标题年度", "所属年度", "比较年度",
               "购置年度", "保有年度", "截止年度", "概况年度", "对象年度", "资金年度"}
WORDS = {"项名", "类名", "款名", "项目名称", "被评项目", "评价项目", "对象项目", "概况项目", "结论项目", "目的项目", "概况单位", "体系单位"}
LISTS = {"人员科目", "公用科目", "自评表项目"}


def figures(node, path=()):
    """Paths of all figures that are not 0."""
    entries = node.items() if isinstance(node, dict) else enumerate(node)
    for key, inner in entries:
        if key in NOT_FIGURES:
            continue
        if isinstance(inner, (dict, list)):
            yield from figures(inner, path + (key,))
        elif isinstance(inner, str) and FIGURE.match(inner) and value_of(inner):
            yield path + (key,)


def texts(node, keys, path=()):
    entries = node.items() if isinstance(node, dict) else enumerate(node)
    for key, inner in entries:
        if isinstance(inner, (dict, list)):
            yield from texts(inner, keys, path + (key,))
        elif key in keys and inner:
            yield path + (key,)


def value_of(text):
    return Decimal(FIGURE.match(text)[0].replace(",", ""))


def printed(number, text):
    """Another number, printed as the one in the text: with its decimals, commas and unit."""
    figure = FIGURE.match(text)[0]
    places = len(figure.partition(".")[2])
    body = f"{number.quantize(Decimal(1).scaleb(-places)):{',' if ',' in figure else ''}f}"
    return body + text[len(figure):]


# —— kinds: each gives the changes of a report as (path, new text), or nothing where it cannot be done ——

def one_figure(document, chance):
    """Another number by little or by much."""
    path = chance.choice(list(figures(document)))
    text = at(document, path)
    places = len(FIGURE.match(text)[0].partition(".")[2])
    step = chance.choice((1, 2, 3, 5, 10, 50, 100, 1000)) * chance.choice((1, -1))
    return [(path, printed(value_of(text) + Decimal(step).scaleb(-places), text))]


def figure_changed(change):
    """A kind that changes the number of one figure."""
    def kind(document, chance):
        path = chance.choice(list(figures(document)))
        text = at(document, path)
        number = change(value_of(text), chance)
        return [(path, printed(number, text))] if number is not None else []
    return kind


def dropped(number, chance):
    digits = str(number)
    place = chance.choice([n for n, c in enumerate(digits) if c.isdigit()])
    shorter = digits[:place] + digits[place + 1:]
    return Decimal(shorter) if re.match(r"-?\d", shorter) else None


def swapped(number, chance):
    digits = str(number)
    places = [n for n in range(len(digits) - 1) if digits[n : n + 2].isdigit() and digits[n] != digits[n + 1]]
    if not places:
        return None
    n = chance.choice(places)
    return Decimal(digits[:n] + digits[n + 1] + digits[n] + digits[n + 2:])


def row_shifted(document, chance):
    """The figures of two neighbouring rows stand in each other's place."""
    table = chance.choice(("公开01", "公开02", "公开03", "公开05", "公开06"))
    if table == "公开01":
        n = chance.choice([n for n in document[table] if n.isdigit()])
        below = str(int(n) + 1)
        changes = [((table, n), at(document, (table, below)) or "0.00"), ((table, below), at(document, (table, n)))]
        return changes if below in document[table] else []  # a line that the table does not have is another error
    rows = document[table]["科目"]
    if len(rows) < 2:
        return []
    n = chance.randrange(len(rows) - 1)
    columns = [key for key in rows[n] if key not in ("科目代码", "科目名称")]
    return [((table, "科目", here, column), rows[there][column]) for here, there in ((n, n + 1), (n + 1, n)) for column in columns]


def stale_share(document, chance):
    """A percentage from before the amount was changed."""
    shares = [path for path in figures(document) if at(document, path).endswith("%") and path[-1] not in ("填报执行率", "得分率")]
    path = chance.choice(shares)
    text = at(document, path)
    stale = value_of(text) * Decimal(chance.choice((-1, 1)) * chance.randint(1, 900) + 10_000) / 10_000
    return [(path, f"{stale:.2f}%")]


def name_changed(document, chance):
    path = chance.choice(list(texts(document, WORDS | LISTS)))
    text = at(document, path)
    names = text.split("、") if path[-1] in LISTS else [text]
    n = chance.randrange(len(names))
    names[n] = "某" + names[n][1:]
    return [(path, "、".join(names))]


MISSING = [("说明六", "人员科目"), ("说明六", "公用科目"), ("公开07表注", "无数据"), ("公开08表注", "无数据"), ("说明七", "无收支"), ("说明八", "无支出"),
           ("中央项目", "没有"), ("省项目", "没有"), ("说明五具体", "原因"), ("说明五具体", "大小"), ("资产", "其他用车用途"), ("说明一", "总额"),
           ("说明二", "本年收入合计"), ("说明四", "变动率"), ("三公", "决算"), ("机关运行", "总额"), ("采购", "采购总额"), ("说明十一", "项目资金")]


def sentence_missing(document, chance):
    path = chance.choice(MISSING)
    return [(path, None)] if at(document, path) else []


KINDS = {
    "改一个数": one_figure,
    "少一位": figure_changed(dropped),
    "正负号": figure_changed(lambda number, _: -number),
    "乘一万": figure_changed(lambda number, _: number * 10_000),
    "除以一万": figure_changed(lambda number, _: number / 10_000),
    "两位颠倒": figure_changed(swapped),
    "错一行": row_shifted,
    "旧的百分比": stale_share,
    "改一个名称": name_changed,
    "缺一句": sentence_missing,
}


def replace(document, path, text):
    at(document, path[:-1])[path[-1]] = text


def pointer(path):
    return "".join(f"/{key}" for key in path)


def read_as(text):
    """What a reader makes of it: 17,127.830 and 17127.83 are one figure."""
    found = FIGURE.fullmatch(text.rstrip("万元%")) if text else None
    return Fraction(found[0].replace(",", "")) if found else text or None


def plant(document, chance):
    """Plants one error in the report; returns what it was, or None where all that was tried changes nothing."""
    for _ in range(20):
        kind = chance.choice(list(KINDS))
        changes = [(path, at(document, path), text) for path, text in KINDS[kind](document, chance)]
        changes = [change for change in changes if read_as(change[1]) != read_as(change[2])]
        if changes:
            break
    else:
        return None
    paths = {path for path, *_ in changes}
    tied = [identity for identity in identities.identities(document) if paths & {tuple(path) for path in identity.paths}]
    for path, _, text in changes:
        replace(document, path, text)
    return {
        "report": document["单位名称"], "year": document["年度"], "kind": kind,
        "figures": [{"field": pointer(path), "true": true, "printed": text} for path, true, text in changes],
        "identities": [measured(identity, document) for identity in tied],
        "exceeds": any(identity.gap(document) > identity.allowed(document) for identity in tied),
    }


def measured(identity, document):
    return {"name": identity.name, "gap": number(identity.gap(document)), "allowed": number(identity.allowed(document))}


def number(fraction):
    return f"{float(fraction):.6g}"
