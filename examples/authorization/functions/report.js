exports = function report(request, response) {
  return { sold: 12 };
};
