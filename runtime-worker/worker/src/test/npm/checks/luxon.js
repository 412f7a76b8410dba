const { DateTime, Duration, Interval } = require('luxon');
exports = () => {
  const at = DateTime.fromISO('2024-03-31T00:30:00', { zone: 'Europe/Berlin' });
  equal(at.plus({ hours: 2 }).toISO(), '2024-03-31T03:30:00.000+02:00');
  equal(at.setLocale('de').toLocaleString(DateTime.DATE_FULL), '31. März 2024');
  equal(Duration.fromObject({ minutes: 90 }).toFormat('h:mm'), '1:30');
  equal(Interval.fromISO('2024-01-01/2024-02-01').length('days'), 31);
};
