const FormData = require('form-data');
exports = async (url) => {
  const form = new FormData();
  form.append('name', 'Ann');
  form.append('file', require('buffer').Buffer.from('content'), { filename: 'a.txt', contentType: 'text/plain' });
  const got = await require('axios').post(url + '/json', form, { headers: form.getHeaders() });
  equal([/^multipart\/form-data; boundary=/.test(got.data.headers['content-type']), /filename="a.txt"\r\nContent-Type: text\/plain\r\n\r\ncontent\r\n/.test(got.data.body)], [true, true]);
  const other = new FormData();
  other.append('a', 'b');
  const { request } = require('http');
  const status = await new Promise((resolve, reject) => other.submit(url + '/json', (e, res) => (e ? reject(e) : resolve(res.statusCode))));
  equal([status, typeof request], [200, 'function']);
};
