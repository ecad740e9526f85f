// What the program says about itself. Every command opens with two examples that run.
#include <algorithm>

#include "grammar/codes.hpp"
#include "stdlib/text.hpp"
#include "tools/cli/commands.hpp"
#include "tools/cli/version.hpp"

namespace heng {

namespace {

struct Topic {
   std::string_view name;
   std::string_view zh, en;
};

constexpr Topic topics[] = {
    {"run",
     R"(  heng run rules rules/samples/青岛市人民政府办公厅-2024.json
  heng run rules reports.ndjson --format ndjson -o results.ndjson

heng run 规则 报告…    用规则判定报告
  规则   一个 .heng 文件、放着这些文件的文件夹，或锁定文件（heng freeze）
  报告   PDF、XLSX、DOCX、网页、CSV、文本、.json（一份）、.ndjson（一行一份）、文件夹，或 - 表示标准输入
  --set 名称=值          手工给定一个参数；记入结果的哈希和抬头
  --explanations 文件    对发现的说明（heng justify），不论是哪份报告的；报告旁边的 文件名.说明.csv 不用写明
  --last-year 文件、文件夹或结果库   上年的报告（规则里的 上年）；不写就在上面这些报告和 --store 的结果库里找
  --format 格式          table（默认，给人看）plain（制表符分隔）json ndjson junit
  -o 文件                写入文件
  --year 年度 --place 地区   PDF、表格、文本自己没有写明的，在这里写明
  --details              列出全部发现和取数；报告很多时也逐份列出
  --fail-level 级别      error（默认）verify notice：有这一级或更重的发现时退出码为 1
  --threads 个数         同时用几个线程判定；默认与处理器核数相同。结果与个数无关
  --part 几/共几         只判定其中一份，如 --part 2/10：十台机器各做一份，用 heng merge 合起来
  --store 结果库         记入结果库：一个文件（SQLite），或 postgresql://…；同一份报告、同样的规则只记一次
  --resume               接着上次中断的做：结果库里有的、--format ndjson -o 文件里写好的，不再判定
  --locked               规则文件要同锁定时一字不差，否则退出码为 4
报告的年度和地区决定用哪些规则集；其余的列出并说明原因。无法判断算该规则级别的一处发现。)",
     R"(  heng run rules rules/samples/青岛市人民政府办公厅-2024.json --lang en
  heng run rules reports.ndjson --format ndjson -o results.ndjson

heng run RULES REPORT…    weigh reports by rules
  RULES    a .heng file, a folder of them, or a lock file (heng freeze)
  REPORT   PDF, XLSX, DOCX, HTML, CSV, text, .json (one report), .ndjson (one on a line), a folder, or - for standard input
  --set NAME=VALUE       set a parameter by hand; it enters the hash and the headline
  --explanations FILE    what was explained of findings (heng justify), of whatever report; FILE.说明.csv beside a report is found
  --last-year FILE|FOLDER|STORE   reports of last year (previous, in rules); else they are looked for among the reports above and
                         in the store of --store
  --format FORMAT        table (default, for people), plain (tab separated), json, ndjson, junit
  -o FILE                write to a file
  --year YEAR --place PLACE   of a PDF, workbook or text that does not say it itself
  --details              every finding with all its figures; with many reports also each of them
  --fail-level LEVEL     error (default), verify, notice: findings of this level or graver make the exit code 1
  --threads N            weigh by so many threads; as many as there are cores unless said. Results do not depend on it
  --part K/N             only a share of the reports, as --part 2/10: ten machines take one each, heng merge puts them together
  --store STORE          keep the results: a file (SQLite) or postgresql://…; a report and the same rules are kept once
  --resume               go on where a run was stopped: what the store holds, or the file of --format ndjson -o, is not weighed again
  --locked               the rule files must be as they were frozen, to the letter; else the exit code is 4
A report's year and place choose the rule sets; every other set is listed with the reason. "Cannot tell" counts as a finding
of the rule's severity.)"},
    {"worker",
     R"(  heng worker rules <reports.ndjson >results.ndjson
  head -1 reports.ndjson | heng worker rules

heng worker 规则    从标准输入一行读一份报告（JSON），在标准输出一行写一个结果，随到随写；给能接管道的计算引擎用
  --set 名称=值          同 run
  --last-year 文件、文件夹或结果库   上年的报告在这里找；从标准输入读的报告里不找
  --explanations 文件    对发现的说明（heng justify）
结果同 run --format ndjson。读不了的、没有规则的也各有一行，写明位置；有发现不影响退出码，规则不能编译时为 4。)",
     R"(  heng worker rules <reports.ndjson >results.ndjson
  head -1 reports.ndjson | heng worker rules

heng worker RULES    one report (JSON) on a line of standard input, one result on a line of standard output, at once; for engines
                     that talk to programs through pipes
  --set NAME=VALUE       as for run
  --last-year FILE|FOLDER|STORE   where reports of last year are looked for; not among those of standard input
  --explanations FILE    what was explained of findings (heng justify)
Results are those of run --format ndjson. What cannot be read or has no rules is answered, too, with its place; findings do not
change the exit code, rules that do not compile make it 4.)"},
    {"merge",
     R"(  heng merge part-1.ndjson part-2.ndjson -o results.ndjson
  heng merge parts/*.ndjson >results.ndjson

heng merge 部分…    把几次运行的结果（--format ndjson 或 json）合成一次运行的结果，逐字节相同
  -o 文件                写入文件
按文件、序号排列，所以各部分的先后、分几次合都一样；几个部分里都有的报告只留一份，结果不同的则不合。)",
     R"(  heng merge part-1.ndjson part-2.ndjson -o results.ndjson
  heng merge parts/*.ndjson >results.ndjson

heng merge PART…    results of several runs (--format ndjson or json) become those of one run, byte for byte
  -o FILE                write to a file
They are sorted by file and number: the order of the parts, and what was merged before, make no difference. A report that stands in
several parts is kept once; where its results differ nothing is merged.)"},
    {"history",
     R"(  heng history results.db --unit 示例单位丙
  heng history results.db --unit 示例单位丙 --format json

heng history 结果库 --unit 单位名称    一个单位历年的结果：各年的结论、得分、等级，哪些规则有发现
  --format table|json
  -o 文件                写入文件)",
     R"(  heng history results.db --unit 示例单位丙 --lang en
  heng history results.db --unit 示例单位丙 --format json

heng history STORE --unit NAME    one unit over the years: verdicts, scores, grades, rules with findings
  --format table|json
  -o FILE                write to a file)"},
    {"compare",
     R"(  heng compare results.db
  heng compare results.db --year 2024 --by 自评总分 --top 50

heng compare 结果库    比较一个年度的各地区、各单位：得分分布、等级、发现最多的规则、排名（同分并列）、缺报
  --year 年度            默认结果库里最近的一年
  --place 地区           只看一个地区
  --by 评分              按哪个评分排名；默认满分最高的
  --expected 文件        应报单位的名单，一行一个（单位，或 地区,单位）；默认是其他年度报过的
  --top 行数             默认 20
  --format table|json
  -o 文件                写入文件)",
     R"(  heng compare results.db --lang en
  heng compare results.db --year 2024 --by 自评总分 --top 50

heng compare STORE    one year compared by place and unit: scores, grades, rules with most findings, ranking with ties, missing reports
  --year YEAR            the latest in the store unless said
  --place PLACE          one place only
  --by SCORE             what to rank by; the score of most points unless said
  --expected FILE        units that should hand in, one on a line (UNIT, or PLACE,UNIT); those of other years unless said
  --top N                lines of a list; 20 unless said
  --format table|json
  -o FILE                write to a file)"},
    {"export",
     R"(  heng export results.db --to xlsx -o results.xlsx
  heng export results.db --to csv --what scores

heng export 结果库 --to csv|json|xlsx    写出结果库里的全部结果
  --what 表              csv 写哪一张：reports problems verdicts（默认）scores grades figures
  --year 年度 --place 地区 --unit 单位名称   只写一部分
  -o 文件                写入文件)",
     R"(  heng export results.db --to xlsx -o results.xlsx
  heng export results.db --to csv --what scores

heng export STORE --to csv|json|xlsx    everything that the store holds
  --what TABLE           of csv: reports, problems, verdicts (unless said), scores, grades, figures
  --year YEAR --place PLACE --unit NAME   only a part
  -o FILE                write to a file)"},
    {"check",
     R"(  heng check rules
  heng check rules/部门决算/2024.heng --read-back

heng check 规则    检查规则本身，一次列出全部错误；有错误时退出码为 4
  --read-back            把每条规则念一遍（“本条读作：…”），并在边界上试算几个数
  --unread               列出没有规则读的数，和没有等式约束的数：这些数错了看不出来
  --set 名称=值          同 run
警告和提示不妨碍运行：永远用不到的分支和分档、不会不通过的审核、同时成立的分支、可能为 0 的除数、看上去一样的名称)",
     R"(  heng check rules
  heng check rules/部门决算/2024.heng --read-back --lang en

heng check RULES    check the rules themselves, all mistakes in one go; the exit code is 4 where there are errors
  --read-back            say what each rule means in plain words, and try some figures at its boundaries
  --unread               list the figures that no rule reads, and those that no equality holds: slips in them stay unseen
  --set NAME=VALUE       as for run
Warnings and notices keep nothing from running: arms and bands that are never reached, checks that can never fail, arms that hold
together, divisors that may be 0, names that look alike)"},
    {"test",
     R"(  heng test rules
  heng test rules/项目支出绩效自评/2024.heng

heng test 规则    运行写在规则里的测试；有一个不符时退出码为 1
heng test 规则 --coverage [报告…]    这些测试（和所给的报告）到达了规则的哪些地方：各条的四种结论、评分的分支、分档、档次
  --threshold 数         到达的不足百分之几时退出码为 1
heng test 规则 --mutate [报告…]    按一份固定的清单（heng test --mutators）一处一处改动规则：须有测试不符，或者某份报告的结论、得分、
                       等级不同；没有发现的逐一列出，退出码为 1。看不出差别的改动写进规则旁边的 .equivalent 文件，最多 2%
  --samples              规则所在文件夹里的报告也算
  --format table|json
  --set 名称=值          同 run)",
     R"(  heng test rules
  heng test rules/项目支出绩效自评/2024.heng --lang en

heng test RULES    run the tests written in the rules; the exit code is 1 where one is not met
heng test RULES --coverage [REPORT…]    what these tests (and the reports given) reach of the rules: the four verdicts of every
                         case, arms of scores, bands, tiers
  --threshold N          the exit code is 1 where less than N percent is reached
heng test RULES --mutate [REPORT…]    changes the rules place by place from a fixed list (heng test --mutators): a test must fail,
                         or a report's verdict, score or grade differ; what nobody notices is listed, and the exit code is 1.
                         Changes that nothing can tell apart are named in a .equivalent file beside the rules, 2% at most
  --samples              reports in the rules' folder count, too
  --format table|json
  --set NAME=VALUE       as for run)"},
    {"explain",
     R"(  heng explain E301
  heng explain rules rules/samples/青岛市人民政府办公厅-2024.json '总分[1]'

heng explain 规则 报告 '规则名[行]'    一步一步说明一个结果，直到各个数和它们的出处
  规则名可以是名称、编号（S9）、情形的标题；[行] 是序号（2.3）、代码（2010301）或行名的一部分
heng explain 规则 规则名    这条规则说的是什么，并在边界上试算几个数（不用报告）
heng explain 代码    说明一个提示代码)",
     R"(  heng explain E301
  heng explain rules rules/samples/青岛市人民政府办公厅-2024.json '总分[1]' --lang en

heng explain RULES REPORT 'RULE[row]'    a result step by step, down to the figures and where they were read
  RULE is a name, a ref (S9) or the title of a case; [row] is a number (2.3), a code (2010301) or a part of the row's name
heng explain RULES RULE    what the rule says, in plain words, and some figures tried at its boundaries (no report)
heng explain CODE    what a message code means)"},
    {"justify",
     R"(  heng justify rules 报告.json '总表与各表' --why 示例说明 --who 示例科
  heng justify rules reports.ndjson '结余' --unit 示例单位丙 --year 2024 --why 示例说明 --who 示例科 --date 2025-03-01

heng justify 规则 报告 '规则名[行]' --why 说明 --who 说明人    说明一处发现，记在报告旁边的 文件名.说明.csv
  --date 日期            默认今天
  --unit 单位名称 --year 年度 --place 地区   文件里不止一份报告时，写明是哪一份；PDF、表格、文本自己没有写明的，也在这里写明
  --replace              换掉原来的说明
  -o 文件                记在别的文件里；heng run --explanations 文件 用它
  --last-year、--set     同 run
说明之后这处发现在结果里是“已说明”，列出原因、说明人、日期，不再算发现；得分不变。说明只对写下时的数字和规则条文有效：其中之一变了，
说明失效，heng run 说明是哪一样变了。通过的不能说明；无法判断的、通过但可疑的可以。说明表用表格软件打开，说明、说明人、日期三栏可以改。)",
     R"(  heng justify rules REPORT.json '总表与各表' --why 'an example' --who 'an office'
  heng justify rules reports.ndjson '结余' --unit 示例单位丙 --year 2024 --why 'an example' --who 'an office' --date 2025-03-01

heng justify RULES REPORT 'RULE[row]' --why TEXT --who NAME    explain one finding, in FILE.说明.csv beside the report
  --date DATE            today unless said
  --unit NAME --year YEAR --place PLACE   which report of a file that holds several; what a PDF, workbook or text does not say itself
  --replace              in place of what was explained before
  -o FILE                in another file; heng run --explanations FILE uses it
  --last-year, --set     as for run
From then on the finding is "explained": results list why, who and when, and it counts as a finding no more; scores stay as they are.
An explanation holds for the figures and the rule text that it was given for: where either changes it lapses, and heng run says which.
What holds cannot be explained; what cannot be told, or holds and is implausible, can. The file opens in a spreadsheet; why, who and when
may be edited there.)"},
    {"fmt",
     R"(  heng fmt rules
  heng fmt --check rules/部门决算/2024.heng

heng fmt 文件…    把规则文件整理成统一的写法；注释保留
  --check                只列出写法不同的文件；有则退出码为 1
  --lang zh|en           把关键词换成中文或英文
文件可以是文件夹；- 表示从标准输入读、写到标准输出。)",
     R"(  heng fmt rules
  heng fmt --check rules/部门决算/2024.heng

heng fmt FILE…    bring rule files into the one canonical form; comments stay
  --check                only list the files that differ; the exit code is then 1
  --lang zh|en           turn the keywords over
FILE may be a folder; - reads standard input and writes standard output.)"},
    {"eval",
     R"(  heng eval '185.76 + 14.29 = 200.05'
  heng eval '公开01[27] - 公开01[58]' --rules rules --report rules/samples/青岛市人民政府办公厅-2024.json

heng eval 算式    算出一个值，或判断一个等式：成立退出码 0，否则 1
  --rules 规则 --report 报告    在一份报告上计算
  --set 名称=值                  同 run)",
     R"(  heng eval '185.76 + 14.29 = 200.05'
  heng eval '公开01[27] - 公开01[58]' --rules rules --report rules/samples/青岛市人民政府办公厅-2024.json

heng eval EXPRESSION    print a value, or weigh a comparison: exit code 0 if it holds, else 1
  --rules RULES --report REPORT    over a report
  --set NAME=VALUE                 as for run)"},
    {"load",
     R"(  heng load 决算.pdf
  heng load 决算.xlsx --to json -o 决算.json

heng load 文件…    读一份公开的文件，说明哪些找到了、缺什么、哪些存疑、哪些数没有认出来
  文件   PDF、XLSX、DOCX、网页、CSV、文本；装了 LibreOffice 能读 XLS、DOC、WPS，装了 tesseract 能读扫描件；文件夹也可以
  --rules 规则           按其中的报表集和版式读；默认 rules
  --to json|csv|xlsx     写出报告数据；xlsx 要写明 -o
  --show 页              写出标好的网页：绿的已读成哪个字段，红的是没有读的数；0 是全部页
  -o 文件                写入文件
  --year 年度 --place 地区 --unit-name 单位   文件自己没有写明的，在这里写明
读错的格在旁边的 文件名.订正.csv 里改，栏名是 位置,原为,改为,改正人,日期,说明；原来的文件不动。heng run 也直接读这些文件。)",
     R"(  heng load report.pdf
  heng load report.xlsx --to json -o report.json

heng load FILE…    read a published file; say what was found, missing, doubtful, and which figures were not understood
  FILE     PDF, XLSX, DOCX, HTML, CSV, text; XLS, DOC, WPS with LibreOffice, scans with tesseract; or a folder
  --rules RULES          whose forms and layouts drive the reading; rules unless said
  --to json|csv|xlsx     write the report data; xlsx needs -o
  --show PAGE            a marked page (HTML): green what was read, and as which field; red figures that were not; 0 for all
  -o FILE                write to a file
  --year YEAR --place PLACE --unit-name NAME   what the document does not say itself
A misread cell is corrected in a file beside it, FILE.订正.csv, with the columns where,was,value,who,when,why; the document is never
touched. heng run reads all these files, too.)"},
    {"rules",
     R"(  heng rules rules
  heng rules rules --year 2024 --place 示例甲市

heng rules 规则    列出规则：名称、种类、级别、编号、标题、位置
heng rules 规则 --year 年度 --place 地区    这一年度、这个地区的规则，沿用和改动都已合在一起；每一行写明出处（文件:行）
  --format table|json)",
     R"(  heng rules rules --lang en
  heng rules rules --year 2024 --place 示例甲市 --lang en

heng rules RULES    list the rules: name, kind, severity, refs, title, place
heng rules RULES --year YEAR --place PLACE    the rules of this year and place with all that they extend laid together; each
                         line says where it was written (file:line)
  --format table|json)"},
    {"freeze",
     R"(  heng freeze rules
  heng run --locked rules 报告.json

heng freeze 规则    在规则旁边写一个锁定文件（文件夹里的 heng.lock，或同名的 .lock）：全部规则文件，和每一处改动改的是什么
此后 heng run 发现改动所依据的条文变了就提醒，heng check 当作错误；heng run --locked 要求一字不差。
多年以后要照原来的规则再算一遍，把锁定文件当作规则：heng run heng.lock 报告.json，结果一字不差。)",
     R"(  heng freeze rules
  heng run --locked rules 报告.json

heng freeze RULES    writes a lock file beside the rules (heng.lock in a folder, or .lock instead of .heng): all rule files, and
                     what each overlay changes
From then on heng run warns where what an overlay changes has changed, heng check calls it an error, and heng run --locked wants
every letter to be the same. To weigh by the old rules years later, name the lock file as the rules: heng run heng.lock 报告.json
gives the same results to the byte.)"},
    {"diff",
     R"(  heng diff rules@2024 rules@2025
  heng diff rules@2024 rules@2024@示例地区

heng diff 规则甲 规则乙    两方规则按意思比较：新增、取消、改动了哪些，原来和现在并排，细到每一句、每一档、参数当年的值
写法、先后、注释、关键词的语言不同，不算改动；只改标题、编号、依据、提示语的，注明只是文字。
规则写成 规则@年度 或 规则@年度@地区；也可以是两个文件夹、两个文件、两个锁定文件。没有写年度的，各年度、各地区逐一比较。
  --year 年度 --place 地区   两方都没有写明时用
  --format table|json|html   html 是一个独立的网页
  -o 文件                写入文件
退出码：0 相同；1 有不同。)",
     R"(  heng diff rules@2024 rules@2025 --lang en
  heng diff rules@2024 rules@2024@示例地区

heng diff A B    two versions of rules compared by meaning: what was added, removed, changed, old beside new, down to every clause,
                 every band, the value of a parameter in the year
Layout, order, comments and the language of keywords are no change; titles, numbers, sources and messages are said to be words only.
A version is RULES@YEAR or RULES@YEAR@PLACE; or two folders, files, lock files. Where no year is said each year and place is
compared with its like.
  --year YEAR --place PLACE   for versions that do not say theirs
  --format table|json|html    html is one page that stands alone
  -o FILE                write to a file
Exit code: 0 the same, 1 different.)"},
    {"impact",
     R"(  heng impact rules@2024 rules@2025 报告
  heng impact rules@2024 rules@2025 报告.ndjson --format html -o 影响.html

heng impact 规则甲 规则乙 报告…    同样的报告用两方规则各判一遍：谁的结论、得分、等级变了，变多少，是哪一条规则的改动引起的
改动一条一条生效：先报表集，再规则集；每个规则集里先是开头一行的，再按后一方规则的次序，取消的在最后。离不开别的改动的等它，
互相离不开的一起生效。每一步之后重新判定，一步前后的差就是这条改动引起的；两条改动合起来才有的影响，算在后生效的一条上。
各步的差加起来正好是全部的差，程序会核对。只是文字（标题、依据、提示语）的改动不影响结论，不列。
报告的年度、地区不看，用两方写明的。没有发现的新规则、取消的规则不列。
规则写成 规则@年度 或 规则@年度@地区；报告可以是文件、文件夹、.ndjson、-（标准输入），多少份都行。
  --year 年度 --place 地区   两方都没有写明时用
  --format table|json|html   html 是一个独立的网页
  -o 文件                写入文件
  --details              变化的报告很多时也逐份列出
  --last-year 文件、文件夹或结果库   上年的报告（规则用到 上年 时）
  --threads N            用几个线程；输出与线程数无关
退出码：0 没有变化；1 有变化；3 有读不了的报告；4 规则有错误。)",
     R"(  heng impact rules@2024 rules@2025 reports
  heng impact rules@2024 rules@2025 reports.ndjson --format html -o impact.html

heng impact A B REPORT…    the same reports weighed by two versions: whose verdicts, scores, grades change, by how much, and which
                 changed rule caused it
Changes come into force one after another: forms first, then rule sets; in each what its header says, then in order of the second
version, what went last. One that needs another waits for it; those that need each other come together. All is weighed again after
each step: the difference is what its change caused; what two changes do only together counts as the later one's. The differences of
the steps add up to the whole, which is checked. Changes of words alone (titles, sources, messages) decide nothing and are no step.
Year and place of the reports do not count, those of the two versions do. Checks that came or went without a finding are left out.
A version is RULES@YEAR or RULES@YEAR@PLACE; reports are files, folders, .ndjson, - (standard input), any number.
  --year YEAR --place PLACE   for versions that do not say theirs
  --format table|json|html    html is one page that stands alone
  -o FILE                write to a file
  --details              list each changed report, also where there are many
  --last-year FILE|FOLDER|STORE   last year's reports, where rules read them (previous)
  --threads N            how many threads; the output does not depend on it
Exit code: 0 nothing changes, 1 something does, 3 reports that cannot be read, 4 rules with errors.)"},
    {"functions",
     R"(  heng functions
  heng functions --format markdown

heng functions    列出函数和运算，各有一个能运行的例子
  --format table|json|markdown)",
     R"(  heng functions --lang en
  heng functions --format markdown

heng functions    list functions and operators, each with an example that runs
  --format table|json|markdown)"},
    {"errors",
     R"(  heng errors
  heng errors --format markdown

heng errors    列出全部提示代码；heng explain E301 说明一个
  --format table|markdown)",
     R"(  heng errors --lang en
  heng errors --format markdown

heng errors    list all message codes; heng explain E301 explains one
  --format table|markdown)"},
    {"schema",
     R"(  heng schema rules
  heng schema rules --year 2024

heng schema 规则    印出报告数据的 JSON Schema（由报表集得出）
  --year 年度            默认最近一年
  --place 地区)",
     R"(  heng schema rules
  heng schema rules --year 2024

heng schema RULES    print the JSON Schema of report data, made from the forms
  --year YEAR            the latest unless said
  --place PLACE)"},
    {"doctor",
     R"(  heng doctor
  heng doctor --lang en

heng doctor    哪些可选的程序装了，各有什么用，没装的怎样装（读取 PDF、扫描件、旧的办公文件要用）)",
     R"(  heng doctor
  heng doctor --lang en

heng doctor    which optional programs are there, what they are for, how to install those that are not (they read PDFs, scans
               and old office files))"},
    {"version",
     R"(  heng version
  heng --version)",
     R"(  heng version
  heng --version)"},
    {"help",
     R"(  heng help run
  heng help exit-codes

heng help 主题    说明一个命令或主题)",
     R"(  heng help run
  heng help exit-codes

heng help TOPIC    about a command or a topic)"},
    {"exit-codes",
     R"(退出码
  0    全部通过
  1    有 --fail-level 级别或更重的发现（默认 error）；测试不符；算式不成立；fmt --check、diff、impact 有不同
  2    用法不对
  3    报告（或文件）读不了
  4    规则不能编译
  70   程序自己的错误
  130  被中断)",
     R"(exit codes
  0    all hold
  1    findings at or above --fail-level (default error); a test is not met; an expression does not hold; fmt --check, diff or impact finds differences
  2    usage
  3    input cannot be read
  4    the rules do not compile
  70   our own fault
  130  interrupted)"},
    {"environment",
     R"(环境变量
  HENG_LANG   zh 或 en；没有时看 LC_ALL、LC_MESSAGES、LANG，都没有说明语言时用中文
  NO_COLOR    有值时不用颜色（--color always 除外）)",
     R"(environment
  HENG_LANG   zh or en; without it LC_ALL, LC_MESSAGES, LANG; Chinese where none of them names a language
  NO_COLOR    no colour where it is set (but for --color always))"},
};

constexpr std::string_view overview_zh =
    R"(heng 衡：用规则文件判定报告（审核与评分）。
  heng run 规则 报告…            判定一份或许多份报告
  heng explain 规则 报告 '规则[行]'  一个结果是怎么来的
  heng justify 规则 报告 '规则[行]'  说明一处发现
  heng merge · worker           合并几次运行的结果；给计算引擎用
  heng history · compare · export 结果库  多年、各地的结果
  heng check 规则 · test 规则    检查规则；运行规则里的测试
  heng eval '1/3*3 = 1'         算一个式子
  heng load 文件…               读 PDF、电子表格、文本，看读出了什么
  heng fmt 文件…                整理规则文件的写法
  heng rules 规则 · schema 规则  列出规则（某年度某地区的）；报告数据的格式
  heng freeze 规则              锁定规则，以后可以照原样再算
  heng diff 规则@2024 规则@2025  两个年度、地区、版本的规则有什么不同
  heng impact 规则@2024 规则@2025 报告…  改动影响哪些报告，是哪一条引起的
  heng functions · errors · doctor  函数与运算；提示代码；可选的程序
  --lang zh|en   --color auto|always|never
  heng help 主题                 每个命令都有例子；另有 exit-codes environment
)";

constexpr std::string_view overview_en =
    R"(heng 衡: weighs reports by rule files (checks and scores).
  heng run RULES REPORT…            weigh one report or many
  heng explain RULES REPORT 'RULE[row]'  where a result comes from
  heng justify RULES REPORT 'RULE[row]'  explain a finding
  heng merge · worker               put results of several runs together; for engines that pipe
  heng history · compare · export STORE  results of many years and places
  heng check RULES · test RULES     check rules; run the tests in them
  heng eval '1/3*3 = 1'             work out an expression
  heng load FILE…                   read a PDF, workbook or text, and see what was read
  heng fmt FILE…                    bring rule files into canonical form
  heng rules RULES · schema RULES   list rules (of a year and place); the shape of report data
  heng freeze RULES                 keep the rules as they are, to weigh by them again later
  heng diff RULES@2024 RULES@2025   what differs between rules of two years, places or versions
  heng impact RULES@2024 RULES@2025 REPORT…  whom the changes concern, and which of them
  heng functions · errors · doctor  functions and operators; message codes; optional programs
  --lang zh|en   --color auto|always|never
  heng help TOPIC                   each command with examples; also exit-codes, environment
)";

}  // namespace

std::vector<std::string> help_topics() {
   std::vector<std::string> names;
   for (const Topic& topic : topics) names.emplace_back(topic.name);
   return names;
}

Exit help_command(Console& console, const std::string& wanted) {
   if (wanted.empty()) {
      console.out() << console.say(overview_zh, overview_en);
      return Exit::fine;
   }
   for (const Topic& topic : topics) {
      if (topic.name != wanted) continue;
      console.out() << console.say(topic.zh, topic.en) << '\n';
      return Exit::fine;
   }
   if (find_code(wanted)) {
      ExplainOptions options;
      options.words = {wanted};
      return explain_command(console, options);
   }
   console.none_of(say("没有 {} 这个主题", "there is no topic {}", wanted), wanted, help_topics());
   return Exit::usage;
}

Exit version_command(Console& console) {
   console.out() << "heng " << HENG_VERSION << '\n';
   return Exit::fine;
}

}  // namespace heng
