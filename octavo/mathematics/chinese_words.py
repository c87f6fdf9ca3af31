"""The Chinese words for signs, letters and accents."""

from __future__ import annotations

_SIGNS = """
+ 加|− 减|- 减|± 加减|∓ 减加|× 乘|⋅ 乘|· 乘|∗ 星号|* 星号|÷ 除以|/ 除以|∕ 除以|∘ 复合|= 等于|≠ 不等于|< 小于|> 大于
≤ 小于等于|≥ 大于等于|⩽ 小于等于|⩾ 大于等于|≪ 远小于|≫ 远大于|≈ 约等于|≡ 恒等于|≅ 全等于|≃ 渐近等于|∼ 相似于
∝ 正比于|∈ 属于|∉ 不属于|∋ 包含元素|⊂ 包含于|⊆ 包含于或等于|⊃ 包含|⊇ 包含或等于|∪ 并|∩ 交|∖ 差集|∅ 空集|∀ 任意
∃ 存在|∄ 不存在|∧ 且|∨ 或|¬ 非|⊕ 直和|⊗ 张量积|⊥ 垂直于|∥ 平行于|∣ 竖线|∠ 角|△ 三角形|→ 到|← 左箭头|↔ 双向箭头
⟶ 到|⇒ 推出|⟹ 推出|⇐ 左推出|⇔ 当且仅当|⟺ 当且仅当|↦ 映射到|↑ 上箭头|↓ 下箭头|∞ 无穷|∂ 偏|∇ 梯度|! 阶乘|′ 撇|″ 二撇
… 省略号|⋯ 省略号|⋮ 竖省略号|⋱ 斜省略号|° 度|% 百分号|( 左括号|) 右括号|[ 左方括号|] 右方括号|{ 左花括号|} 右花括号
｜ 竖线|‖ 双竖线|⟨ 左尖括号|⟩ 右尖括号|⌊ 左下取整|⌋ 右下取整|⌈ 左上取整|⌉ 右上取整|, 逗号|; 分号|: 冒号|. 点|∴ 所以
∵ 因为|ℏ 约化普朗克常数|ℜ 实部|ℑ 虚部|† 剑标
"""
_BIG = """
∑ 求和|∏ 求积|∐ 余积|∫ 积分|∬ 二重积分|∭ 三重积分|∮ 曲线积分|⋃ 求并|⋂ 求交|⨁ 求直和|⨂ 求张量积|⋁ 求或|⋀ 求且
"""
_GREEK = """
α 阿尔法|β 贝塔|γ 伽马|δ 德尔塔|ε 艾普西隆|ϵ 艾普西隆|ζ 泽塔|η 伊塔|θ 西塔|ϑ 西塔|ι 约塔|κ 卡帕|λ 拉姆达|μ 缪|ν 纽
ξ 克西|π 派|ρ 柔|σ 西格马|ς 西格马|τ 陶|υ 宇普西隆|φ 斐|ϕ 斐|χ 希|ψ 普西|ω 欧米伽
"""
_ACCENTS = """
^ {} 帽|ˆ {} 帽|̂ {} 帽|¯ {} 一横|‾ {} 一横|― {} 一横|_ {} 一横|~ {} 波浪|˜ {} 波浪|→ 向量 {}|⃗ 向量 {}
˙ {} 一点|¨ {} 两点|⏞ {} 上花括号
"""
# What is there for programs, and not read out.
_INVISIBLE = "\u2061\u2062\u2063\u2064\u200b"


def _table(text: str) -> dict[str, str]:
    entries = text.strip().replace("\n", "|").split("|")
    pairs = [entry.partition(" ") for entry in entries]
    return {sign.replace("｜", "|"): words for sign, _, words in pairs}  # the bar parts the entries


OPERATORS = {**_table(_SIGNS), **dict.fromkeys(_INVISIBLE, " ")}
BIG = _table(_BIG)
GREEK = _table(_GREEK)
ACCENTS = _table(_ACCENTS)
STYLES = {"DOUBLE-STRUCK": "空心", "BOLD": "粗体", "SCRIPT": "花体", "FRAKTUR": "哥特体", "BLACK-LETTER": "哥特体"}
