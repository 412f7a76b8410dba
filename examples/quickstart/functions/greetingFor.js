// The words of a greeting; other functions call this one.
exports = function greetingFor(name) {
  return `${context.values.get("greeting")}, ${name}!`;
};
