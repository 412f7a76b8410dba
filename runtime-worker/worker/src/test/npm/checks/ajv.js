const Ajv = require('ajv');
exports = () => {
  const validate = new Ajv({ allErrors: true }).compile({ type: 'object', required: ['a'], properties: { a: { type: 'integer' }, b: { enum: ['x'] } } });
  equal([validate({ a: 1 }), validate({ a: 'x', b: 'y' }), validate.errors.length], [true, false, 2]);
};
