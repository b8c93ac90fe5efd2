"""Make onewindow-gb2312.ttf from WenQuanYi Micro Hei. See README.md."""

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection

SIGNS = (
    "※〔〕［］〖〗【】〇々℃№™®©¥￥€£‰′″°·•●○◎■□▲△▼▽◆◇★☆→←↑↓√×÷±≈≠≤≥∞∵∴∠"
    "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽"
    "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫⅰⅱⅲⅳⅴⅵⅶⅷⅸⅹ㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩"
    "㎡㎥㎏㎎㎜㎝㎞–—―…‘’“”〝〞〈〉《》「」『』﹏～－│─┌┐└┘├┤┬┴┼"
)


def gb2312():
    for high in range(0xA1, 0xF8):
        for low in range(0xA1, 0xFF):
            try:
                yield ord(bytes([high, low]).decode("gb2312"))
            except UnicodeDecodeError:
                pass


def main(source, target):
    font = TTCollection(source).fonts[0]
    have = set(font.getBestCmap())
    want = set(range(0x20, 0x7F)) | set(range(0xA0, 0x100)) | set(map(ord, SIGNS))
    want |= set(gb2312()) | set(range(0x3000, 0x3012)) | set(range(0xFF01, 0xFF5F))
    standard = (Path(__file__).parent / "standard.txt").read_text("utf-8")
    want |= set(map(ord, "".join(standard.split())))
    print("not in the source:", "".join(map(chr, sorted(want - have))))
    options = subset.Options()
    options.layout_features = []
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "vhea", "vmtx", "gasp", "GlyphOrder", "FFTM"]
    options.hinting = False
    options.name_IDs = ["*"]
    options.notdef_outline = True
    maker = subset.Subsetter(options)
    maker.populate(unicodes=want & have)
    maker.subset(font)
    del font["GlyphOrder"]
    font.save(target)
    print(len(want & have), "characters,", len(font.getGlyphOrder()), "glyphs")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
