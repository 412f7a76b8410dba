const moment = require('moment');
exports = () => {
  moment.locale('en');
  const at = moment.utc('2024-02-29T12:30:00Z');
  equal(at.clone().add(1, 'year').format('YYYY-MM-DD'), '2025-02-28');
  equal(at.format('dddd, MMMM Do YYYY, h:mm a'), 'Thursday, February 29th 2024, 12:30 pm');
  equal(moment.duration(90, 'minutes').humanize(), '2 hours');
  equal(moment.utc('01/02/2024', 'DD/MM/YYYY').diff(at, 'days'), -28);
  moment.locale('de');
  moment.locale('en');
  equal(at.locale('de').format('dddd'), 'Donnerstag');
};
