// POST /custom: keeps what was sent and says under which id.
exports = async function saveRequestBody(request, response) {
  try {
    if (request.body === undefined) {
      throw new Error("Request body was not defined.");
    }
    const requestBody = JSON.parse(request.body.text());

    const { insertedId } = await context.services
      .get("mongodb-atlas")
      .db("myDb")
      .collection("myCollection")
      .insertOne({ date: new Date(), requestBody });

    response.setStatusCode(201);
    response.setBody(
      JSON.stringify({
        insertedId,
        message: "Successfully saved the request body",
      })
    );
  } catch (error) {
    response.setStatusCode(400);
    response.setBody(error.message);
  }
};
