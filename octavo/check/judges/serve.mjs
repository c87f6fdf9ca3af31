// Serves finished outputs on the loopback interface, each folder or page that stands alone from a host of its own: the
// number of its mount, below `localhost`, which browsers take for the loopback.
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';

const TYPES = {
  '.html': 'text/html; charset=utf-8', '.xhtml': 'application/xhtml+xml', '.css': 'text/css', '.js': 'text/javascript',
  '.mjs': 'text/javascript', '.json': 'application/json', '.svg': 'image/svg+xml', '.png': 'image/png',
  '.jpg': 'image/jpeg', '.jpeg': 'image/jpeg', '.gif': 'image/gif', '.webp': 'image/webp', '.avif': 'image/avif',
  '.woff2': 'font/woff2', '.xml': 'application/xml',
};

/** Return the file that a path on the host of a mount stands for, or null. */
function fileAt(mounts, host, url) {
  const { file: root, path: place } = mounts[host?.split('.')[0]] ?? {};
  const asked = decodeURIComponent(new URL(url, 'http://localhost').pathname);
  if (!root || !asked.startsWith(place)) return null;
  const name = asked.slice(place.length);
  if (fs.statSync(root).isFile()) return name === path.basename(root) ? root : null;
  const file = path.join(root, name);
  return file.startsWith(root + path.sep) && fs.existsSync(file) && fs.statSync(file).isFile() ? file : null;
}

/** Serve mounts, each { file, path }, below their paths; return the server and its port. */
export async function serve(mounts) {
  const server = http.createServer((request, response) => {
    const file = fileAt(mounts, request.headers.host, request.url);
    if (!file) {
      response.writeHead(request.url === '/favicon.ico' ? 204 : 404); // the browser's own wish, not the page's
      return response.end();
    }
    response.writeHead(200, { 'content-type': TYPES[path.extname(file)] || 'application/octet-stream' });
    return fs.createReadStream(file).pipe(response);
  }).listen(0, '127.0.0.1');
  await new Promise(done => server.once('listening', done));
  return { server, port: server.address().port };
}
