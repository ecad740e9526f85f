#!/usr/bin/env python3
"""Known data, printed in several layouts and formats, must come back value by value.

The nine tables of the sample report are laid out as HTML, XLSX, CSV and DOCX (and PDF where Chromium is installed) with and
without line numbers, codes in one to three columns, totals first or last, budget and actual side by side or by turns, head texts
wrapped, tables split with repeated heads, PDFs without lines down or without any; `heng load` reads each, and every figure is compared with where it came from.
Usage: layouts.py HENG REPOSITORY [--keep FOLDER]
"""
import html
import io
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
import zipfile

import openpyxl

HENG, ROOT = sys.argv[1], pathlib.Path(sys.argv[2])
SAMPLE = ROOT / "rules/samples/青岛市人民政府办公厅-2024.json"
FORMS = ["公开01", "公开02", "公开03", "公开04", "公开05", "公开06", "公开07", "公开08", "公开09"]


def plain(value):
    if isinstance(value, dict):
        if "value" in value:
            return value["value"]
        if "missing" in value:
            return "<" + value["missing"] + ">"
        return {k: plain(v) for k, v in value.items()}
    return [plain(v) for v in value] if isinstance(value, list) else value


class Table:
    """Cells by position; a cell may span rows and columns."""

    def __init__(self, title, unit="万元", above=()):
        self.title, self.unit, self.above, self.cells, self.rows = title, unit, list(above), [], 0

    def row(self, *cells):
        """Texts, or (text, columns, rows); None: covered from above."""
        column = 0
        for cell in cells:
            if cell is None:
                column += 1
                continue
            text, columns, rows = cell if isinstance(cell, tuple) else (cell, 1, 1)
            self.cells.append((self.rows, column, text, columns, rows))
            column += columns
        self.rows += 1

    @property
    def columns(self):
        return max(c + n for _, c, _, n, _ in self.cells)

    def by_position(self):
        return {(r, c): (text, n, m) for r, c, text, n, m in self.cells}


def labels_of(schema_text, form):
    """Line numbers and labels, as the forms file declares them."""
    part = schema_text.split(f"报表 {form} ")[1].split("\n报表 ")[0]
    lines = []
    for line in part.splitlines():
        line = line.strip()
        if line and line[0].isdigit() and " : " in line:
            number, label = line.split(" : ", 1)
            lines.append((number.split()[0], label.strip()))
    return lines


class Layout:
    def __init__(self, name, **options):
        self.name = name
        self.numbers = options.get("numbers", True)        # 行次
        self.codes = options.get("codes", 1)               # columns of codes
        self.total_last = options.get("total_last", False)
        self.alternate = options.get("alternate", False)   # 预算数 决算数 by turns
        self.wrap = options.get("wrap", False)             # heads over two lines
        self.unit = options.get("unit", "万元")
        self.split = options.get("split", 0)               # rows after which a table begins anew, with its head
        self.count_columns = options.get("count_columns", False)  # 栏次 1 2 3
        self.year_in_title = options.get("year_in_title", False)
        self.blank_zero = options.get("blank_zero", False)
        self.group_sums = options.get("group_sums", True)


LAYOUTS = [
    Layout("official", count_columns=True),
    Layout("no-numbers", numbers=False, codes=3, total_last=True, alternate=True, wrap=True),
    Layout("two-codes", codes=2, wrap=True, year_in_title=True),
    Layout("split", codes=3, split=12, count_columns=True),
    Layout("yuan", unit="元", numbers=False),
]


class Maker:
    def __init__(self, data, schema, layout):
        self.data, self.schema, self.layout = data, schema, layout

    def figure(self, text):
        if self.layout.unit == "元" and text:
            return f"{int(text.replace(',', '').replace('.', '')) * 100:,}.00"  # 0.01万元 is 100元
        return text

    def head(self, text):
        return text[: len(text) // 2] + "\n" + text[len(text) // 2:] if self.layout.wrap and len(text) > 4 else text

    def title(self, title):
        return f"2024年度{title}" if self.layout.year_in_title else title

    def lines_form(self, form, blocks, columns):
        """Two blocks side by side: income | spending."""
        all_lines = dict(labels_of(self.schema, form))
        table = Table(self.title(self.data[form]["印出"]["标题"]), self.layout.unit)
        number = ["行次"] if self.layout.numbers else []
        table.row(("收入", 2 + len(number) - 0, 1) if number else ("收入", 2, 1), ("支出", 1 + len(number) + len(columns[1]), 1))
        table.row("项目", *number, *[self.head(c) for c in columns[0]], "项目", *number, *[self.head(c) for c in columns[1]])
        if self.layout.count_columns:
            table.row("栏次", *([""] if number else []), "1", "栏次", *([""] if number else []), *[str(i + 2) for i in range(len(columns[1]))])
        left, right = blocks
        for i in range(max(len(left), len(right))):
            cells = []
            for side, lines in ((0, left), (1, right)):
                line = lines[i] if i < len(lines) else None
                if line is None:
                    cells += [""] * (1 + len(number) + len(columns[side]))
                    continue
                label = "总计" if all_lines[line] in ("收入总计", "支出总计") else all_lines[line]
                value = self.data[form].get(line, "")
                figures = [value] if not isinstance(value, dict) else list(value.values())
                cells += [label, *([line] if number else []), *[self.figure(f) for f in figures]]
            table.row(*cells)
        return table

    def code_cells(self, code):
        if self.layout.codes == 1:
            return [code]
        parts = [code[:3], code[3:5], code[5:7]]
        return parts if self.layout.codes == 3 else [code[:3], code[3:]]

    def rows_form(self, form, columns):
        data, n = self.data[form], self.layout.codes
        table = Table(self.title(data["印出"]["标题"]), self.layout.unit)

        def head():
            table.row(("项目", n + 1, 1), *[(self.head(c), 1, 2) for c in columns])
            table.row(("科目代码", n, 1), "科目名称")
            if self.layout.count_columns:
                table.row(("栏次", n + 1, 1), *[str(i + 1) for i in range(len(columns))])

        def total():
            table.row(("合计", n + 1, 1), *[self.figure(data["合计"][c]) for c in columns])

        head()
        if not self.layout.total_last:
            total()
        for i, row in enumerate(data["科目"]):
            if self.layout.split and i and i % self.layout.split == 0:
                head()
            table.row(*self.code_cells(row["科目代码"]), row["科目名称"], *[self.figure(row[c]) for c in columns])
        if self.layout.total_last:
            total()
        return table

    def form_06(self):
        data = self.data["公开06"]
        table = Table(self.title(data["印出"]["标题"]), self.layout.unit)
        left = [r for r in data["科目"] if r["科目代码"][:3] in ("301", "303")]
        right = [r for r in data["科目"] if r["科目代码"][:3] not in ("301", "303")]
        n = self.layout.codes if self.layout.codes < 3 else 2
        table.row(("人员经费", n + 2, 1), ("公用经费", n + 2, 1))
        table.row(("科目代码", n, 1), "科目名称", "金额", ("科目代码", n, 1), "科目名称", "金额")

        def cells(rows, i):
            if i >= len(rows):
                return [""] * (n + 2)
            row = rows[i]
            codes = [row["科目代码"]] if n == 1 else [row["科目代码"][:3], row["科目代码"][3:]]
            return [*codes, row["科目名称"], self.figure(row["金额"])]

        for i in range(max(len(left), len(right))):
            table.row(*cells(left, i), *cells(right, i))
        table.row(("人员经费合计", n + 1, 1), self.figure(data["人员经费合计"]["金额"]),
                  ("公用经费合计", n + 1, 1), self.figure(data["公用经费合计"]["金额"]))
        return table

    def form_09(self):
        data = self.data["公开09"]
        table = Table(self.title(data["印出"]["标题"]), self.layout.unit)
        names = {"合计": "合计", "因公出国费": "因公出国（境）费", "用车小计": "小计", "公务用车购置费": "公务用车购置费",
                 "公务用车运行维护费": "公务用车运行维护费", "公务接待费": "公务接待费"}
        if self.layout.alternate:
            order = list(names)
            table.row(*[(names[c], 2, 2) for c in order[:2]], ("公务用车购置及运行费", 6, 1), (names[order[5]], 2, 2))
            table.row(None, None, None, None, *[(self.head(names[c]), 2, 1) for c in order[2:5]])
            table.row(*["预算数", "决算数"] * 6)
            table.row(*[self.figure(data[side][c]) for c in order for side in ("预算", "决算")])
            return table
        order = list(names)
        table.row(("预算数", 6, 1), ("决算数", 6, 1))
        table.row(*[x for _ in range(2) for x in [("合计", 1, 2), ("因公出国（境）费", 1, 2), ("公务用车购置及运行维护费", 3, 1), ("公务接待费", 1, 2)]])
        table.row(*[x for _ in range(2) for x in [None, None, "小计", "公务用车购置费", "公务用车运行维护费", None]])
        if self.layout.count_columns:
            table.row(*[str(i + 1) for i in range(12)])
        table.row(*[self.figure(data[side][c]) for side in ("预算", "决算") for c in order])
        return table

    def tables(self):
        lines01, lines04 = labels_of(self.schema, "公开01"), labels_of(self.schema, "公开04")
        split01 = [n for n, _ in lines01]
        split04 = [n for n, _ in lines04]
        yield self.lines_form("公开01", ([n for n in split01 if int(n) < 32], [n for n in split01 if int(n) >= 32]), (["金额"], ["金额"]))
        yield self.rows_form("公开02", ["本年收入合计", "财政拨款收入", "上级补助收入", "事业收入", "经营收入", "附属单位上缴收入", "其他收入"])
        yield self.rows_form("公开03", ["本年支出合计", "基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出"])
        yield self.lines_form("公开04", ([n for n in split04 if int(n) < 33], [n for n in split04 if int(n) >= 33]),
                              (["金额"], ["合计", "一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款"]))
        yield self.rows_form("公开05", ["小计", "基本支出", "项目支出"])
        yield self.form_06()
        yield self.rows_form("公开07", ["年初结转和结余", "本年收入", "小计", "基本支出", "项目支出", "年末结转和结余"])
        yield self.rows_form("公开08", ["小计", "基本支出", "项目支出"])
        yield self.form_09()


def as_html(tables, rules="all", heads="left"):
    """`rules`: all, across (no lines down) or none; without lines down figures stand at the right, as they do in print."""
    lines = {"all": "border:1px solid black;", "across": "border-top:1px solid black;border-bottom:1px solid black;", "none": ""}[rules]
    figures = "" if rules == "all" else f"td.figure{{text-align:right}}td.head{{text-align:{heads}}}"
    out = ["<!DOCTYPE html><html><head><meta charset='utf-8'><style>table{border-collapse:collapse;width:100%;page-break-after:always}"
           "td{" + lines + "padding:3px;font-size:9px}" + figures +
           "@page{size:A4 landscape;margin:1cm}</style></head><body><p>2024年度部门决算表</p>"]
    for table in tables:
        out.append(f"<h3>{table.title}</h3><p>部门：示例市某局</p><p>金额单位：{table.unit}</p><table>")
        for r in range(table.rows):
            out.append("<tr>")
            for row, column, text, columns, rows in table.cells:
                if row == r:
                    shown = "<br>".join(html.escape(t) for t in text.split("\n"))
                    kind = "figure" if re.fullmatch(r"[\d,]+\.\d+", text) else "head" if row < 2 else "text"
                    out.append(f"<td class={kind} colspan={columns} rowspan={rows}>{shown}</td>")
            out.append("</tr>")
        out.append("</table>")
    return ("".join(out) + "</body></html>").encode()


def as_xlsx(tables, numbers=True):
    """Figures are numbers with a number format, as in a real workbook."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for i, table in enumerate(tables):
        sheet = book.create_sheet(f"表{i + 1}")
        sheet.append(["2024年度部门决算表"])
        sheet.append([table.title])
        sheet.append(["部门：示例市某局", None, None, f"金额单位：{table.unit}"])
        for row, column, text, columns, rows in table.cells:
            cell = sheet.cell(row + 4, column + 1)
            figure = text.replace(",", "")
            if numbers and "." in figure and figure.replace(".", "").isdigit():
                cell.value, cell.number_format = float(figure), "#,##0.00"
            else:
                cell.value = text
            if columns > 1 or rows > 1:
                sheet.merge_cells(start_row=row + 4, start_column=column + 1, end_row=row + 3 + rows, end_column=column + columns)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_csv(tables, encoding="utf-8-sig"):
    out = io.StringIO()
    out.write("2024年度部门决算表,,\r\n")
    for table in tables:
        out.write(f'"{table.title}",,\r\n"部门：示例市某局",,"金额单位：{table.unit}"\r\n')
        at = table.by_position()
        for r in range(table.rows):
            out.write(",".join('"' + at.get((r, c), ("", 1, 1))[0].replace("\n", "") + '"' for c in range(table.columns)) + "\r\n")
        out.write("\r\n")
    return out.getvalue().encode(encoding)


def as_docx(tables):
    w = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'"

    def paragraph(text):
        return "<w:p>" + "<w:r><w:br/></w:r>".join(f"<w:r><w:t>{html.escape(t)}</w:t></w:r>" for t in text.split("\n")) + "</w:p>"

    body = [paragraph("2024年度部门决算表")]
    for table in tables:
        body += [paragraph(table.title), paragraph("部门：示例市某局"), paragraph(f"金额单位：{table.unit}"), "<w:tbl>"]
        covered = {}
        for row, column, text, columns, rows in table.cells:
            for r in range(1, rows):
                covered[(row + r, column)] = columns
        at = table.by_position()
        for r in range(table.rows):
            body.append("<w:tr>")
            c = 0
            while c < table.columns:
                if (r, c) in covered:
                    n = covered[(r, c)]
                    body.append(f"<w:tc><w:tcPr><w:gridSpan w:val='{n}'/><w:vMerge/></w:tcPr>{paragraph('')}</w:tc>")
                else:
                    text, n, m = at.get((r, c), ("", 1, 1))
                    merge = "<w:vMerge w:val='restart'/>" if m > 1 else ""
                    body.append(f"<w:tc><w:tcPr><w:gridSpan w:val='{n}'/>{merge}</w:tcPr>{paragraph(text)}</w:tc>")
                c += n
            body.append("</w:tr>")
        body.append("</w:tbl>")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("[Content_Types].xml", "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>")
        z.writestr("word/document.xml", f"<w:document {w}><w:body>{''.join(body)}</w:body></w:document>")
    return out.getvalue()


def as_pdf(page, folder):
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    if not browser:
        return None
    source = folder / "page.html"
    source.write_bytes(page)
    target = folder / "page.pdf"
    subprocess.run([browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--print-to-pdf={target}", source.as_uri()],
                   check=True, capture_output=True, timeout=120)
    return target.read_bytes()


def width(text):
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def widths_of(table):
    """Of each column; a head over several columns needs room, too."""
    widths = [4] * table.columns
    for _, column, text, columns, _ in table.cells:
        if columns == 1:
            widths[column] = max(widths[column], *(width(line) for line in text.split("\n")))
    for _, column, text, columns, _ in table.cells:
        room = sum(widths[column:column + columns]) + 3 * (columns - 1)
        widths[column + columns - 1] += max(0, width(text) - room)
    return widths


def aligned_lines(table, row, starts, widths):
    cells = [cell for cell in table.cells if cell[0] == row and cell[2]]
    for part in range(max((text.count("\n") + 1 for _, _, text, _, _ in cells), default=1)):
        line = ""
        for _, column, text, columns, _ in cells:
            parts = text.split("\n")
            if part < len(parts):
                figure = re.fullmatch(r"[\d,]+\.\d+|\d{1,3}(,\d{3})+|0", text)
                at = starts[column] + (widths[column] - width(text) if figure else 0)
                line += " " * (at - width(line)) + parts[part]
        yield line


def as_aligned_text(tables):
    """Columns aligned by blanks, as converters print them: a Chinese character is two wide, figures stand at the right."""
    out = ["2024年度部门决算表", ""]
    for table in tables:
        out += [table.title, f"部门：示例市某局          金额单位：{table.unit}"]
        widths = widths_of(table)
        starts = [sum(widths[:column]) + 3 * column for column in range(table.columns)]
        for row in range(table.rows):
            out += aligned_lines(table, row, starts, widths)
        out += ["", ""]
    return "\n".join(out).encode()


def load(path):
    done = subprocess.run([HENG, "load", str(path), "--rules", str(ROOT / "rules"), "--to", "json", "--lang", "zh"],
                          capture_output=True, timeout=120)
    if done.returncode != 0:
        raise SystemExit(f"{path}: {done.stderr.decode()}")
    return json.loads(done.stdout)


def in_yuan(text, layout):
    return Maker(None, None, layout).figure(text)


def compare(want, got, path, wrong, layout):
    if isinstance(want, dict):
        for key, value in want.items():
            if key == "印出":
                continue
            if not isinstance(got, dict) or key not in got:
                wrong.append(f"{path}/{key} is lacking, wanted {str(value)[:40]}")
            else:
                compare(value, got[key], f"{path}/{key}", wrong, layout)
    elif isinstance(want, list):
        if len(want) != len(got):
            wrong.append(f"{path}: {len(got)} rows instead of {len(want)}")
        rows = {row.get("科目代码"): row for row in got}
        for row in want:
            compare(row, rows.get(row["科目代码"], {}), f"{path}[{row['科目代码']}]", wrong, layout)
    else:
        wanted = in_yuan(want, layout) if "." in str(want) else want
        if str(got).replace(",", "") != str(wanted).replace(",", ""):
            wrong.append(f"{path} is {got!r} instead of {wanted!r}")


def one_finding_for_a_wrong_unit(data, schema, folder):
    """A table in 元 under a head that says 万元: said once, and no identity fails for it."""
    tables = list(Maker(data, schema, LAYOUTS[0]).tables())
    wrong = list(Maker(data, schema, Layout("yuan", unit="元", count_columns=True)).tables())[2]
    wrong.unit = "万元"
    path = folder / "mixed.html"

    def weighed(these):
        path.write_bytes(as_html(these))
        done = subprocess.run([HENG, "run", str(ROOT / "rules"), str(path), "--format", "plain", "--lang", "zh"], capture_output=True, timeout=120)
        lines = done.stdout.decode().splitlines()
        return sum("\t不通过\t" in line for line in lines), sum("E507" in line for line in lines)

    right, mixed = weighed(tables), weighed([*tables[:2], wrong, *tables[3:]])
    # Two sums of the made-up table fail: its 元 are made from rounded 万元, and 元 are exact to the hundredth.
    if mixed == (right[0] + 2, 1):
        return True
    print("mixed.html: failing rules and wrong units are", mixed, "instead of", (right[0] + 2, 1))
    return False


def main():
    keep = pathlib.Path(sys.argv[4]) if len(sys.argv) > 4 and sys.argv[3] == "--keep" else None
    data = plain(json.loads(SAMPLE.read_text()))
    schema = (ROOT / "rules/部门决算/报表-2024.heng").read_text()
    compared, failed = 0, 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = keep or pathlib.Path(temporary)
        folder.mkdir(exist_ok=True)
        for layout in LAYOUTS:
            tables = list(Maker(data, schema, layout).tables())
            files = {
                "html": as_html(tables), "xlsx": as_xlsx(tables), "text.xlsx": as_xlsx(tables, numbers=False), "docx": as_docx(tables),
                "csv": as_csv(tables), "gbk.csv": as_csv(tables, "gb18030"), "pdf": as_pdf(as_html(tables), folder),
                "aligned.txt": as_aligned_text(tables),
                "across.pdf": as_pdf(as_html(tables, "across"), folder),
                # Centred heads over pairs of columns do not say without lines which pair they mean.
                "bare.pdf": as_pdf(as_html(tables, "none", "left" if layout.alternate else "center"), folder),
            }
            for kind, content in files.items():
                if content is None:
                    continue
                path = folder / f"{layout.name}.{kind}"
                path.write_bytes(content)
                got, wrong = plain(load(path)), []
                for form in FORMS:
                    # Amounts in 元 are wider than the heads of 公开09 and run into each other's columns: said to be unusable.
                    if kind == "aligned.txt" and layout.name == "yuan" and form == "公开09":
                        continue
                    compare(data[form], got.get(form, {}), form, wrong, layout)
                if got.get("单位名称") != "示例市某局" or got.get("年度") != "2024":
                    wrong.append(f"单位名称 {got.get('单位名称')!r}, 年度 {got.get('年度')!r}")
                compared += 1
                if wrong:
                    failed += 1
                    print(f"{path.name}: {len(wrong)} values are wrong")
                    for one in wrong[:6]:
                        print("   ", one)
        failed += not one_finding_for_a_wrong_unit(data, schema, folder)
    print(f"{compared} files read back, {failed} not as they were made")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
