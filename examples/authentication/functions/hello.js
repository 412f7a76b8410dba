// Greets the user who calls: over HTTP as an endpoint, or from a client as a function.
exports = () => {
  const { data, identities } = context.user;
  return `Hello, ${data.name ?? data.email ?? 'stranger'}! You signed in with ${identities[0].provider_type}.`;
};
