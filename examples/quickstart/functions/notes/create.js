// POST /notes with {"text": "..."}: adds a note. The same route answers GET with the list.
exports = async function create(request, response) {
  const body = request.body === undefined ? {} : EJSON.parse(request.body.text());
  if (typeof body.text !== "string" || body.text === "") {
    response.setStatusCode(400);
    response.setBody('A note needs a "text".');
    return;
  }

  const note = { text: body.text, date: new Date() };
  const { insertedId } = await context.services
    .get("mongodb-atlas")
    .db("myDb")
    .collection("notes")
    .insertOne(note);
  console.log("added note", insertedId.toString());

  response.setStatusCode(201);
  response.setHeader("Content-Type", "application/json");
  response.setBody(JSON.stringify({ _id: insertedId, ...note }));
};
