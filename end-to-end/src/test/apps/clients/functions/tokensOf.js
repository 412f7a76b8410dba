exports = async (username) => {
  const tokens = context.services.get('mongodb-atlas').db('tests').collection('tokens');
  return tokens.findOne({ _id: username });
};
