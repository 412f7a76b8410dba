// fails
exports = async (url) => {
  const { google } = require('googleapis-178');
  const sheets = google.sheets({ version: 'v4', auth: 'key', rootUrl: url + '/' });
  const failed = await sheets.spreadsheets.values.get({ spreadsheetId: 's', range: 'A1' }).catch((e) => e);
  equal(failed.message, 'Blob is not defined');
};
