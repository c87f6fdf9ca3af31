// Serves finished outputs on the loopback interface, each folder or page that stands alone under a number of its own.
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';

const TYPES = {
  '.html': 'text/html; charset=utf-8', '.xhtml': 'application/xhtml+xml', '.css': 'text/css', '.js': 'text/javascript',
  '.mjs': 'text/javascript', '.json': 'application/json', '.svg': 'image/svg+xml', '.png': 'image/png',
  '.jpg': 'image/jpeg', '.jpeg': 'image/jpeg', '.gif': 'image/gif', '.webp': 'image/webp', '.avif': 'image/avif',
  '.woff2': 'font/woff2', '.xml': 'application/xml',
};

/** Return the file that an address stands for, or null. */
function fileAt(address, roots) {
  const [, mount, ...names] = decodeURIComponent(new URL(address, 'http://localhost').pathname).split('/');
  const root = roots[mount];
  if (!root) return null;
  if (fs.statSync(root).isFile()) return names.join('/') === path.basename(root) ? root : null;
  const file = path.join(root, ...names);
  return file.startsWith(root + path.sep) && fs.existsSync(file) && fs.statSync(file).isFile() ? file : null;
}

/** Start to serve, and return the server and the address that all paths begin with. */
export async function serve(roots) {
  const server = http.createServer((request, response) => {
    const file = fileAt(request.url, roots);
    if (!file) {
      response.writeHead(request.url === '/favicon.ico' ? 204 : 404); // the browser's own wish, not the page's
      return response.end();
    }
    response.writeHead(200, { 'content-type': TYPES[path.extname(file)] || 'application/octet-stream' });
    return fs.createReadStream(file).pipe(response);
  }).listen(0, '127.0.0.1');
  await new Promise(done => server.once('listening', done));
  return { server, base: `http://127.0.0.1:${server.address().port}/` };
}
