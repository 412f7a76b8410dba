// The body was signed by someone who knows the secret, or this does not run.
exports = function receiveMessage(request, response) {
  return { received: JSON.parse(request.body.text()).message };
};
