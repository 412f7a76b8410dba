// Keeps what was sent, as many endpoints do.
exports = async function insert(request, response) {
  try {
    if (request.body === undefined) {
      throw new Error('Request body was not defined.');
    }
    const requestBody = JSON.parse(request.body.text());
    const { insertedId } = await context.services
      .get('mongodb-atlas')
      .db('bench')
      .collection('kept')
      .insertOne({ date: new Date(), requestBody });
    response.setStatusCode(201);
    response.setHeader('Content-Type', 'application/json');
    response.setBody(JSON.stringify({ insertedId, message: 'saved' }));
  } catch (error) {
    response.setStatusCode(400);
    response.setBody(error.message);
  }
};
