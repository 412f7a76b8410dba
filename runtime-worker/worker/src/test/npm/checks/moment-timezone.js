const moment = require('moment-timezone');
exports = () => {
  equal(moment.tz('2024-07-01 12:00', 'America/New_York').utc().format(), '2024-07-01T16:00:00Z');
  equal(moment.utc('2024-01-01').tz('Asia/Tokyo').format('HH:mm z'), '09:00 JST');
};
