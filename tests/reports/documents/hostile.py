#!/usr/bin/env python3
"""Broken and hostile documents end in words, in time and within memory, and nothing of them is made up or lost in silence.

Every file is made here. `heng load` reads each under a limit of memory and time; what it answers is held against what it must
say. Usage: hostile.py HENG REPOSITORY [--no-memory-limit] [--only WORD]
"""
import concurrent.futures
import html
import io
import json
import os
import pathlib
import resource
import struct
import subprocess
import sys
import tempfile
import zipfile
import zlib

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import layouts  # noqa: E402

HENG, ROOT = sys.argv[1], pathlib.Path(sys.argv[2])
LIMITED = "--no-memory-limit" not in sys.argv  # sanitizers reserve terabytes of addresses
ONLY = sys.argv[sys.argv.index("--only") + 1] if "--only" in sys.argv else ""
SECONDS, BYTES = 20 if LIMITED else 200, 1 << 30  # of a processor: others may be at work on this machine
FINE, UNREADABLE = 0, 3

# Made-up figures of three lines, in the words of the official form.
LINES = [("一、一般公共预算财政拨款收入", "1", "1,234.56"), ("本年收入合计", "27", "1,234.56"), ("收入总计", "31", "1,234.56")]
HEAD = ["2024年度部门决算表"], ["收入支出决算总表"], ["部门：示例市某局", "", "金额单位：万元"], ["项目", "行次", "金额"]


def page(body, head="<meta charset='utf-8'>"):
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"


def rows_with(first="1,234.56", lines=LINES):
    return [*HEAD, *([label, number, first if i == 0 else figure] for i, (label, number, figure) in enumerate(lines))]


def html_of(rows, more=""):
    def row(cells):
        return "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in cells) + "</tr>"

    return page("<p>2024年度部门决算表</p><h3>收入支出决算总表</h3><p>部门：示例市某局</p><p>金额单位：万元</p>"
                f"<table>{''.join(row(cells) for cells in rows[3:])}</table>{more}")


def csv_of(rows, separator=","):
    return "".join(separator.join(f'"{cell}"' for cell in row) + "\r\n" for row in rows)


MAIN = "xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def cell(address, text):
    return f"<c r='{address}' t='inlineStr'><is><t>{html.escape(text)}</t></is></c>"


def sheet(rows, more_cells="", after="", before="", attributes=None):
    """Cells as texts; a cell that begins with < is taken as it is."""
    out = []
    for r, cells in enumerate(rows, 1):
        parts = [text if text.startswith("<") else cell(f"{'ABCDEFGH'[c]}{r}", text) for c, text in enumerate(cells) if text]
        out.append(f"<row r='{r}'{(attributes or {}).get(r, '')}>{''.join(parts)}</row>")
    return f"<worksheet {MAIN}>{before}<sheetData>{''.join(out)}{more_cells}</sheetData>{after}</worksheet>"


def xlsx(sheets, properties="", strings=None, styles=None, states=None, prologue=""):
    names = [f"表{i + 1}" for i in range(len(sheets))]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("[Content_Types].xml", "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>")
        listed = "".join(f"<sheet name='{name}' sheetId='{i + 1}' r:id='r{i}'{(states or {}).get(i, '')}/>" for i, name in enumerate(names))
        z.writestr("xl/workbook.xml", f"{prologue}<workbook {MAIN} xmlns:r='{RELATIONS}'>{properties}<sheets>{listed}</sheets></workbook>")
        z.writestr("xl/_rels/workbook.xml.rels", "<Relationships>" + "".join(
            f"<Relationship Id='r{i}' Target='worksheets/sheet{i}.xml'/>" for i in range(len(sheets))) + "</Relationships>")
        for i, text in enumerate(sheets):
            z.writestr(f"xl/worksheets/sheet{i}.xml", text)
        if strings is not None:
            z.writestr("xl/sharedStrings.xml", f"<sst {MAIN}>" + "".join(f"<si><t>{s}</t></si>" for s in strings) + "</sst>")
        if styles is not None:
            z.writestr("xl/styles.xml", f"<styleSheet {MAIN}>{styles}</styleSheet>")
    return out.getvalue()


def book(first, **options):
    """One sheet; its first figure stands in C5."""
    return xlsx([sheet(rows_with(first))], **options)


def docx(body, prologue=""):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("[Content_Types].xml", "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>")
        z.writestr("word/document.xml", f"{prologue}<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>"
                                        f"<w:body>{body}</w:body></w:document>")
    return out.getvalue()


def paragraph(text):
    return f"<w:p><w:r><w:t>{html.escape(text)}</w:t></w:r></w:p>"


def docx_of(rows, more=""):
    table = "".join("<w:tr>" + "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) + "</w:tr>" for row in rows[3:])
    return docx("".join(paragraph(t) for t in ("2024年度部门决算表", "收入支出决算总表", "部门：示例市某局", "金额单位：万元")) +
                f"<w:tbl>{table}</w:tbl>{more}")


def bomb(megabytes, claim=None):
    """A sheet that unpacks to so much; what the directory says of its size may be a lie."""
    head, tail = f"<worksheet {MAIN}><sheetData>".encode(), b"</sheetData></worksheet>"
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed, crc, size = [deflate.compress(head)], zlib.crc32(head), len(head)
    block = b"<row><c><v>1</v></c></row>" * 40_000
    while size < megabytes << 20:
        packed.append(deflate.compress(block))
        crc, size = zlib.crc32(block, crc), size + len(block)
    packed.append(deflate.compress(tail) + deflate.flush())
    body, crc, size = b"".join(packed), zlib.crc32(tail, crc), size + len(tail)
    with zipfile.ZipFile(io.BytesIO(xlsx([sheet([])]))) as z:
        parts = {name: z.read(name) for name in z.namelist()}
    name = "xl/worksheets/sheet0.xml"
    files, directory = io.BytesIO(), []

    def put(name, crc, packed, size):
        fields = (20, 0x800, 8, 0, 33, crc, len(packed), size & 0xFFFFFFFF, len(name.encode()), 0)
        directory.append(struct.pack("<4sHHHHHHIIIHHHHHII", b"PK\x01\x02", 20, *fields, 0, 0, 0, 0, files.tell()) + name.encode())
        files.write(struct.pack("<4sHHHHHIIIHH", b"PK\x03\x04", *fields) + name.encode() + packed)

    for other, text in parts.items():
        if other != name:
            small = zlib.compressobj(9, zlib.DEFLATED, -15)
            put(other, zlib.crc32(text), small.compress(text) + small.flush(), len(text))
    put(name, crc, body, size if claim is None else claim)
    start, listed = files.tell(), b"".join(directory)
    return files.getvalue() + listed + struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, len(directory), len(directory), len(listed), start, 0)


def encrypted_zip(content):
    """The flag of a password on every part, as in a ZIP that was locked."""
    data = bytearray(content)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(signature)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(signature, at + 4)
    return bytes(data)


def other_zip():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as z:
        z.writestr("a.txt", "a")
    return out.getvalue()


def locked_workbook():
    """The container in which Office keeps a workbook with a password."""
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
    return header + "EncryptionInfo".encode("utf-16-le").ljust(128, b"\0") + "EncryptedPackage".encode("utf-16-le").ljust(2048, b"\0")


def pdf(objects=b""):
    return b"%PDF-1.7\n" + objects


ENTITIES = "<!DOCTYPE lolz [<!ENTITY a 'haha'>" + "".join(
    f"<!ENTITY {b} '{('&' + a + ';') * 10}'>" for a, b in zip("abcdefghi", "bcdefghij")) + "]>"
GOOD = rows_with()
CASES = []


def case(name, content, *says, ends=FINE, value=None, without=(), english=(), options=(), beside=None, run=False):
    """`says`: words that the answer holds; `value`: (pointer, what was read there), None for what must not be there."""
    CASES.append(dict(name=name, content=content, says=says, ends=ends, value=value, without=without, english=english,
                      options=options, beside=beside, run=run))


def first_is(text):
    return ("/公开01/1", text)


# What must be read as it stands: the same small table in every format.
case("good.html", html_of(GOOD), "收入支出决算总表", value=first_is("1,234.56"))
case("good.xlsx", book("1,234.56"), value=first_is("1,234.56"))
case("good.csv", csv_of(GOOD), value=first_is("1,234.56"))
case("good.docx", docx_of(GOOD), value=first_is("1,234.56"))

# Cut short, of the wrong kind, or nothing at all.
case("cut.xlsx", book("1")[:700], "压缩包坏了", ends=UNREADABLE, english=("damaged or cut short",), run=True)
case("cut.docx", docx_of(GOOD)[:300], "压缩包坏了", ends=UNREADABLE)
case("cut.pdf", pdf(b"1 0 obj << /Type /Catalog"), ends=UNREADABLE)
case("cut.html", html_of(GOOD)[:-60], value=first_is("1,234.56"))
case("empty.xlsx", b"", "空", ends=UNREADABLE, english=("empty",))
case("empty.txt", b"  \n\n", ends=UNREADABLE)
case("folder.xlsx", None, ends=None)
case("json.xlsx", (ROOT / "rules/samples/示例-缺失.json").read_bytes(), ends=None, without=("认不出",))
case("book.pdf", book("1,234.56"), value=first_is("1,234.56"))
case("book.json", book("1,234.56"), value=first_is("1,234.56"), run=True)
case("other.zip", other_zip(), "认不出是什么文件", ends=UNREADABLE, english=("no PDF, workbook",))
case("random.bin", bytes(range(256)) * 40, "认不出是什么文件", ends=UNREADABLE, run=True)
case("nul.txt", b"2024\0\0\0" * 300, ends=UNREADABLE)
case("nul.csv", csv_of(GOOD).replace("示例市", "示\0例市").encode(), ends=UNREADABLE)

# Passwords.
case("locked.xlsx", locked_workbook(), "密码", ends=UNREADABLE, english=("password",), run=True)
case("locked-zip.xlsx", encrypted_zip(book("1")), "密码", ends=UNREADABLE, english=("password",))
case("locked-zip.docx", encrypted_zip(docx_of(GOOD)), "密码", ends=UNREADABLE)

# Bombs.
case("bomb.xlsx", bomb(700), "太大", ends=UNREADABLE, english=("too large",))
case("bomb-that-lies.xlsx", bomb(700, claim=1000), "太大", ends=UNREADABLE)
case("bomb-of-nodes.xlsx", bomb(60), "太", ends=UNREADABLE)
case("entities.xlsx", xlsx([sheet(GOOD)], prologue=ENTITIES), "DOCTYPE", ends=UNREADABLE, english=("DOCTYPE",))
case("entities-late.xlsx", xlsx([sheet(GOOD)], prologue=f"<!--{'x' * 5000}-->" + ENTITIES), "DOCTYPE", ends=UNREADABLE)
case("entities.docx", docx("", ENTITIES), "DOCTYPE", ends=UNREADABLE)
case("entities.html", ENTITIES + "<table><tr><td>&j;</td></tr></table>", ends=UNREADABLE)

# Absurd sizes.
case("far-cell.xlsx", xlsx([sheet(GOOD, "<row r='1048576'>" + cell("XFD1048576", "1") + "</row>")]), value=first_is("1,234.56"))
case("no-cell.xlsx", xlsx([sheet(GOOD, "<row r='9'>" + cell("ZZZZ99999999999", "1") + cell("", "2") + "</row>")]), ends=FINE)
case("far-merge.xlsx", xlsx([sheet(GOOD, after="<mergeCells><mergeCell ref='A1:XFD1048576'/></mergeCells>")]))
case("many-merges.xlsx", xlsx([sheet([[str(i)] * 8 for i in range(5000)], after="<mergeCells>" + "<mergeCell ref='A2:H5000'/>" * 30000 +
                                     "</mergeCells>")]), ends=UNREADABLE)
case("crossed-merges.xlsx", xlsx([sheet(GOOD, after="<mergeCells><mergeCell ref='A5:C5'/><mergeCell ref='B4:B6'/></mergeCells>")]))
case("spans.html", page("<p>2024年度</p><h3>收入支出决算总表</h3><table>" +
                        "<tr><td rowspan=1000000 colspan=1000000>1</td><td rowspan=99999>2</td></tr><tr><td>3</td></tr>" * 3000 + "</table>"))
case("wide-and-long.html", page("<p>2024年度</p><table><tr>" + "<td>1" * 6000 + "</tr>" + "<tr><td>1</td></tr>" * 6000 + "</table>"),
     "太大")
case("wide-and-long.csv", "2024年度" + "," * 6000 + "\n" + "1,2\n" * 6000, "太大", ends=None)
case("wide-and-long.docx", docx(paragraph("2024年度") + "<w:tbl><w:tr>" + "<w:tc><w:tcPr><w:gridSpan w:val='500'/></w:tcPr></w:tc>" * 20 + "</w:tr>" +
                                "<w:tr><w:tc/></w:tr>" * 6000 + "</w:tbl>"), "太大")
case("deep.html", page("<p>2024年度</p>" + "<div>" * 100_000 + "深处" + "</div>" * 100_000), "层", ends=UNREADABLE)
case("deeper.html", page("<p>2024年度</p>" + "<b>" * 1_500_000), "层", ends=UNREADABLE)
case("deep-tables.html", page("<p>2024年度</p>" + "<table><tr><td>" * 30_000), "层", ends=UNREADABLE)
case("deep.docx", docx(paragraph("2024年度") + "<w:sdt>" * 100_000 + paragraph("深处") + "</w:sdt>" * 100_000), "层")
case("deep.xlsx", xlsx([f"<worksheet {MAIN}>" + "<a>" * 100_000 + "</a>" * 100_000 + "</worksheet>"]), ends=UNREADABLE)
case("deep.json", "[" * 100_000, ends=None)
case("deep.pdf", pdf(b"1 0 obj " + b"<</A " * 100_000), ends=UNREADABLE)
case("long-line.txt", "2024年度" + "收入支出决算总表" * 200_000, ends=None)
case("long-cell.csv", csv_of(GOOD) + '"' + "示例" * 300_000 + '"\r\n', value=first_is("1,234.56"))
case("many-titles.txt", "2024年度\n" + "收入支出决算总表\n" * 20_000, ends=None)

# Encodings.
case("utf16.csv", csv_of(GOOD).encode("utf-16"), value=first_is("1,234.56"))
case("utf16-no-mark.csv", csv_of(GOOD).encode("utf-16-le"), value=first_is("1,234.56"))
case("gb18030.html", html_of(GOOD).encode("gb18030"), value=first_is("1,234.56"))
case("gb18030.csv", csv_of(GOOD).encode("gb18030"), value=first_is("1,234.56"))
case("mixed.csv", csv_of(GOOD).encode() + "示例".encode("gb18030"), "不是文字", value=first_is("1,234.56"), english=("are no text",))
case("cut-character.csv", csv_of(GOOD).encode() + "示".encode()[:2], "不是文字", value=first_is("1,234.56"))

# Letters that look like others.
case("kangxi.html", html_of(GOOD).replace("金额", "⾦额").replace("部门", "部⻔"), value=first_is("1,234.56"))
case("full-width.html", html_of(rows_with("１，２３４．５６")), value=first_is("1,234.56"))
case("stray-blanks.html", html_of(rows_with("1,2 34 . 5 6")), value=first_is("1,234.56"))

# Negative money, and signs that are no figures.
for sign, text in enumerate(("(1,234.56)", "（1,234.56）", "△1,234.56", "▲1,234.56", "－1,234.56", "-1,234.56")):
    case(f"negative-{sign}.html", html_of(rows_with(text)), value=first_is("-1,234.56"))
case("blank.html", html_of(rows_with("")), value=first_is(""))
case("zero.html", html_of(rows_with("0.00")), value=first_is("0.00"))
case("dash.html", html_of(rows_with("—")), value=first_is("—"))
case("hashes.xlsx", book("<c r='C5' t='str'><v>####</v></c>"), value=("/公开01/1", None), without=("1,234.56，",))
case("divided.xlsx", book("<c r='C5' t='e'><f>A1/B1</f><v>#DIV/0!</v></c>"), value=("/公开01/1", None))
case("not-calculated.xlsx", book("<c r='C5'><f>SUM(A1:B1)</f></c>"), value=("/公开01/1", None))
case("no-such-string.xlsx", book("<c r='C5' t='s'><v>77</v></c>", strings=["a"]), value=("/公开01/1", None))
case("no-number.xlsx", book("<c r='C5'><v>1e999999</v></c>"), value=("/公开01/1", None))
case("stored.xlsx", book("<c r='C5'><v>1234.5599999999999</v></c>"), value=first_is("1234.56"))

# Dates, hidden parts, merged cells of workbooks.
case("date-1904.xlsx", book("1,234.56", properties="<workbookPr date1904='1'/>"), value=first_is("1,234.56"))
case("hidden-sheet.xlsx", xlsx([sheet([["2024年度"]]), sheet(GOOD)], states={1: " state='hidden'"}), "隐藏", english=("hidden",))
case("hidden-row.xlsx", xlsx([sheet(GOOD, attributes={5: " hidden='1'"})]), "隐藏")
case("hidden-column.xlsx", xlsx([sheet(GOOD, before="<cols><col min='3' max='3' hidden='1'/></cols>")]), "隐藏")
case("merged.xlsx", xlsx([sheet(GOOD, after="<mergeCells><mergeCell ref='A1:C1'/><mergeCell ref='A2:C2'/></mergeCells>")]),
     value=first_is("1,234.56"))

# CSV as people write it.
case("semicolons.csv", csv_of(GOOD, ";"), value=first_is("1,234.56"))
case("tabs.csv", csv_of(GOOD, "\t"), value=first_is("1,234.56"))
case("bare-tabs.csv", csv_of(GOOD, "\t").replace('"', ""), value=first_is("1,234.56"))
case("open-quote.csv", csv_of(GOOD) + '"没有结束的引号,1\r\n2,3\r\n', "引号", value=first_is("1,234.56"), english=("quote",))

# Corrections beside a file.
COLUMNS = "位置,原为,改为,改正人,日期,说明\r\n"
case("corrected.html", html_of(GOOD), value=first_is("1,234.65"), beside=COLUMNS + '公开01[1],"1,234.56","1,234.65",示例人,2025-01-01,误读\r\n')
case("lapsed.html", html_of(GOOD), "没有用上", value=first_is("1,234.56"), english=("was not used",),
     beside=COLUMNS + '公开01[1],"9.99","1,234.65",示例人,2025-01-01,误读\r\n')
case("nobody.html", html_of(GOOD), "没有写改正人", value=first_is("1,234.56"), beside=COLUMNS + '公开01[1],"1,234.56","1,234.65",,,误读\r\n')
case("nowhere.html", html_of(GOOD), "没有用上", value=first_is("1,234.56"), beside=COLUMNS + '公开99[1],1,2,示例人,2025-01-01,\r\n')
case("no-columns.html", html_of(GOOD), "栏名", value=first_is("1,234.56"), beside="示例,示例\r\n1,2\r\n")
case("broken-corrections.html", html_of(GOOD), value=first_is("1,234.56"), beside="\0\0[[[..[\"," * 50)
case("deep-corrections.html", html_of(GOOD), "没有用上", value=first_is("1,234.56"), beside=COLUMNS + "公开01" + "[" * 5000 + ",1,2,示例人,2025-01-01,\r\n")


def one_table_in_yuan():
    """Nine tables; the figures of the first are in 元, its head says 万元 as all the others do."""
    data = layouts.plain(json.loads(layouts.SAMPLE.read_text()))
    schema = (ROOT / "rules/部门决算/报表-2024.heng").read_text()
    tables = list(layouts.Maker(data, schema, layouts.Layout("official")).tables())
    tables[0] = next(layouts.Maker(data, schema, layouts.Layout("yuan", unit="元")).tables())
    tables[0].unit = "万元"
    return layouts.as_html(tables)


case("yuan.html", one_table_in_yuan, "表头写的是", value=("/公开01/31/unit", "元"), english=("its head says",))
case("no-yuan.html", lambda: layouts.as_html(list(layouts.Maker(
    layouts.plain(json.loads(layouts.SAMPLE.read_text())), (ROOT / "rules/部门决算/报表-2024.heng").read_text(),
    layouts.Layout("official")).tables())), value=("/公开01/31/unit", None), without=("表头写的是",))


def without_places(value):
    if isinstance(value, dict) and "value" in value:
        return value["value"]
    if isinstance(value, dict) and "missing" in value:
        return None
    if isinstance(value, dict):
        return {k: without_places(v) for k, v in value.items()}
    return [without_places(v) for v in value] if isinstance(value, list) else value


def at(data, pointer):
    for step in pointer.strip("/").split("/"):
        data = data.get(step) if isinstance(data, dict) else None
    return data


def limit():
    if LIMITED:
        resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def heng(*arguments, lang="zh"):
    done = subprocess.run([HENG, *map(str, arguments), "--lang", lang], capture_output=True, timeout=600, preexec_fn=limit)
    return done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace")


def wrongs_of(one, folder):
    path = folder / one["name"]
    if one["content"] is None:
        path.mkdir()
    else:
        content = one["content"]() if callable(one["content"]) else one["content"]
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    if one["beside"] is not None:
        pathlib.Path(str(path) + ".订正.csv").write_text(one["beside"])
    where = path, "--rules", ROOT / "rules"
    try:
        code, out, err = heng("load", *where, *one["options"], *(["--to", "json"] if one["value"] else []))
        if code < 0 or code > 4 or "terminate" in err or "bad_alloc" in err or "内部" in err:
            yield f"ends with {code}: {err[-300:]}"
        if one["ends"] is not None and code != one["ends"]:
            yield f"exit code {code} instead of {one['ends']}: {(err or out)[:300]}"
        if code != 0 and not err.strip():
            yield f"ends with {code} and says nothing"
        for word in one["says"]:
            if word not in out + err:
                yield f"does not say {word}: {(err + out)[:400]}"
        for word in one["without"]:
            if word in out + err:
                yield f"says {word}: {(err + out)[:400]}"
        if one["value"] and code == 0:
            read = without_places(at(json.loads(out), one["value"][0]))
            if read != one["value"][1]:
                yield f"{one['value'][0]} is {read!r} instead of {one['value'][1]!r}"
        if one["english"]:
            _, out, err = heng("load", *where, *one["options"], lang="en")
            for word in one["english"]:
                if word not in out + err:
                    yield f"does not say in English {word}: {(err + out)[:400]}"
        if one["run"]:
            code, out, err = heng("run", ROOT / "rules/部门决算", path)
            if code < 0 or code > 4 or not (out + err).strip():
                yield f"heng run ends with {code}: {err[-300:]}"
    except subprocess.TimeoutExpired:
        yield f"takes more than ten minutes"


def main():
    cases = [one for one in CASES if ONLY in one["name"]]
    failed = 0
    with tempfile.TemporaryDirectory() as temporary, concurrent.futures.ThreadPoolExecutor(min(4, os.cpu_count() or 1)) as workers:
        found = workers.map(lambda one: list(wrongs_of(one, pathlib.Path(temporary))), cases)
        for one, wrongs in zip(cases, found):
            failed += bool(wrongs)
            for wrong in wrongs:
                print(f"{one['name']}: {wrong}", flush=True)
    print(f"{len(cases)} documents, {failed} not as they should end")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
