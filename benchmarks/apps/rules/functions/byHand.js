// What the rule of the collection permits, asked for by hand.
exports = async function byHand() {
  const found = await context.services.get('mongodb-atlas').db('bench').collection('things').find({ group: 7 }).toArray();
  return { found: found.length };
};
