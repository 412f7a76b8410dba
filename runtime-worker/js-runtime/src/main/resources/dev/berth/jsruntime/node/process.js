// `process`: enough for packages that look where they run. There is no environment and no other process.
const EventEmitter = require('events');

const started = Date.now();
const process = new EventEmitter();
const nothing = () => process;

Object.assign(process, {
  title: 'node',
  version: 'v20.11.0',
  versions: { node: '20.11.0', v8: '11.3.244', berth: '0.1.0' },
  arch: 'x64',
  platform: 'linux',
  release: { name: 'node' },
  argv: ['node', 'function'],
  execArgv: [],
  execPath: '/usr/bin/node',
  env: {},
  pid: 1,
  ppid: 0,
  exitCode: undefined,
  config: {},
  features: {},
  browser: false,
  nextTick: (callback, ...args) => host.later(callback, args),
  cwd: () => '/',
  umask: () => 0o22,
  uptime: () => (Date.now() - started) / 1000,
  hrtime: Object.assign(
    (before) => {
      const now = Date.now();
      const [seconds, nanos] = [Math.floor(now / 1000), (now % 1000) * 1e6];
      if (!before) return [seconds, nanos];
      const difference = nanos - before[1];
      return difference < 0 ? [seconds - before[0] - 1, difference + 1e9] : [seconds - before[0], difference];
    },
    { bigint: () => BigInt(Date.now()) * 1000000n },
  ),
  memoryUsage: () => ({ rss: 0, heapTotal: 0, heapUsed: 0, external: 0, arrayBuffers: 0 }),
  cpuUsage: () => ({ user: 0, system: 0 }),
  emitWarning: (warning) => console.warn(warning instanceof Error ? warning.message : String(warning)),
  binding: () => {
    throw new Error('process.binding is not supported');
  },
  exit: () => {
    throw new Error('process.exit is not supported: return from the function');
  },
  kill: () => {
    throw new Error('process.kill is not supported');
  },
  chdir: () => {
    throw new Error('process.chdir is not supported');
  },
  on: nothing,
  once: nothing,
  addListener: nothing,
  prependListener: nothing,
  off: nothing,
  removeListener: nothing,
  removeAllListeners: nothing,
  emit: () => false,
});
process.stdout = { isTTY: false, fd: 1, columns: 80, write: (text) => (console.log(String(text).replace(/\n$/, '')), true) };
process.stderr = { isTTY: false, fd: 2, columns: 80, write: (text) => (console.error(String(text).replace(/\n$/, '')), true) };
process.stdin = { isTTY: false, fd: 0 };
Object.defineProperty(process, Symbol.toStringTag, { value: 'process', configurable: true });
module.exports = process;
