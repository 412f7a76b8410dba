// Answers what the client asks for, and keeps the token for the test.
exports = async ({ username, token, tokenId }, status) => {
  const tokens = context.services.get('mongodb-atlas').db('tests').collection('tokens');
  await tokens.updateOne({ _id: username }, { $set: { token, tokenId } }, { upsert: true });
  return { status };
};
