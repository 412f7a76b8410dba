// fails
exports = () => {
  let message;
  try {
    require('cheerio-1.2');
  } catch (e) {
    message = e.message;
  }
  equal(message, 'ReadableStream is not defined');
};
