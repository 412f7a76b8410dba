module.exports = { ...globalThis.console, Console: function Console() { return globalThis.console; } };
