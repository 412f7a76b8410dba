const { parse } = require('csv-parse');
const { parse: parseSync } = require('csv-parse/sync');
exports = async () => {
  equal(parseSync('a,b\n1,"x, ""y"""\n', { columns: true }), [{ a: '1', b: 'x, "y"' }]);
  equal(await new Promise((resolve, reject) => parse('1;2\n3;4', { delimiter: ';' }, (e, rows) => (e ? reject(e) : resolve(rows)))), [['1', '2'], ['3', '4']]);
};
