const typeOf = (value) => {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value !== 'object') return typeof value;
  if (value instanceof Date) return 'Date';
  for (const name of ['ObjectId', 'Decimal128', 'Binary', 'BSONRegExp']) if (value instanceof BSON[name]) return name;
  return 'object';
};
exports = (...values) => values.map(typeOf);
