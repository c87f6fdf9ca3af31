"""Bibliographies and styles: files of works → works as CSL knows them; citations of them → words.

In: BibTeX and CSL-JSON files, a CSL style, citations in reading order. Out: the text of every citation, in the language
of each work, and the entries of the bibliography. The tree is not known here but for the inlines that come out.
"""
