// Turns an ES module into a script that does the same when `require` runs it: imports become
// `require`, each use of an imported name a look at the other module, and each export a getter, so that
// bindings stay live. Lines stay where they are.
//
// It runs in a context of its own, with acorn and without any app code (see EsModules). The answer is
// `=` and the script, or `!` and why there is none.
globalThis.toScript = (text) => {
  'use strict';

  const nameOf = (node) => (node.type === 'Literal' ? node.value : node.name);
  const isFunction = (node) => /^(?:Function|ArrowFunction)/.test(node.type);

  const tree = () =>
    globalThis.acorn.parse(text, {
      ecmaVersion: 'latest',
      sourceType: 'module',
      allowHashBang: true,
      allowAwaitOutsideFunction: false,
    });

  // ---- names that a scope declares

  const patternNames = (node, names) => {
    if (node === null) return;
    switch (node.type) {
      case 'Identifier':
        names.add(node.name);
        break;
      case 'ObjectPattern':
        for (const property of node.properties) patternNames(property.value || property.argument, names);
        break;
      case 'ArrayPattern':
        for (const element of node.elements) patternNames(element, names);
        break;
      case 'AssignmentPattern':
        patternNames(node.left, names);
        break;
      case 'RestElement':
        patternNames(node.argument, names);
        break;
      default:
    }
  };

  const children = (node, visit) => {
    for (const key in node) {
      const value = node[key];
      if (Array.isArray(value)) {
        for (const each of value) if (each && typeof each.type === 'string') visit(each, key);
      } else if (value && typeof value.type === 'string') visit(value, key);
    }
  };

  const varNames = (node, names) => {
    children(node, (child) => {
      if (isFunction(child)) return;
      if (child.type === 'VariableDeclaration' && child.kind === 'var') {
        for (const each of child.declarations) patternNames(each.id, names);
      }
      varNames(child, names);
    });
  };

  const lexicalNames = (statements, names) => {
    for (const each of statements) {
      const node = (each && /^Export/.test(each.type) && each.declaration) || each;
      if (!node) continue;
      if (node.type === 'VariableDeclaration') for (const one of node.declarations) patternNames(one.id, names);
      else if (/^(?:Function|Class)Declaration$/.test(node.type) && node.id) names.add(node.id.name);
    }
  };

  const declared = (node) => {
    const names = new Set();
    if (isFunction(node)) {
      if (node.id && node.type === 'FunctionExpression') names.add(node.id.name);
      for (const param of node.params) patternNames(param, names);
      if (node.type !== 'ArrowFunctionExpression') names.add('arguments');
      varNames(node.body, names);
    } else if (node.type === 'ClassExpression' && node.id) names.add(node.id.name);
    else if (node.type === 'BlockStatement' || node.type === 'StaticBlock') lexicalNames(node.body, names);
    else if (node.type === 'SwitchStatement') for (const one of node.cases) lexicalNames(one.consequent, names);
    else if (node.type === 'CatchClause' && node.param) patternNames(node.param, names);
    else if (/^For/.test(node.type)) lexicalNames([node.init || node.left], names);
    return names;
  };

  // ---- imports and exports

  const edits = [];
  const replace = (start, end, by) => edits.push({ start, end, by });
  // Only the line breaks of what goes stay.
  const remove = (start, end) => replace(start, end, text.slice(start, end).replace(/[^\n]+/g, ''));

  const sources = [];
  const sourceAt = (node) => {
    const at = sources.indexOf(node.source.value);
    return at >= 0 ? at : sources.push(node.source.value) - 1;
  };
  const imported = new Map();
  const exported = [];
  const stars = [];
  const member = (name) => (/^[\w$]+$/.test(name) && !/^\d/.test(name) ? '.' + name : '[' + JSON.stringify(name) + ']');
  const from = (at, name) => (name === 'default' ? `__b_d${at}.default` : `__b_m${at}${member(name)}`);

  const readImport = (node) => {
    const at = sourceAt(node);
    for (const each of node.specifiers) {
      if (each.type === 'ImportNamespaceSpecifier') imported.set(each.local.name, `__b_n${at}`);
      else imported.set(each.local.name, from(at, each.type === 'ImportDefaultSpecifier' ? 'default' : nameOf(each.imported)));
    }
    remove(node.start, node.end);
  };

  const readDefault = (node) => {
    const { declaration } = node;
    const named = /^(?:Function|Class)Declaration$/.test(declaration.type) && declaration.id;
    exported.push(['default', named ? declaration.id.name : '__b_default']);
    if (named) remove(node.start, declaration.start);
    else if (declaration.type === 'FunctionDeclaration') {
      remove(node.start, declaration.start);
      const open = text.indexOf('(', declaration.start);
      replace(open, open, ' __b_default');
    } else {
      remove(node.start, declaration.start);
      replace(declaration.start, declaration.start, 'const __b_default = ');
    }
  };

  const readExport = (node) => {
    if (node.type === 'ExportDefaultDeclaration') return readDefault(node);
    if (node.type === 'ExportAllDeclaration') {
      const at = sourceAt(node);
      if (node.exported) exported.push([nameOf(node.exported), `__b_n${at}`]);
      else stars.push(at);
      return remove(node.start, node.end);
    }
    if (node.declaration) {
      const names = new Set();
      lexicalNames([node.declaration], names);
      for (const name of names) exported.push([name, name]);
      return remove(node.start, node.declaration.start);
    }
    const at = node.source ? sourceAt(node) : -1;
    for (const each of node.specifiers) {
      const local = nameOf(each.local);
      exported.push([nameOf(each.exported), at >= 0 ? from(at, local) : local]);
    }
    return remove(node.start, node.end);
  };

  // ---- uses of imported names

  let usesMeta = false;
  const statementStarts = new Set();

  const use = (node, parent, key) => {
    const by = imported.get(node.name);
    if ((parent.type === 'CallExpression' && key === 'callee') || (parent.type === 'TaggedTemplateExpression' && key === 'tag')) {
      // Called without `this`; no parenthesis where a line may begin that the one before would go on with.
      return replace(node.start, node.end, statementStarts.has(node.start) ? `__b_f(${by})` : `(0,${by})`);
    }
    return replace(node.start, node.end, by);
  };

  const isNoReference = (parent, key) =>
    !parent.computed &&
    ((parent.type === 'MemberExpression' && key === 'property') ||
      (/^(?:Property|MethodDefinition|PropertyDefinition)$/.test(parent.type) && key === 'key') ||
      /^(?:LabeledStatement|BreakStatement|ContinueStatement|MetaProperty)$/.test(parent.type) && key !== 'body');

  const walk = (node, parent, key, scopes, inFunction) => {
    if (node.type === 'ImportDeclaration' || node.type === 'ExportAllDeclaration') return;
    if (node.type === 'ExportNamedDeclaration' && !node.declaration) return;
    if (node.type === 'ExpressionStatement') statementStarts.add(node.start);
    if (node.type === 'Identifier') {
      if (imported.has(node.name) && !isNoReference(parent, key) && !scopes.some((names) => names.has(node.name))) use(node, parent, key);
      return;
    }
    if (node.type === 'Property' && node.shorthand) {
      const { value } = node;
      const { name } = node.key;
      if (value.type === 'Identifier') {
        if (imported.has(name) && !scopes.some((names) => names.has(name))) replace(value.start, value.end, `${name}:${imported.get(name)}`);
      } else walk(value, node, 'value', scopes, inFunction);
      return;
    }
    if (node.type === 'ThisExpression' && !inFunction) return replace(node.start, node.end, 'undefined');
    if (node.type === 'ImportExpression') replace(node.start, node.start + 6, '__b_import');
    if (node.type === 'MetaProperty' && node.meta.name === 'import') {
      usesMeta = true;
      return replace(node.start, node.end, '__b_meta');
    }
    const names = declared(node);
    const inner = names.size > 0 ? [...scopes, names] : scopes;
    const ownThis = inFunction || (isFunction(node) && node.type !== 'ArrowFunctionExpression') || node.type === 'ClassBody';
    children(node, (child, childKey) => walk(child, node, childKey, inner, ownThis));
  };

  // ---- the whole

  const header = (namespaces) => {
    const lines = [
      '"use strict";Object.defineProperty(exports,"__esModule",{value:true});',
      'const __b_e=(name,get)=>Object.defineProperty(exports,name,{enumerable:true,configurable:true,get}),__b_f=(f)=>f,',
      '__b_ns=(m)=>m!=null&&m.__esModule?m:Object.assign({__proto__:null},m,{default:m}),',
      '__b_import=(name)=>Promise.resolve().then(()=>__b_ns(require(String(name))));',
    ];
    if (usesMeta) lines.push('const __b_meta={url:"file://"+__filename,filename:__filename,dirname:__dirname};');
    for (const [name, local] of exported) {
      lines.push(`__b_e(${JSON.stringify(name)},()=>${imported.has(local) ? imported.get(local) : local});`);
    }
    sources.forEach((source, at) => {
      lines.push(`const __b_m${at}=require(${JSON.stringify(source)}),__b_d${at}=__b_m${at}!=null&&__b_m${at}.__esModule?__b_m${at}:{default:__b_m${at}};`);
      if (namespaces.has(at)) lines.push(`const __b_n${at}=__b_ns(__b_m${at});`);
    });
    for (const at of stars) {
      lines.push(`for(const k of Object.keys(Object(__b_m${at})))if(k!=="default"&&!Object.hasOwn(exports,k))__b_e(k,()=>__b_m${at}[k]);`);
    }
    return lines.join('');
  };

  try {
    const program = tree();
    for (const node of program.body) {
      if (node.type === 'ImportDeclaration') readImport(node);
      else if (/^Export/.test(node.type)) readExport(node);
    }
    children(program, (child, key) => walk(child, program, key, [], false));

    const namespaces = new Set();
    const all = [...imported.values(), ...exported.map(([, local]) => local)];
    for (const each of all) {
      const match = /^__b_n(\d+)$/.exec(each);
      if (match) namespaces.add(Number(match[1]));
    }
    edits.sort((a, b) => a.start - b.start || a.end - b.end);
    let out = '';
    let at = 0;
    for (const { start, end, by } of edits) {
      out += text.slice(at, start) + by;
      at = end;
    }
    out += text.slice(at);
    return '=' + header(namespaces) + out;
  } catch (error) {
    return '!' + (error instanceof Error ? error.message : 'no ES module');
  }
};
