// Guarded by can_evaluate of the function itself, whatever endpoint leads here.
exports = function status(request, response) {
  return { status: "fine" };
};
