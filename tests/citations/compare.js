// What quicker.js, foreseen.js and cite.js leave out, done in full: loaded behind them by test_citation_steps.py and
// test_citation_foreseen.py.

"use strict";

function writerOf(request) {
  CSL.stringCompare = sorter(request.language, request.sounds);
  return new Writer(request, request.language, Object.fromEntries(request.works.map((work) => [work.id, work])));
}

// Return each cluster as it is made up of its works, beside what citeproc-js makes of the whole.
function compareClusters(request) {
  const writer = writerOf(request);
  return request.clusters.map(({cites}) => [writer.bare(cites), writer.engine.makeCitationCluster(cites)]);
}

// Return the order of the list, beside that by all keys of all works.
function compareOrder(request) {
  const {engine} = writerOf(request);
  const keyed = request.works.map(({id}, index) => ({
    id: id,
    seq: index + 1,
    sortkeys: findSortKeys.call(engine, engine.retrieveItem(id), "bibliography_sort"),
  }));
  const sorts = engine.bibliography_sort.tokens.length > 0;
  const full = sorts ? keyed.sort(engine.registry.sorter.compareKeys) : keyed;
  return [engine.registry.getSortedIds(), full.map(({id}) => id)];
}

// Return what is written of a request, as if nothing had been written before.
function anew(request) {
  made = {about: ""};
  return cite(request);
}

// Run a function where no work is told apart only if need be, and nothing is foreseen.
function inFull(write) {
  const {run} = CSL.Disambiguation.prototype;
  const find = pathOf;
  CSL.Disambiguation.prototype.run = tellApart;
  pathOf = () => undefined;
  try {
    return write();
  } finally {
    CSL.Disambiguation.prototype.run = run;
    pathOf = find;
  }
}

// Return what is written of a request, beside what is written of one with the whole style by all steps.
function compareWhole(request, whole) {
  return [anew(request), inFull(() => anew(whole))];
}

// Return what is written of a request cluster by cluster, from the last one on, beside what is written of it at once.
function compareAgain(request) {
  made = {about: ""};
  prepare(request);
  const texts = request.clusters.toReversed().map((cluster) => cite({...request, clusters: [cluster]}).texts[0]);
  return [{texts: texts.toReversed(), entries: cite({...request, clusters: []}).entries}, anew(request)];
}

// Return what is written of a request and by how many steps, beside the same by all steps.
function compareForeseen(request) {
  const counted = () => {
    const {tokenExec} = CSL;
    let steps = 0;
    CSL.tokenExec = function (...given) {
      steps++;
      return tokenExec.apply(this, given);
    };
    try {
      return [anew(request), steps];
    } finally {
      CSL.tokenExec = tokenExec;
    }
  };
  return [counted(), inFull(counted)];
}
