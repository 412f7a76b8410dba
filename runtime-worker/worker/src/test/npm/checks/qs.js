const qs = require('qs');
exports = () => {
  equal(qs.parse('a[b][c]=d&e[]=1&e[]=2'), { a: { b: { c: 'd' } }, e: ['1', '2'] });
  equal(qs.stringify({ a: { b: 'c d' }, e: [1, 2] }, { encodeValuesOnly: true }), 'a[b]=c%20d&e[0]=1&e[1]=2');
};
