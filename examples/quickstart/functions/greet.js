// POST /hello with {"name": "Casey"}: greets, and remembers whom for GET /hello/latest.
exports = async function greet(request, response) {
  const body = request.body === undefined ? {} : JSON.parse(request.body.text());
  const name = body.name || "World";
  const greeting = await context.functions.execute("greetingFor", name);

  await context.services
    .get("mongodb-atlas")
    .db("myDb")
    .collection("greetings")
    .insertOne({ greeting, date: new Date() });

  return { greeting };
};
