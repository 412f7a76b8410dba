const fetch = require('node-fetch');
exports = async (url) => {
  const got = await fetch(url + '/json?q=1', { headers: { 'X-Test': '1' } });
  equal([got.ok, got.status, got.headers.get('content-type')], [true, 200, 'application/json']);
  equal((await got.json()).headers['x-test'], '1');
  equal(await (await fetch(url + '/echo', { method: 'POST', body: JSON.stringify({ a: 'é' }) })).json(), { a: 'é' });
  equal(await (await fetch(url + '/gzip')).json(), { zipped: true });
  equal((await fetch(url + '/redirect')).url, url + '/json');
  equal((await (await fetch(url + '/bytes')).buffer()).toString('hex'), '00ff10');
  equal((await fetch(url + '/missing')).status, 404);
  equal((await fetch('http://127.0.0.2:1/').catch((e) => e)).code, 'ECONNREFUSED');
};
