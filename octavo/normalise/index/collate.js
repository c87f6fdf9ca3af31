// How words are put in order in a language (CLDR), as the engine knows it.

function ranks(texts, locale) {
  const {compare} = new Intl.Collator(locale, {numeric: true});
  const sorted = [...new Set(texts)].sort(compare);
  const found = new Map();
  let rank = 0;
  sorted.forEach((text, index) => {
    if (index > 0 && compare(sorted[index - 1], text) !== 0) rank += 1;
    found.set(text, rank);
  });
  return texts.map((text) => found.get(text));
}

// The letters that words begin with: with its accent where that makes it another letter in this language, as Å in Swedish.
function letters(words, bases, locale) {
  const {compare} = new Intl.Collator(locale, {sensitivity: "base"});
  return words.map((word, index) => {
    const first = word.slice(0, 1).toLocaleUpperCase(locale).slice(0, 1);
    return bases[index] === "" || compare(first, bases[index]) === 0 ? bases[index] : first;
  });
}

// Where groups begin, the tables of CLDR hold a sign that no text has, with the label behind it (UTS 35, part 5, 3.13).
function buckets(texts, labels, locale) {
  const {compare} = new Intl.Collator(locale);
  const borders = labels.map((label) => "\uFDD0" + label);
  return texts.map((text) => borders.filter((border) => compare(border, text) <= 0).length);
}
