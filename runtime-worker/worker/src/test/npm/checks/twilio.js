const twilio = require('twilio');
exports = async (url) => {
  const client = twilio('AC' + '0'.repeat(32), 'token');
  const response = await client.request({ method: 'POST', uri: url + '/Messages.json', headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, data: { To: '+1', Body: 'hi there' } });
  const asked = response.body;
  equal([asked.path, asked.body, asked.headers.authorization.slice(0, 6)], ['/Messages.json', 'To=%2B1&Body=hi%20there', 'Basic ']);
  equal(twilio.validateRequest('12345', 'RSOYDt4T1cUTdK1PDd93/VVr8B8=', 'https://mycompany.com/myapp.php?foo=1&bar=2', { CallSid: 'CA1234567890ABCDE', Caller: '+14158675309', Digits: '1234', From: '+14158675309', To: '+18005551212' }), true);
  const reply = new twilio.twiml.MessagingResponse();
  reply.message('Hello');
  equal(reply.toString(), '<?xml version="1.0" encoding="UTF-8"?><Response><Message>Hello</Message></Response>');
};
