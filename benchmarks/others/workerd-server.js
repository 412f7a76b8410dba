// Starts workerd and says where it listens, in the words of the other servers that are measured.
'use strict';

const { spawn } = require('node:child_process');
const path = require('node:path');
const readline = require('node:readline');

// A script of the package would put this binary into its place; no scripts are run.
const machine = `${process.platform}-${process.arch === 'x64' ? '64' : process.arch}`;
const binary = require.resolve(`@cloudflare/workerd-${machine}/bin/workerd`);
const { version } = require('workerd/package.json');

const workerd = spawn(binary, ['serve', path.join(__dirname, 'workerd.capnp'), '--control-fd=3'], {
  stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
});
readline.createInterface({ input: workerd.stdio[3] }).on('line', (line) => {
  const said = JSON.parse(line);
  if (said.event === 'listen') {
    console.log(`listening ${said.port} /hello workerd ${version}`);
  }
});
workerd.on('exit', (code) => process.exit(code ?? 1));
process.on('SIGTERM', () => workerd.kill());
