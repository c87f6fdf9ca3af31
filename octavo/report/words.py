"""The words of the report for people, in English and in Chinese.

Messages and explanations are in English alone; what a rule is about is told in Chinese before them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from octavo.report.chinese_rules import CHINESE
from octavo.words import is_chinese


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportWords:
    """Hold the words of one language. {} is where a number or a name goes."""

    language: str
    title: str
    failed: str
    passed: str
    clean: str
    severities: Mapping[str, str]
    counted: Mapping[str, str]
    looked_at: str
    outputs: Mapping[str, str]
    nothing_looked_at: str
    made_with: str
    findings: str
    whole_book: str
    line: str
    page: str
    explained: str
    pictures: str
    pictures_about: str
    no_pictures: str
    kinds: Mapping[str, str]
    states: Mapping[str, str]
    picture: str
    place: str
    caption: str
    alternative: str
    in_outputs: str
    same: str
    absent: str
    formulas: str
    formula: str
    drawn_cover: str
    pages: str
    counts: Mapping[str, str]
    contents: str
    skip: str
    judges: str
    verdicts: Mapping[str, str]
    colon: str
    comma: str
    then: str
    rules: Mapping[str, str] = field(default_factory=dict)


EN = ReportWords(
    language="en",
    title="Check of “{}”",
    failed="There are errors: the book is not fit to be published.",
    passed="There is no error.",
    clean="Nothing was found that has to be mended.",
    severities={"error": "Error", "warning": "Warning", "note": "Note"},
    counted={"error": "Errors", "warning": "Warnings", "note": "Notes"},
    looked_at="What was looked at",
    outputs={
        "the site": "the site",
        "the single page": "the single page",
        "the EPUB": "the EPUB",
        "the PDF": "the PDF",
    },
    nothing_looked_at="No output: the book has errors and was not built.",
    made_with="Octavo {}",
    findings="Findings",
    whole_book="The whole book",
    line="Line {}",
    page="page {} of the PDF",
    explained="What the rules mean",
    pictures="Pictures and their alternatives",
    pictures_about="An alternative is what those get who cannot see a picture. This is what each output says.",
    no_pictures="The book has no pictures.",
    kinds={
        "figure": "Figure",
        "image": "Picture in the text",
        "diagram": "Diagram",
        "formula": "Formula",
        "cover": "Cover",
    },
    states={
        "told": "",
        "decorative": "only decorates",
        "missing": "nothing is said",
        "name": "the name of a file",
        "word": "says nothing",
        "long": "too long",
        "caption": "same as the caption",
    },
    picture="Picture",
    place="Place",
    caption="Caption",
    alternative="Alternative",
    in_outputs="In the outputs",
    same="as written",
    absent="nothing",
    formulas="{} formulas and how they are read out",
    formula="Formula",
    drawn_cover="drawn from the title",
    pages="The pages of the PDF",
    counts={
        "pages": "Pages",
        "lines": "Lines",
        "body": "Lines of paragraphs and lists",
        "full": "Lines that have to be full",
        "short": "Lines that end short",
        "gaps": "Lines with a gap over 0.8 em",
        "marks": "Forbidden marks at the edge of a line",
        "indents": "First lines indented wrong",
        "headings": "Headings last on a page",
        "sparse": "Pages of too few lines",
        "outside": "Pieces outside the type area",
        "numbers": "Printed page numbers",
        "wrong_numbers": "Wrong page numbers",
    },
    contents="Contents",
    skip="To the findings",
    judges="Judges",
    verdicts={
        "passed": "nothing found",
        "findings": "{} findings",
        "no verdict": "no verdict",
        "missing": "not installed",
        "nothing to judge": "nothing to judge",
    },
    colon=": ",
    comma=", ",
    then=", ",
)

ZH = ReportWords(
    language="zh-CN",
    title="《{}》检查报告",
    failed="有错误，还不能出版。",
    passed="没有错误。",
    clean="没有发现需要修改的地方。",
    severities={"error": "错误", "warning": "警告", "note": "提示"},
    counted={"error": "错误", "warning": "警告", "note": "提示"},
    looked_at="检查了什么",
    outputs={"the site": "网站", "the single page": "单页", "the EPUB": "EPUB", "the PDF": "PDF"},
    nothing_looked_at="没有可检查的成品：书稿有错误，没有生成。",
    made_with="Octavo {}",
    findings="检查结果",
    whole_book="全书",
    line="第 {} 行",
    page="PDF 第 {} 页",
    explained="规则说明",
    pictures="图片与替代文字",
    pictures_about="看不到图片的读者得到的是替代文字。下面是每种成品里实际写着的内容。",
    no_pictures="书中没有图片。",
    kinds={"figure": "插图", "image": "行内图片", "diagram": "示意图", "formula": "公式", "cover": "封面"},
    states={
        "told": "",
        "decorative": "仅作装饰",
        "missing": "缺少替代文字",
        "name": "只是文件名",
        "word": "没有说明内容",
        "long": "太长",
        "caption": "与题注相同",
    },
    picture="图片",
    place="位置",
    caption="题注",
    alternative="替代文字",
    in_outputs="各成品中",
    same="与原文一致",
    absent="无",
    formulas="{} 个公式及其读法",
    formula="公式",
    drawn_cover="由书名生成",
    pages="PDF 页面统计",
    counts={
        "pages": "页数",
        "lines": "行数",
        "body": "段落与列表的行",
        "full": "应当排满的行",
        "short": "没有排满的行",
        "gaps": "间隙超过 0.8 em 的行",
        "marks": "行首或行末的禁排标点",
        "indents": "首行缩进有误",
        "headings": "落在页末的标题",
        "sparse": "行数过少的页",
        "outside": "超出版心的内容",
        "numbers": "印出的页码",
        "wrong_numbers": "有误的页码",
    },
    contents="目录",
    skip="跳到检查结果",
    judges="外部检验工具",
    verdicts={
        "passed": "没有发现问题",
        "findings": "发现 {} 处",
        "no verdict": "没有结论",
        "missing": "没有安装",
        "nothing to judge": "没有可检验的成品",
    },
    colon="：",
    comma="、",
    then="，",
    rules=CHINESE,
)


def report_words(language: str) -> ReportWords:
    """Return the words for a BCP 47 tag: Chinese ones for Chinese, English ones for all else."""
    return ZH if is_chinese(language) else EN
