// node axe_run.mjs JOB.json: opens every page of the job in one browser, and prints a JSON line a page and mode.
//
// The job: { chromium, flags, visits: [{ scheme, widths }], mounts: [{ file, path, pages }] }. A page is opened once a visit,
// at the first width; its window is then given the others. Each mount, a folder or a page that stands alone, is served on
// the loopback interface from a host of its own, below the path that it is made for. Nothing else is reachable: whatever a
// page asks of another host is written down and refused.
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

/** Say what is wrong with the page that a tab shows. */
async function judge(tab) {
  const result = await tab.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
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

/** Say what is wrong with the page in a window of some width, and what was seen since it was last looked at. */
async function look({ tab, seen }, width) {
  await tab.setViewportSize({ width, height: 900 });
  await tab.evaluate(() => new Promise(requestAnimationFrame)); // by then the page has its new shape
  const verdict = { ...await judge(tab), ...Object.fromEntries(Object.entries(seen).map(([name, list]) => [name, [...list]])) };
  for (const list of Object.values(seen)) list.clear();
  return verdict;
}

/** Open a page as a reader of this colour scheme would, and print what is wrong at each width. */
async function visit(opened, { file, page, address }, { scheme, widths }) {
  const print = (width, verdict) => console.log(JSON.stringify({ file, page, scheme, width, ...verdict }));
  try {
    await opened.tab.emulateMedia({ colorScheme: scheme });
    await opened.tab.setViewportSize({ width: widths[0], height: 900 });
    await opened.tab.goto(address, { waitUntil: 'load' });
    for (const width of widths) print(width, await look(opened, width));
  } catch (error) {
    print(widths[0], { failure: String(error).split('\n')[0] });
  }
}

// A browser starts slowly and so does a tab: each worker keeps the one that it has.
async function work(queue) {
  const opened = await openTab();
  for (let next = queue.shift(); next; next = queue.shift()) {
    for (const way of job.visits) await visit(opened, next, way);
    await opened.tab.goto('about:blank'); // what the page says from now on is nobody's
    for (const list of Object.values(opened.seen)) list.clear();
  }
}

const queue = job.mounts.flatMap(({ file, path: place, pages }, mount) => pages.map(page =>
  ({ file, page, address: `http://${mount}.localhost:${port}${encodeURI(place)}${page.split('/').map(encodeURIComponent).join('/')}` })));
await Promise.all(Array.from({ length: WORKERS }, () => work(queue)));
await browser.close();
server.close();
