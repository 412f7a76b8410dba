exports = () => ({ user: context.user, system: context.runningAsSystem() });
