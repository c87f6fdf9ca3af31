"""How the lines of a paragraph are set: broken together, spread to the measure, with the gaps of Chinese text.

characters  what a character is: Han, a mark that opens or closes, a letter, a space
layout      a text as Pango sets it, with gaps
measure     how wide a character is
read        WeasyPrint's boxes → a Paragraph
gaps        the gaps between characters, and how far they give
breaks      where a line may end; hyphens says it of words
choose      which lines there are
objects     what stands in a line and is no text
build       a line → WeasyPrint's boxes; ruby and dots make those of readings and of emphasis
lay_out     one line after the other, as WeasyPrint asks for them

Modules here load WeasyPrint, which takes half a second: patches/set_lines imports them when pages are laid out.

What is left to WeasyPrint: paragraphs beside floats, with kept spaces and line ends, from right to left.
"""
