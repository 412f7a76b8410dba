// `util.inspect` and `util.format`.
const custom = Symbol.for('nodejs.util.inspect.custom');
const hasOwn = (object, key) => Object.prototype.hasOwnProperty.call(object, key);
const tagOf = (value) => Object.prototype.toString.call(value).slice(8, -1);

const quote = (text) => {
  const escaped = text.replace(/[\n\t\r\b\f\v\\\x00-\x1f\x7f]/g, (unit) => {
    const known = { '\n': '\\n', '\t': '\\t', '\r': '\\r', '\b': '\\b', '\f': '\\f', '\v': '\\v', '\\': '\\\\' }[unit];
    return known || '\\x' + unit.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0');
  });
  if (!escaped.includes("'")) return `'${escaped}'`;
  if (!escaped.includes('"')) return `"${escaped}"`;
  return escaped.includes('`') ? `'${escaped.replace(/'/g, "\\'")}'` : '`' + escaped + '`';
};

const primitive = (value) => {
  switch (typeof value) {
    case 'string':
      return quote(value);
    case 'bigint':
      return value + 'n';
    case 'symbol':
      return value.toString();
    case 'number':
      return Object.is(value, -0) ? '-0' : '' + value;
    default:
      return '' + value;
  }
};

const keyText = (key) => (typeof key === 'symbol' ? `[${key.toString()}]` : /^[A-Za-z_$][\w$]*$/.test(key) ? key : quote(key));

const className = (value) => {
  const prototype = Object.getPrototypeOf(value);
  if (prototype === null) return '[Object: null prototype]';
  for (let at = prototype; at !== null; at = Object.getPrototypeOf(at)) {
    const made = Object.getOwnPropertyDescriptor(at, 'constructor');
    if (made && typeof made.value === 'function' && made.value.name) return made.value.name;
  }
  return 'Object';
};

const property = (state, value, key, depth) => {
  const found = Object.getOwnPropertyDescriptor(value, key);
  if (found && (found.get || found.set)) return found.get ? (found.set ? '[Getter/Setter]' : '[Getter]') : '[Setter]';
  return show(state, found ? found.value : value[key], depth + 1);
};

const named = (state, value, depth, skip) => {
  const keys = state.showHidden ? Reflect.ownKeys(value) : [...Object.keys(value), ...Object.getOwnPropertySymbols(value).filter((each) => Object.prototype.propertyIsEnumerable.call(value, each))];
  return keys.filter((key) => !skip(key)).map((key) => `${keyText(key)}: ${property(state, value, key, depth)}`);
};

const isIndex = (key) => typeof key === 'string' && /^(?:0|[1-9]\d{0,9})$/.test(key);
const never = () => false;

const listed = (state, length, at, depth) => {
  const shown = Math.min(length, state.maxArrayLength);
  const out = [];
  for (let i = 0; i < shown; i++) out.push(at(i));
  if (length > shown) out.push(`... ${length - shown} more item${length - shown > 1 ? 's' : ''}`);
  void depth;
  return out;
};

const errorText = (value) => (typeof value.stack === 'string' && value.stack ? value.stack : Error.prototype.toString.call(value));

// The braces, and what stands between them.
const parts = (state, value, depth) => {
  const name = className(value);
  const tag = tagOf(value);
  if (Array.isArray(value)) {
    const items = listed(state, value.length, (i) => (hasOwn(value, i) ? property(state, value, i, depth) : '<empty item>'), depth);
    return [name === 'Array' ? '[' : `${name}(${value.length}) [`, ']', [...items, ...named(state, value, depth, isIndex)]];
  }
  if (ArrayBuffer.isView(value) && tag !== 'DataView') {
    const items = listed(state, value.length, (i) => primitive(value[i]), depth);
    return [`${name}(${value.length}) [`, ']', items];
  }
  if (value instanceof Map) {
    const entries = [...value].slice(0, state.maxArrayLength);
    return [`Map(${value.size}) {`, '}', entries.map(([key, each]) => `${show(state, key, depth + 1)} => ${show(state, each, depth + 1)}`)];
  }
  if (value instanceof Set) {
    return [`Set(${value.size}) {`, '}', [...value].slice(0, state.maxArrayLength).map((each) => show(state, each, depth + 1))];
  }
  const items = named(state, value, depth, never);
  if (typeof value === 'function') {
    const isClass = /^class\b/.test(Function.prototype.toString.call(value));
    const text = isClass ? `[class ${value.name || '(anonymous)'}]` : `[Function${value.name ? ': ' + value.name : ' (anonymous)'}]`;
    return items.length === 0 ? text : [text + ' {', '}', items];
  }
  if (value instanceof Error) return items.length === 0 ? errorText(value) : [errorText(value) + ' {', '}', items];
  if (value instanceof Date) return isNaN(value) ? 'Invalid Date' : Date.prototype.toISOString.call(value);
  if (value instanceof RegExp) return RegExp.prototype.toString.call(value);
  if (value instanceof Promise) return 'Promise { ... }';
  if (value instanceof Number || value instanceof String || value instanceof Boolean) return `[${tag}: ${primitive(value.valueOf())}]`;
  if (tag === 'Arguments') return ['[Arguments] [', ']', listed(state, value.length, (i) => property(state, value, i, depth), depth)];
  if (value instanceof WeakMap || value instanceof WeakSet) return `${name} { <items unknown> }`;
  const label = name === 'Object' ? (tag === 'Object' ? '' : `Object [${tag}] `) : tag !== 'Object' && tag !== name ? `${name} [${tag}] ` : name + ' ';
  return [label + '{', '}', items];
};

const joined = (state, [open, close, items], depth) => {
  if (items.length === 0) return open + close;
  const length = items.reduce((sum, each) => sum + each.length + 2, open.length);
  if (state.breakLength === Infinity || (length <= Math.min(72, state.breakLength) && !items.some((each) => each.includes('\n')))) {
    return `${open} ${items.join(', ')} ${close}`;
  }
  const indent = '  '.repeat(depth + 1);
  return `${open}\n${indent}${items.join(',\n' + indent)}\n${'  '.repeat(depth)}${close}`;
};

const show = (state, value, depth) => {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return primitive(value);
  if (state.customInspect) {
    const own = value[custom];
    if (typeof own === 'function' && own !== inspect) {
      const options = { ...state.options, depth: state.depth === null ? null : state.depth - depth, stylize: (text) => text };
      const said = own.call(value, options.depth, options, inspect);
      if (said !== value) return typeof said === 'string' ? said : show(state, said, depth);
    }
  }
  if (state.seen.includes(value)) return '[Circular *1]';
  if (state.depth !== null && depth > state.depth) return Array.isArray(value) ? '[Array]' : `[${className(value)}]`;
  state.seen.push(value);
  try {
    const out = parts(state, value, depth);
    return typeof out === 'string' ? out : joined(state, out, depth);
  } finally {
    state.seen.pop();
  }
};

const inspect = (value, options, ...older) => {
  const given = typeof options === 'boolean' ? { showHidden: options, depth: older[0] } : options || {};
  const state = {
    options: given,
    showHidden: Boolean(given.showHidden),
    depth: given.depth === undefined ? 2 : given.depth === Infinity ? null : given.depth,
    customInspect: given.customInspect !== false,
    maxArrayLength: given.maxArrayLength === undefined ? 100 : given.maxArrayLength === null ? Infinity : given.maxArrayLength,
    breakLength: given.breakLength === undefined ? 80 : given.breakLength,
    seen: [],
  };
  return show(state, value, 0);
};
inspect.custom = custom;
inspect.defaultOptions = {};
inspect.colors = {};
inspect.styles = {};

const formatWithOptions = (options, ...args) => {
  const [first, ...rest] = args;
  if (typeof first !== 'string') return args.map((each) => (typeof each === 'string' ? each : inspect(each, options))).join(' ');
  const text = first.replace(/%[sdifjoOc%]/g, (mark) => {
    if (mark === '%%') return rest.length === args.length - 1 && args.length === 1 ? mark : '%';
    if (rest.length === 0) return mark;
    const value = rest.shift();
    switch (mark) {
      case '%s':
        return typeof value === 'string' ? value : typeof value === 'object' && value !== null ? inspect(value, { ...options, depth: 0 }) : primitive(value);
      case '%d':
        return typeof value === 'bigint' ? value + 'n' : typeof value === 'symbol' ? 'NaN' : primitive(Number(value));
      case '%i':
        return typeof value === 'bigint' ? value + 'n' : '' + parseInt(value, 10);
      case '%f':
        return '' + parseFloat(value);
      case '%j':
        try {
          return JSON.stringify(value);
        } catch {
          return '[Circular]';
        }
      case '%c':
        return '';
      default:
        return inspect(value, mark === '%o' ? { ...options, showHidden: true, depth: 4 } : options);
    }
  });
  return [text, ...rest.map((each) => (typeof each === 'string' ? each : inspect(each, options)))].join(' ');
};

module.exports = { inspect, formatWithOptions, format: (...args) => formatWithOptions({}, ...args) };
