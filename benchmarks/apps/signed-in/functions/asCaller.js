exports = async function (request, response) {
  response.setStatusCode(200);
  response.setHeader('Content-Type', 'application/json');
  response.setBody(JSON.stringify({
    message: 'hello',
    length: request.body === undefined ? 0 : request.body.text().length,
  }));
};
