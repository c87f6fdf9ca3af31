"""The order of the passes, with the reason for each place."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from octavo.document import Document
from octavo.normalise.abbreviations import mark_abbreviations
from octavo.normalise.abstract import settle_abstract
from octavo.normalise.address_notes import settle_address_notes
from octavo.normalise.attributes import check_attributes
from octavo.normalise.citations import place_bibliographies, read_citations, set_in_words
from octavo.normalise.context import Context
from octavo.normalise.counted import count_things
from octavo.normalise.counterparts import check_counterparts
from octavo.normalise.definitions import take_definitions
from octavo.normalise.diagrams import draw_diagrams
from octavo.normalise.divisions import read_divisions
from octavo.normalise.figures import read_figures
from octavo.normalise.formulas import set_formulas
from octavo.normalise.glossary import link_terms, read_terms
from octavo.normalise.identifiers import settle_identifiers
from octavo.normalise.images import find_images
from octavo.normalise.index import gather_index, place_index, read_index_marks
from octavo.normalise.inner_headings import lower_inner_headings
from octavo.normalise.labels import settle_labels
from octavo.normalise.levels import settle_levels
from octavo.normalise.links import resolve_links
from octavo.normalise.listings import settle_listings
from octavo.normalise.metadata import identify_book
from octavo.normalise.notes import settle_notes
from octavo.normalise.only import read_only
from octavo.normalise.openings import settle_openings
from octavo.normalise.own_passes import run_own_passes
from octavo.normalise.raw_html import read_raw_html
from octavo.normalise.readings import set_readings
from octavo.normalise.references import resolve_references
from octavo.normalise.roles import settle_roles
from octavo.normalise.sections import nest_sections
from octavo.normalise.soft_breaks import join_lines
from octavo.normalise.title import settle_title
from octavo.normalise.variables import fill_metadata, fill_variables
from octavo.normalise.written_numbers import read_written_numbers
from octavo.normalise.written_references import link_written_references

Pass: TypeAlias = Callable[[Document, Context], Document]

PASSES: tuple[Pass, ...] = (
    fill_variables,  # first: their values are text like any other
    read_raw_html,  # early: what it makes of the tags is text like any other
    read_only,  # before divisions: those of these classes are nothing else
    draw_diagrams,  # before divisions, of which figures are parts, and before anything is counted
    read_divisions,  # before figures: the pictures in a division are parts of one
    read_figures,
    read_terms,
    read_index_marks,
    set_readings,
    join_lines,  # before any pass reads the characters of a line
    read_citations,  # when lines are joined: the place in a work may stand behind a bare key
    place_bibliographies,  # after citations: without one there is no list
    run_own_passes,  # when all that authors write is nodes, and before anything is settled, counted or linked
    take_definitions,  # before chapters get titles: what is no chapter has none
    settle_title,  # before levels: a leading `#` that is the title is no level of the book
    identify_book,  # after the title, of which the identifier is made
    fill_metadata,  # when the title and the identifier are known, before any pass wants the text of a heading
    settle_levels,  # before numbers, which are looked for level by level
    place_index,  # before anything is numbered or named; after levels, for its heading is of level one
    settle_roles,  # before numbers, which go by them; after levels, for only a heading of level one has a role
    settle_labels,  # before numbers, so that “Q1：” is not taken for one
    settle_abstract,  # before sections: it stands above the first heading
    read_written_numbers,  # before sections and identifiers, which want the text without its number
    nest_sections,  # when nothing is taken from the top of a chapter any more
    settle_openings,  # right after sections, which show what heads a whole chapter
    settle_notes,  # after sections, whose answers take their paragraphs along
    lower_inner_headings,  # when sections are filled, and notes are out of them
    settle_identifiers,  # when all headings have their last text
    count_things,  # when the chapters have their numbers
    check_counterparts,  # right after numbers, which every format has to show
    resolve_links,  # when all identifiers are known
    link_terms,  # when sections are filled, of which some are glossaries
    gather_index,  # when sections have their numbers and notes know who calls them
    link_written_references,  # before references are resolved, of which it makes some, and when all is counted
    mark_abbreviations,  # when no pass reads the characters of a run any more
    set_in_words,  # after notes, by whose calls it reads in order, and when no pass reads the characters of a run
    resolve_references,  # after links, whose texts may be theirs to write, and when everything has its number
    settle_address_notes,  # when every link has its text, and no pass makes links any more
    settle_listings,  # late: it looks at files, and a broken book should say all else first
    find_images,  # late for the same reason
    set_formulas,  # last: it takes the longest, and no pass reads what it makes
)


def normalise(document: Document, context: Context) -> Document:
    """Run every pass; a document that was normalised comes back as it is."""
    for step in PASSES:
        document = step(document, context)
    check_attributes(document, context)  # no pass, for it changes nothing: when all that has a meaning was read
    return document
