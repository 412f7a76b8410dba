// Answers what the address begins with, and keeps the token for the test.
exports = async ({ username, token, tokenId }) => {
  await context.functions.execute('reset', { username, token, tokenId }, '');
  return { status: username.split('-')[0] };
};
