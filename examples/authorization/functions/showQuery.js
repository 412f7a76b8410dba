// What a function sees of a query: everything but the secret.
exports = function showQuery(request, response) {
  return { query: request.query, raw: context.request.rawQueryString };
};
