const nodemailer = require('nodemailer');
exports = async () => {
  const made = await nodemailer.createTransport({ streamTransport: true, buffer: true, newline: 'unix' }).sendMail({ from: 'a@b.c', to: 'd@e.f', subject: 'Hé', text: 'there', attachments: [{ filename: 'x.txt', content: 'y' }] });
  equal([/^Subject: =\?UTF-8\?/m.test(made.message.toString()), made.envelope], [true, { from: 'a@b.c', to: ['d@e.f'] }]);
  const failed = await nodemailer.createTransport({ host: 'smtp.example.com', port: 587 }).sendMail({ from: 'a@b.c', to: 'd@e.f', text: 'x' }).catch((e) => e);
  equal(failed.message, 'dns.lookup is not supported: connect by name, with http or https');
};
