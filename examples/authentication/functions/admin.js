// Runs as whom the script in config.json says.
exports = () => ({ system: context.runningAsSystem() });
