// GET /hello/latest: the newest greeting. Its date is an ISO string for clients that accept
// application/json and Extended JSON for those that accept application/ejson.
exports = async function latestGreeting(request, response) {
  const latest = await context.services
    .get("mongodb-atlas")
    .db("myDb")
    .collection("greetings")
    .find({}, { _id: 0, greeting: 1, date: 1 })
    .sort({ date: -1 })
    .limit(1)
    .toArray();

  if (latest.length > 0) {
    return latest[0];
  }
  const greeting = await context.functions.execute("greetingFor", "Leafie");
  return { greeting, date: new Date() };
};
