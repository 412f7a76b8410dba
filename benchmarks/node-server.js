// A plain Node server that runs one function file of an app for every POST: what Berth is compared
// with. Usage: node node-server.js FUNCTION_FILE
'use strict';

const fs = require('node:fs');
const http = require('node:http');
const vm = require('node:vm');

const file = process.argv[2];
const source = fs.readFileSync(file, 'utf8');
const run = vm.runInThisContext(`(exports) => {${source}\n;return exports}`, { filename: file })({});

const server = http.createServer((incoming, outgoing) => {
  const chunks = [];
  incoming.on('data', (chunk) => chunks.push(chunk));
  incoming.on('end', async () => {
    const body = Buffer.concat(chunks);
    try {
      await run(
        { body: { text: () => body.toString('utf8') } },
        {
          setStatusCode: (status) => (outgoing.statusCode = status),
          setHeader: (name, value) => outgoing.setHeader(name, value),
          setBody: (content) => outgoing.end(content),
        },
      );
    } catch (error) {
      outgoing.statusCode = 500;
      outgoing.end(String(error));
    }
  });
});

server.listen(0, '127.0.0.1', () => {
  console.log(`listening ${server.address().port} / Node ${process.version}`);
});
