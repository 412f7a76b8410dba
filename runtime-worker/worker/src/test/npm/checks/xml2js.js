const xml2js = require('xml2js');
exports = async () => {
  equal(await xml2js.parseStringPromise('<a x="1"><b>c &amp; d</b><b/></a>'), { a: { $: { x: '1' }, b: ['c & d', ''] } });
  equal(new xml2js.Builder({ headless: true, renderOpts: { pretty: false } }).buildObject({ a: { b: 1 } }), '<a><b>1</b></a>');
};
