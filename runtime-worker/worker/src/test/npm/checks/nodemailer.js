const nodemailer = require('nodemailer');
const read = async (url) => JSON.parse((await context.http.get({ url: url + '/mail' })).body.text());
exports = async (url) => {
  const made = await nodemailer.createTransport({ streamTransport: true, buffer: true, newline: 'unix' }).sendMail({ from: 'a@b.c', to: 'd@e.f', subject: 'Hé', text: 'there', attachments: [{ filename: 'x.txt', content: 'y' }] });
  equal([/^Subject: =\?UTF-8\?/m.test(made.message.toString()), made.envelope], [true, { from: 'a@b.c', to: ['d@e.f'] }]);

  const { host, port, securePort, ca } = await read(url);
  const mail = { from: 'a@b.c', to: 'd@e.f', subject: 'by mail', text: 'hello over SMTP' };
  const auth = { user: 'ann', pass: 'secret' };
  const upgraded = await nodemailer.createTransport({ host, port, auth, requireTLS: true, tls: { ca, servername: 'mail.test' } }).sendMail(mail);
  const secure = await nodemailer.createTransport({ host, port: securePort, secure: true, auth, tls: { ca, servername: 'mail.test' } }).sendMail(mail);
  const plain = await nodemailer.createTransport({ host, port, ignoreTLS: true }).sendMail(mail);
  equal([upgraded, secure, plain].map((each) => [each.accepted, each.response]), Array(3).fill([['d@e.f'], '250 taken']));

  const { lines, secureLines } = await read(url);
  equal(['STARTTLS', 'secure: hello over SMTP', 'hello over SMTP', 'secure: AUTH PLAIN AGFubgBzZWNyZXQ='].map((each) => lines.includes(each)), [true, true, true, true]);
  equal([lines.some((each) => each.startsWith('AUTH')), secureLines.includes('secure: hello over SMTP')], [false, true]);

  const failed = await nodemailer.createTransport({ host, port, requireTLS: true, tls: { ca, servername: 'other.test' } }).sendMail(mail).catch((e) => e);
  equal([failed.code, failed.message.includes('another host')], ['ESOCKET', true]);
};
