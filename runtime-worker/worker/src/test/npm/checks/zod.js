const { z } = require('zod');
exports = () => {
  const schema = z.object({ name: z.string().min(2), tags: z.array(z.string()).default([]), at: z.coerce.date().optional() });
  equal(schema.parse({ name: 'Ann' }), { name: 'Ann', tags: [] });
  const failed = schema.safeParse({ name: 1 });
  equal([failed.success, failed.error.issues[0].path], [false, ['name']]);
};
