// Documents of a collection of which the rule permits all, asked for by hand.
exports = async function byHand() {
  const found = await context.services.get('mongodb-atlas').db('bench').collection('open').find({ group: 7 }).toArray();
  return { found: found.length };
};
