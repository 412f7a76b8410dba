const { addMonths, differenceInDays, format, parseISO, formatDistance } = require('date-fns');
const { de } = require('date-fns/locale');
exports = () => {
  const at = parseISO('2024-01-31T10:00:00');
  equal(format(addMonths(at, 1), 'yyyy-MM-dd'), '2024-02-29');
  equal(differenceInDays(new Date(2024, 2, 1), new Date(2024, 1, 1)), 29);
  equal(format(at, 'EEEE', { locale: de }), 'Mittwoch');
  equal(formatDistance(new Date(0), new Date(3600000)), 'about 1 hour');
};
