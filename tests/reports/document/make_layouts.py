#!/usr/bin/env python3
"""Made-up reports in the layouts that departments print, as HTML: what a PDF of them holds is known cell by cell.

usage: make_layouts.py FOLDER      writes NAME.html for each layout
"""
import pathlib
import sys

style = """<!doctype html><html lang="zh"><meta charset="utf-8"><style>
@page { size: %s; margin: 18mm 16mm; }
body { font-family: 'WenQuanYi Micro Hei', sans-serif; font-size: 10.5pt; line-height: 1.5; margin: 0; }
h1 { font-size: 16pt; text-align: center; margin: 0 0 8pt; }
p { text-indent: 2em; margin: 0 0 6pt; }
.unit { text-indent: 0; text-align: right; font-size: 9pt; margin: 0; }
table { width: 100%%; font-size: 9pt; line-height: 1.25; %s }
td, th { padding: 2pt 4pt; font-weight: normal; %s }
td.n { text-align: right; white-space: nowrap; }
%s</style><body>
"""
collapsed = "border-collapse: collapse;"
solid = "border: 1px solid black;"

income = [("一、一般公共预算财政拨款收入", "1,234.56"), ("二、政府性基金预算财政拨款收入", ""), ("三、其他收入", "0.80"),
          ("本年收入合计", "1,235.36"), ("年初结转和结余", "12.00"), ("总计", "1,247.36")]
spending = [("一、一般公共服务支出", "900.16"), ("二、社会保障和就业支出", "200.00"), ("三、住房保障支出", "100.20"),
            ("本年支出合计", "1,200.36"), ("年末结转和结余", "47.00"), ("总计", "1,247.36")]
functions = [("201", "一般公共服务支出", "900.16", "600.10", "300.06"), ("20103", "示例办公厅（室）及相关机构事务", "900.16", "600.10", "300.06"),
             ("2010301", "行政运行", "600.10", "600.10", ""), ("2010302", "一般行政管理事务", "300.06", "", "300.06"),
             ("208", "社会保障和就业支出", "200.00", "200.00", ""), ("20805", "行政事业单位养老支出", "200.00", "200.00", ""),
             ("2080505", "机关事业单位基本养老保险缴费支出", "120.00", "120.00", ""), ("2080506", "机关事业单位职业年金缴费支出", "80.00", "80.00", ""),
             ("221", "住房保障支出", "100.20", "100.20", ""), ("2210201", "住房公积金", "100.20", "100.20", "")]


def row(cells, tag="td"):
    return "<tr>" + "".join(f'<{tag}{" class=n" if cell[:1].isdigit() and "." in cell else ""}>{cell}</{tag}>' for cell in cells) + "</tr>"


def title(name, number, unit="万元"):
    return f"<h1>{name}</h1><p class=unit>公开{number}表</p><p class=unit>单位：{unit}</p>"


both = [a + b for a, b in zip(income, spending)]
head_of_both = ("<tr><th colspan=2>收入</th><th colspan=2>支出</th></tr>" + row(["项目", "决算数", "项目", "决算数"], "th"))
head_of_functions = ('<tr><th colspan=2>项目</th><th rowspan=2>本年支出合计</th><th rowspan=2>基本支出</th><th rowspan=2>项目支出</th></tr>'
                     + row(["功能分类科目编码", "科目名称"], "th"))
words = ("<p>示例单位2024年度收入支出总计1,247.36万元，比上年增加47.36万元，增长3.95%，主要原因是示例项目按计划实施，相关支出相应增加，"
         "并且示例设备按合同付款。</p><p>本年收入合计1,235.36万元，其中：财政拨款收入1,234.56万元，占99.94%；其他收入0.80万元，占0.06%。</p>")


def table(head, rows, attributes=""):
    return f"<table{attributes}><thead>{head}</thead><tbody>{''.join(row(one) for one in rows)}</tbody></table>"


def page(body, paper="A4", of_table=collapsed, of_cell=solid, more=""):
    return style % (paper, of_table, of_cell, more) + body


def two_tables():
    half = "<div style='flex:1'>"
    return ("<div style='display:flex;gap:24pt'>" + half + table(row(["收入项目", "金额"], "th"), income) + "</div>" + half
            + table(row(["支出项目", "金额"], "th"), spending) + "</div></div>")


long_list = [(str(2010000 + i), f"示例科目{i}", f"{i}.50", f"{i}.00", "0.50") for i in range(1, 16)]
indicators = ("<table><tr><th>一级指标</th><th>二级指标</th><th>三级指标</th><th>指标值</th><th>完成值</th></tr>"
              "<tr><td rowspan=3 style='width:1em'>产出指标</td><td rowspan=2>数量指标</td><td>示例会议次数</td><td>≥10次</td><td>12次</td></tr>"
              "<tr><td>示例材料份数，分发到各示例单位并且归档</td><td>≥200份</td><td>200份</td></tr>"
              "<tr><td>质量指标</td><td>验收合格率</td><td>100%</td><td>100%</td></tr>"
              "<tr><td style='writing-mode:vertical-rl'>满意度</td><td>服务对象满意度</td><td>示例群众满意度</td><td>≥90%</td><td>95.5%</td></tr></table>")

layouts = {
    "borders": page(title("收入支出决算总表", "01") + table(head_of_both, both) + words),
    "merged_heads": page(title("支出决算表", "03") + table(head_of_functions, functions) + "<p>注：本表为示例。</p>",
                         more="td:nth-child(2) { width: 9em; }"),
    "landscape": page(title("支出决算表", "03", "元") + table(head_of_functions, functions), "A4 landscape"),
    "open_sides": page(title("支出决算表", "03") + table(head_of_functions, functions),
                       more="tr > :first-child { border-left: none; } tr > :last-child { border-right: none; }"),
    "dashed": page(title("收入支出决算总表", "01") + table(head_of_both, both[-2:]), of_cell="border: 1px dashed #444;"),
    "double": page(title("收入支出决算总表", "01") + table(head_of_both, both), of_cell="border: 3px double black;"),
    "spaced_cells": page(title("收入支出决算总表", "01") + table(head_of_both, both), of_table="border-collapse: separate; border-spacing: 1px;"),
    "white_lines": page(title("收入支出决算总表", "01") + table(head_of_both, both), of_cell="border: 1px solid white; background: #dde6f0;"),
    "side_by_side": page(title("收入支出决算总表", "01") + two_tables()),
    "split": page(title("支出决算表", "03") + table(head_of_functions, long_list), "A5 landscape"),
    "indicators": page("<h1>项目支出绩效自评表</h1>" + indicators),
    "across_only": page(title("支出决算表", "03") + table(head_of_functions, functions) + words,
                        of_cell="border-top: 1px solid black; border-bottom: 1px solid black;"),
    "three_lines": page(title("收入支出决算总表", "01") + table(row(["项目", "行次", "决算数"], "th"), [(a, str(i), b) for i, (a, b) in enumerate(income, 1)]) + words,
                        of_table=collapsed + "border-top: 1.5pt solid black; border-bottom: 1.5pt solid black;", of_cell="",
                        more="thead th { border-bottom: 0.75pt solid black; }"),
    "no_lines": page(title("支出决算表", "03") + table(head_of_functions, functions) + words, of_cell=""),
    "frame_only": page(title("支出决算表", "03") + table(head_of_functions, functions), of_table=collapsed + solid, of_cell="border-left: 1px solid black;"),
}

if __name__ == "__main__":
    folder = pathlib.Path(sys.argv[1])
    for name, html in layouts.items():
        (folder / f"{name}.html").write_text(html, encoding="utf-8")
