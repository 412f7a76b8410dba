// Everything, of which the rule of the collection permits a thousandth.
exports = async function byRule() {
  const found = await context.services.get('mongodb-atlas').db('bench').collection('things').find().toArray();
  return { found: found.length };
};
