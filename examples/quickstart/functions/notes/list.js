// GET /notes?limit=10: the newest notes first.
exports = async function list(request, response) {
  const limit = Math.min(Number(request.query.limit) || 10, 100);
  return context.services
    .get("mongodb-atlas")
    .db("myDb")
    .collection("notes")
    .find({})
    .sort({ _id: -1 })
    .limit(limit)
    .toArray();
};
