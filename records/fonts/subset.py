"""How the fonts beside this file were made: Noto Sans SC and Noto Serif SC, cut to the characters that papers need.

A whole font has 31,000 characters and 10 to 15 MB; WeasyPrint reads the whole file for each paper. What is left out
here, rare characters in names above all, comes from `pylopdf-fonts-zh-cn` (records/typefaces.py). To make them again:

    npm pack @expo-google-fonts/noto-sans-sc@0.4.3 @expo-google-fonts/noto-serif-sc@0.4.3
    mkdir sans serif
    tar xzf expo-google-fonts-noto-sans-sc-0.4.3.tgz -C sans --strip-components=1
    tar xzf expo-google-fonts-noto-serif-sc-0.4.3.tgz -C serif --strip-components=1
    python -m records.fonts.subset sans serif

The same input gives the same bytes. Both are under the SIL Open Font License; of the two only Noto Sans SC reserves
a name ("Source"), which it doesn't use, so that a subset may keep its own.
"""

import shutil
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

HERE = Path(__file__).parent
MADE_FROM = {
    "NotoSansSC-Regular.ttf": "400Regular/NotoSansSC_400Regular.ttf",
    "NotoSansSC-Bold.ttf": "700Bold/NotoSansSC_700Bold.ttf",
    "NotoSerifSC-Regular.ttf": "400Regular/NotoSerifSC_400Regular.ttf",
    "NotoSerifSC-Bold.ttf": "700Bold/NotoSerifSC_700Bold.ttf",
}
LICENCES = {"sans": "LICENSE_FONT", "serif": "LICENSE_FONT_SERIF"}

# Latin with the accents of pinyin and of foreign names, punctuation, currencies, numbers in circles, arrows, boxes.
RANGES = (
    (0x20, 0x7E),
    (0xA0, 0x17F),
    (0x1CD, 0x1DC),
    (0x2010, 0x2027),
    (0x2030, 0x203E),
    (0x20AC, 0x20AC),
    (0x2100, 0x2122),
    (0x2150, 0x216B),
    (0x2190, 0x2193),
    (0x2200, 0x22A5),
    (0x2460, 0x249B),
    (0x2500, 0x257F),
    (0x25A0, 0x25CF),
    (0x2605, 0x2606),
    (0x2713, 0x2717),
    (0x3000, 0x301F),
    (0x3105, 0x3129),
    (0xFF01, 0xFF5E),
    (0xFFE0, 0xFFE5),
)

# GB 2312 is of 1980; people are called by many more characters. These are met often enough to have a bold.
IN_NAMES = (
    "玥珺堃喆瑄婳旻昇垚犇骉赟晞焜燊玘玙玚珣珮琎琇琤瑀瑆瑢璟璠瓅畯皛祎祐禛秾粦翀翾翯芃苧荍藠詝諴贇贠赑赪釆鋆镕雱霂頔颋"
    "飏骦龢倢偲劼勍叕啓囍垟堽墘妘妟姈姞姮姵婠婻媖媞嫄嫚嫕嬛嬿屾岀峣崟弢彧忞惢愔扆旸旼昉昺晅晙晢晛晥晧暕曈曌朏杋栒桲棨"
    "楙榞橦汭沄沚泂洢浛浬涘淏淯湉湜湲溍滉澥瀞炆炘熀燚爔玏玓玱珅珵琯琲瑱瑸璈瓘矞碶禔禤竑簃绤缊翚翙莀莙萩蓂虓袆谞钘锜锳"
    "韡頫飔騄髃鹍奭祾喦堉玹瑨珖昫暐暔暻朶枻櫆頵"
)


def characters() -> set[int]:
    """Every code point that the subset keeps, as far as the font has it."""
    kept = {point for first, last in RANGES for point in range(first, last + 1)}
    kept |= {ord(character) for character in IN_NAMES}
    return kept | {ord(character) for character in _gb2312()}


def make(source: Path, target: Path) -> None:
    """Write the subset of one font."""
    options = subset.Options()
    options.hinting = False  # for screens; a PDF has none
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.recalc_timestamp = False  # or no two runs would give the same bytes
    font = TTFont(source, recalcTimestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=characters())
    cutter.subset(font)
    font.save(target)


def _gb2312() -> str:
    """GB 2312-80 row by row: 682 signs and 6,763 Han characters."""
    rows = (bytes([row, cell]) for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF))
    return "".join(pair.decode("gb2312", "ignore") for pair in rows)


def main(sans: Path, serif: Path) -> None:
    for name, source in MADE_FROM.items():
        make((sans if "Sans" in name else serif) / source, HERE / name)
    shutil.copyfile(sans / "LICENSE_FONT", HERE / LICENCES["sans"])
    shutil.copyfile(serif / "LICENSE_FONT", HERE / LICENCES["serif"])


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
