// node visits_run.mjs JOB.json: goes through visits to pages in one browser, and prints a JSON line a visit.
//
// The job: { chromium, flags, roots, visits }. A visit: { name, root, page, disk, scripts, scheme, width, steps }, where
// root is a number in roots, and `disk` tells that the page is opened from a file: address. A step is [verb, ...arguments],
// one of those below; what verbs return is printed in order, with every address that was asked for and every complaint.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { serve } from '../../octavo/check/judges/serve.mjs';

const require = createRequire(process.env.OCTAVO_NODE_MODULES + '/');
const { chromium } = require('playwright-core');
const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const job = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));
const PATIENCE = 20_000; // ms for what is waited for: a busy machine needs some seconds
const WORKERS = 2;

const { server, port } = await serve(job.roots.map(file => ({ file, path: '/' })));
const browser = await chromium.launch({ executablePath: job.chromium, args: job.flags });

const VERBS = {
  open: (tab, address) => tab.goto(new URL(address, tab.url()).href).then(() => {}),
  press: (tab, key) => tab.keyboard.press(key),
  type: (tab, text) => tab.keyboard.insertText(text),
  click: (tab, selector) => tab.click(selector, { timeout: PATIENCE }),
  reload: tab => tab.reload().then(() => {}),
  scheme: (tab, colorScheme) => tab.emulateMedia({ colorScheme }),
  print: tab => tab.emulateMedia({ media: 'print' }),
  size: (tab, width) => tab.setViewportSize({ width, height: 900 }),
  wait: (tab, expression) => tab.waitForFunction(expression, null, { timeout: PATIENCE }).then(() => {}),
  tell: (tab, expression) => tab.evaluate(expression),
  picture: (tab, path) => tab.screenshot({ path }).then(() => {}),
  crawl: crawlByLinks,
  walk: walkByTab,
  judge: judgeByAxe,
};

/** Press Tab until it comes round; return what had the focus, and what was never reached though it can be used. */
async function walkByTab(tab) {
  await tab.evaluate(() => {
    const usable = 'a[href], button, input, select, textarea, summary, [tabindex="0"], [onclick]';
    const box = document.querySelector('dialog[open]') ?? document;
    globalThis.left = new Set([...box.querySelectorAll(usable)].filter(each => each.checkVisibility({ visibilityProperty: true })));
    globalThis.reached = [];
    globalThis.faint = [];
  });
  const many = 50 + await tab.evaluate(() => globalThis.left.size);
  for (let press = 0; press < many; press++) {
    await tab.keyboard.press('Tab');
    const isRound = await tab.evaluate(() => {
      const focused = document.activeElement;
      if (!globalThis.left.has(focused)) return focused !== document.body && globalThis.reached.includes(focused);
      globalThis.left.delete(focused);
      globalThis.reached.push(focused);
      const { outlineStyle, outlineWidth } = getComputedStyle(focused);
      if (outlineStyle === 'none' || outlineWidth === '0px') globalThis.faint.push(focused);
      return false;
    });
    if (isRound) break;
  }
  return tab.evaluate(() => {
    const shown = each => each.outerHTML.replace(/\s+/g, ' ').slice(0, 120);
    return { reached: globalThis.reached.length, left: [...globalThis.left].map(shown), faint: globalThis.faint.map(shown) };
  });
}

/** Follow every link that is seen, and return the pages that are reached: their addresses without what stands before. */
async function crawlByLinks(tab) {
  const folder = new URL('.', tab.url()).href;
  const reached = new Set([tab.url()]);
  for (const page of reached) {
    await tab.goto(page);
    const links = await tab.locator('a[href]:visible').evaluateAll(all => all.map(link => link.href.split('#')[0]));
    const isPage = link => link.startsWith(folder) && link.endsWith('.html'); // and no book to be downloaded
    links.filter(isPage).forEach(link => reached.add(link));
  }
  return [...reached].map(page => page.slice(folder.length));
}

async function judgeByAxe(tab) {
  await tab.evaluate(axe);
  const { violations } = await tab.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  const overflow = await tab.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  const said = violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 160)} ${nodes[0].failureSummary}`);
  return overflow > 0 ? [...said, `wider than the screen by ${overflow} px`] : said;
}

async function go({ name, root, page, disk, scripts, scheme, width, steps }) {
  const context = await browser.newContext({
    javaScriptEnabled: scripts, colorScheme: scheme, reducedMotion: 'reduce', viewport: { width, height: 900 },
  });
  const requests = [];
  const complaints = [];
  const told = [];
  try {
    const tab = await context.newPage();
    const at = disk ? pathToFileURL(path.join(job.roots[root], page)).href : `http://${root}.localhost:${port}/${page}`;
    tab.on('request', request => requests.push(request.url()));
    tab.on('pageerror', error => complaints.push(String(error)));
    tab.on('console', message => message.type() === 'error' && complaints.push(message.text()));
    await tab.goto(at);
    for (const [verb, ...given] of steps) {
      const result = await VERBS[verb](tab, ...given);
      if (result !== undefined) told.push(result);
    }
  } catch (error) {
    complaints.push(String(error).split('\n')[0]);
  } finally {
    await context.close();
  }
  console.log(JSON.stringify({ name, told, requests, complaints }));
}

const queue = [...job.visits];
async function work() {
  for (let next = queue.shift(); next; next = queue.shift()) await go(next);
}
await Promise.all(Array.from({ length: WORKERS }, work));
await browser.close();
server.close();
