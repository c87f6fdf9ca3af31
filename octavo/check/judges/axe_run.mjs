// node axe_run.mjs JOB.json: opens every page of the job in one browser, and prints a JSON line a page and mode.
//
// The job: { chromium, flags, visits: [[{ scheme, width, rules }]], mounts: [{ file, path, pages }] }. The visits are paid in
// turn, one to each page, which is opened in its first mode and then finds itself in the others. Each mount, a folder or a
// page that stands alone, is served on the loopback interface from a host of its own, below the path that it is made for.
// Nothing else is reachable: whatever a page asks of another host is written down and refused.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { serve } from './serve.mjs';

const WORKERS = 2;
const require = createRequire(process.env.OCTAVO_NODE_MODULES + '/');
const { chromium } = require('playwright-core');
const axe = require.resolve('axe-core/axe.min.js');
const job = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));

const { server, port } = await serve(job.mounts);
const ours = new RegExp(`^http://\\d+\\.localhost:${port}/`); // which browsers take for the loopback
const browser = await chromium.launch({ executablePath: job.chromium, args: job.flags });

/** Say what is wrong with the page that a tab shows, by some rules or by all. */
async function judge(tab, rules) {
  const options = { resultTypes: ['violations'], ...(rules && { runOnly: rules }) };
  const result = await tab.evaluate(asked => globalThis.axe.run(document, asked), options);
  const overflow = await tab.evaluate(
    () => Math.max(document.documentElement.scrollWidth, document.body.scrollWidth) - innerWidth);
  const violations = result.violations.map(({ id, impact, help, nodes }) =>
    ({ id, impact, help, count: nodes.length,
      nodes: nodes.map(({ target, html }) => ({ target: String(target[0]), html: html.slice(0, 400) })),
      first: `${nodes[0].html.slice(0, 160)} ${nodes[0].failureSummary}`.replace(/\s+/g, ' ') }));
  return { violations, overflow };
}

/** Open a tab that writes down what it sees. */
async function openTab() {
  const context = await browser.newContext({ reducedMotion: 'reduce' });
  await context.addInitScript({ path: axe });
  const tab = await context.newPage();
  const seen = { console: new Set(), missing: new Set(), elsewhere: new Set() };
  tab.on('pageerror', error => seen.console.add(String(error)));
  tab.on('console', message => message.type() === 'error' && seen.console.add(message.text()));
  tab.on('response', response => response.status() >= 400 && seen.missing.add(new URL(response.url()).pathname));
  await context.route('**/*', route => {
    const url = route.request().url();
    if (ours.test(url) || url.startsWith('data:')) return route.continue();
    seen.elsewhere.add(url);
    return route.abort();
  });
  return { tab, seen };
}

/** Say what is wrong with the page in a mode, and what was seen since it was last looked at. */
async function look({ tab, seen }, { scheme, width, rules }) {
  await tab.emulateMedia({ colorScheme: scheme });
  await tab.setViewportSize({ width, height: 900 });
  await tab.evaluate(() => new Promise(requestAnimationFrame)); // by then the page has its new shape
  const verdict = { ...await judge(tab, rules), ...Object.fromEntries(Object.entries(seen).map(([name, list]) => [name, [...list]])) };
  for (const list of Object.values(seen)) list.clear();
  return verdict;
}

/** Open a page as a reader of the first mode would, and print what is wrong in each. */
async function visit(opened, { file, page, address, modes }) {
  const print = ({ scheme, width }, verdict) => console.log(JSON.stringify({ file, page, scheme, width, ...verdict }));
  try {
    await opened.tab.emulateMedia({ colorScheme: modes[0].scheme });
    await opened.tab.setViewportSize({ width: modes[0].width, height: 900 });
    await opened.tab.goto(address, { waitUntil: 'load' });
    for (const mode of modes) print(mode, await look(opened, mode));
  } catch (error) {
    print(modes[0], { failure: String(error).split('\n')[0] });
  }
}

// A browser starts slowly and so does a tab: each worker keeps the one that it has.
async function work(queue) {
  const opened = await openTab();
  for (let next = queue.shift(); next; next = queue.shift()) {
    await visit(opened, next);
    await opened.tab.goto('about:blank'); // what the page says from now on is nobody's
    for (const list of Object.values(opened.seen)) list.clear();
  }
}

const pages = job.mounts.flatMap(({ file, path: place, pages: names }, mount) => names.map(page =>
  ({ file, page, address: `http://${mount}.localhost:${port}${encodeURI(place)}${page.split('/').map(encodeURIComponent).join('/')}` })));
const queue = pages.map((page, turn) => ({ ...page, modes: job.visits[turn % job.visits.length] }));
await Promise.all(Array.from({ length: WORKERS }, () => work(queue)));
await browser.close();
server.close();
