#!/usr/bin/env python3
"""What other programs read for heng: old office files by LibreOffice, pictures of pages by tesseract.

The tables of the sample report are made as in layouts.py; LibreOffice turns a workbook into XLS and a page into DOC, and every
value must come back. A page of a PDF is turned into a picture and recognised: values are marked so, and few are wrong. Where a
program is not there this says so; that heng says what is lacking is tried in any case. Usage: foreign.py HENG REPOSITORY
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import layouts  # noqa: E402

HENG, ROOT = sys.argv[1], pathlib.Path(sys.argv[2])
FORMS_FILE = ROOT / "rules/部门决算/报表-2024.heng"
# Of the values of a page, those that come out right. A picture alone is read without its ruling lines: a head that is misread
# takes its column along.
FEWEST_OF_SCAN, FEWEST_OF_PICTURE = 0.95, 0.8


def load(path, **more):
    return subprocess.run([HENG, "load", str(path), "--rules", str(FORMS_FILE), "--year", "2024", "--to", "json", "--lang", "zh"],
                          capture_output=True, timeout=300, **more)


def flat(value, path=""):
    """Every value by its path; rows by their code."""
    if isinstance(value, dict):
        return {k: v for key, one in value.items() if key != "印出" for k, v in flat(one, f"{path}/{key}").items()}
    if isinstance(value, list):
        return {k: v for row in value for k, v in flat(row, f"{path}[{row.get('科目代码')}]").items()}
    return {path: str(value).replace(",", "")}


def differences(want, got):
    want, got = flat(want), flat(got)
    return len(want), [f"{path} is {got.get(path)} instead of {value}" for path, value in want.items() if got.get(path) != value]


def says_what_is_lacking(path, word):
    """Without any other program on the path: refused, and the message names it."""
    with tempfile.TemporaryDirectory() as empty:
        done = load(path, env={**os.environ, "PATH": empty})
    said = done.stderr.decode() + done.stdout.decode()
    if word in said and "heng doctor" in said and done.returncode == 3:
        return True
    print(f"{path.name}: without {word} it ends with {done.returncode} and says {said[:300]}")
    return False


def office(folder, data, tables):
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if not program:
        print("skipped: LibreOffice is not there (apt install libreoffice-calc libreoffice-writer)")
        return True
    fine = True
    for name, content, kind, filters in (("表.xlsx", layouts.as_xlsx(tables), "xls", ["--convert-to", "xls"]),
                                         ("表.html", layouts.as_html(tables), "doc",
                                          ["--infilter=HTML (StarWriter)", "--convert-to", "doc:MS Word 97"])):
        (folder / name).write_bytes(content)
        subprocess.run([program, f"-env:UserInstallation=file://{folder}/office", "--headless", *filters, "--outdir", str(folder),
                        str(folder / name)], check=True, capture_output=True, timeout=300)
        made = folder / f"表.{kind}"
        done = load(made)
        all_of, wrong = differences(data, layouts.plain(json.loads(done.stdout))) if done.returncode == 0 else (0, [done.stderr.decode()])
        print(f"{made.name}: {all_of - len(wrong)} of {all_of} values come back")
        if wrong:
            fine = False
            print(*wrong[:6], sep="\n    ")
        fine &= says_what_is_lacking(made, "LibreOffice")
    return fine


def how_read(value):
    """Of every value: printed (None), recognised, corrected."""
    if isinstance(value, dict):
        if "value" in value:
            return [value.get("from")]
        value = list(value.values())
    return [one for part in value for one in how_read(part)] if isinstance(value, list) else []


def scanned(folder, data, tables):
    missing = [name for name in ("chromium", "pdftoppm", "tesseract") if not shutil.which(name)]
    if missing:
        print("skipped: there is no", ", ".join(missing), "(apt install chromium poppler-utils tesseract-ocr tesseract-ocr-chi-sim)")
        return True
    pdf = folder / "印出.pdf"
    pdf.write_bytes(layouts.as_pdf(layouts.as_html(tables[1:2]).replace(b"font-size:9px", b"font-size:12px"), folder))  # 公开02
    subprocess.run(["pdftoppm", "-r", "300", "-gray", "-png", "-f", "1", "-l", "1", str(pdf), str(folder / "页")], check=True, timeout=120)
    picture = next(folder.glob("页*.png"))
    # A PDF that is nothing but the picture, as a scanner makes it.
    page = folder / "扫描.html"
    page.write_text(f"<style>@page{{size:A4 landscape;margin:0}}body{{margin:0}}img{{width:100%}}</style><img src='{picture.name}'>")
    scan = folder / "扫描.pdf"
    subprocess.run(["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--print-to-pdf={scan}",
                    page.as_uri()], check=True, capture_output=True, timeout=120)
    fine = True
    for path, fewest in ((scan, FEWEST_OF_SCAN), (picture, FEWEST_OF_PICTURE)):
        done = load(path)
        if done.returncode != 0:
            print(f"{path.name}: {done.stderr.decode()[:300]}")
            fine = False
            continue
        read = json.loads(done.stdout)
        all_of, wrong = differences({"公开02": data["公开02"]}, layouts.plain(read))
        print(f"{path.name}: {all_of - len(wrong)} of {all_of} values are recognised")
        if len(wrong) > all_of * (1 - fewest):
            print(*wrong[:6], sep="\n    ")
            fine = False
        how = how_read(read.get("公开02", {}).get("科目", []))
        if not how or set(how) != {"recognised"}:
            print(f"{path.name}: values are marked {set(how)} instead of recognised")
            fine = False
        fine &= says_what_is_lacking(path, "tesseract")
    return fine


def main():
    data = layouts.plain(json.loads(layouts.SAMPLE.read_text()))
    data = {form: data[form] for form in layouts.FORMS}
    tables = list(layouts.Maker(data, FORMS_FILE.read_text(), layouts.LAYOUTS[0]).tables())
    fine = True
    with tempfile.TemporaryDirectory() as temporary:
        for one in (office, scanned):
            folder = pathlib.Path(temporary) / one.__name__
            folder.mkdir()
            fine &= one(folder, data, tables)
    print("as they were made" if fine else "not as they were made")
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
