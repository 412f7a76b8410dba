// `URL` and `URLSearchParams` as modules have them: those of the global scope end with the call.
module.exports = host.urlTypes();
