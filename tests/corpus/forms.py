"""What the printed forms say of themselves, read from the rule files: titles, classes of expenditure with their lines, fixed sentences."""
import functools
import pathlib
import re

TABLES = [f"公开0{n}" for n in range(1, 10)]


class Forms:
    def __init__(self, root):
        text = (pathlib.Path(root) / "rules/部门决算/报表-2024.heng").read_text(encoding="utf-8")
        self.titles = dict(re.findall(r'^报表 (公开\d\d) "([^"]*)"', text, re.M))
        self.lines = {table: [line for line, _, _ in self._lines(text, table)] for table in ("公开01", "公开04")}
        self.line_of_class = {table: {code: line for line, code, _ in self._lines(text, table) if code} for table in ("公开01", "公开04")}
        self.class_names = {code: label.split("、", 1)[1] for _, code, label in self._lines(text, "公开01") if code}
        self._sentences = {phrases: dict(re.findall(r'^  (\w+) : "(.*?)" 可缺$', body, re.M))
                           for phrases, body in re.findall(r"^文字表述 (\w+) (.*?)^}", text, re.M | re.S)}

    @staticmethod
    def _lines(text, table):
        body = re.search(rf"^报表 {table} .*?^}}", text, re.M | re.S)[0]
        return re.findall(r"^    (\d+)(?: 代码 (\d+))? : (\S+)$", body, re.M)

    def sentence(self, phrases, name, **gaps):
        """The sentence of that name as it would be found, its gaps filled."""
        return re.sub(r"{(\w+)[^}]*}", lambda gap: gaps[gap[1]], self._sentences[phrases][name])

    def printed(self, table):
        """What is printed around a table. Numbers of lines are printed also where the line is blank."""
        around = {"标题": self.titles[table], "单位": "万元"}
        if table in self.lines:
            around["行次"] = [str(n) for n in range(1, int(self.lines[table][-1]) + 1)]
        return around


@functools.cache
def forms(root):
    return Forms(root)
