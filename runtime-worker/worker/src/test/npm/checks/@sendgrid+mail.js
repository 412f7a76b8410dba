const sendgrid = require('@sendgrid/mail');
exports = async (url) => {
  sendgrid.setApiKey('SG.key');
  sendgrid.client.setDefaultRequest('baseUrl', url);
  const [response] = await sendgrid.send({ to: 'a@b.c', from: 'd@e.f', subject: 'Hi', text: 'there' });
  equal([response.statusCode, response.body.path, response.body.headers.authorization], [200, '/v3/mail/send', 'Bearer SG.key']);
  equal(JSON.parse(response.body.body).personalizations[0].to[0].email, 'a@b.c');
};
