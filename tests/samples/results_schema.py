#!/usr/bin/env python3
"""What the program writes is what docs/results.schema.json says, for every sample, as one document and as lines.

usage: results_schema.py HENG ROOT
"""
import glob
import json
import subprocess
import sys
import tempfile

import jsonschema

heng, root = sys.argv[1], sys.argv[2]
with open(f"{root}/docs/results.schema.json", encoding="utf-8") as file:
    schema = json.load(file)
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(schema)
wrong = []


def weigh(arguments, data=None):
    return subprocess.run([heng, "run", "rules", *arguments], cwd=root, capture_output=True, input=data)


def validate(name, result):
    for error in list(validator.iter_errors(result))[:3]:
        best = jsonschema.exceptions.best_match([error])
        wrong.append(f"{name}: {'/'.join(map(str, best.absolute_path))}: {best.message[:300]}")


broken = '{"年度":2024,"单位名称":"示例","公开01":{"1":"x"}}\n{"年度":1999}\n{"年度"\n'.encode()
samples = sorted(glob.glob("rules/samples/*.*json", root_dir=root))
assert samples, "no samples"
for arguments, data in [([sample], None) for sample in samples] + [(["-"], broken)]:
    name = arguments[0]
    for language in ("zh", "en"):
        run = weigh([*arguments, "--format", "json", "--lang", language], data)
        document = json.loads(run.stdout)
        validate(f"{name} {language}", document)
    lines = [json.loads(line) for line in weigh([*arguments, "--format", "ndjson", "--lang", "zh"], data).stdout.splitlines()]
    for number, line in enumerate(lines, 1):
        validate(f"{name} line {number}", line)
        summary = line["summary"]
        if sum(summary[key] for key in ("holds", "fails", "cannot_tell", "does_not_apply", "explained")) != len(line["verdicts"]):
            wrong.append(f"{name} line {number}: the summary does not add up")
    if len(lines) != len(document["reports"]):
        wrong.append(f"{name}: {len(lines)} lines, {len(document['reports'])} reports in the document")

# A finding that is explained.
sample = next(sample for sample in samples if "青岛市人民政府办公厅-2024" in sample)
with tempfile.TemporaryDirectory() as folder:
    said = folder + "/说明.csv"
    subprocess.run([heng, "justify", "rules", sample, "团组与人次", "--why", "示例", "--who", "示例科", "-o", said],
                   cwd=root, check=True, stdout=subprocess.DEVNULL)
    document = json.loads(weigh([sample, "--format", "json", "--explanations", said]).stdout)
validate("explained", document)
explained = [verdict for verdict in document["reports"][0]["verdicts"] if verdict["explained"]]
if len(explained) != 1 or explained[0]["verdict"] != "explained" or document["reports"][0]["summary"]["explained"] != 1:
    wrong.append("the finding that was explained is not")

print("\n".join(wrong) or f"{len(samples)} samples fit the schema")
sys.exit(1 if wrong else 0)
