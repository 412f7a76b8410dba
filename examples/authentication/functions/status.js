// Needs no credentials, and still knows who sent valid ones.
exports = () => ({ caller: context.user.type, system: context.runningAsSystem() });
