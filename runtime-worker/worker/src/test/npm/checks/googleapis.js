const { google } = require('googleapis');
exports = async (url) => {
  const auth = new google.auth.OAuth2('id', 'secret', 'https://me.example/back');
  equal(/client_id=id/.test(auth.generateAuthUrl({ scope: ['x'] })), true);
  auth.setCredentials({ access_token: 't' });
  const sheets = google.sheets({ version: 'v4', auth, rootUrl: url + '/' });
  const got = await sheets.spreadsheets.values.get({ spreadsheetId: 's', range: 'A1' });
  equal([got.data.path, got.data.headers.authorization], ['/v4/spreadsheets/s/values/A1', 'Bearer t']);
};
