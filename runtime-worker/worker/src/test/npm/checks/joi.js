const Joi = require('joi');
exports = () => {
  const schema = Joi.object({ name: Joi.string().min(3).required(), email: Joi.string().email(), age: Joi.number().integer().default(1) });
  equal(schema.validate({ name: 'Ann', email: 'a@b.com' }).value, { name: 'Ann', email: 'a@b.com', age: 1 });
  equal(schema.validate({ name: 'A' }).error.message, '"name" length must be at least 3 characters long');
};
