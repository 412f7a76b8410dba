// Decides who signs in with the provider `custom-function`: gets what the client sent, returns who it is.
exports = ({ badge }) => {
  if (badge !== 'blue') throw new Error('no such badge');
  return { id: `badge-${badge}`, name: 'the one with the blue badge' };
};
